"""Why a need has no value: left empty, not asked, or not known."""

from enum import Enum
from typing import Final


class Missing(Enum):
    """A value that is not there, and why; each is false in a test, and none is ever equal to an answer."""

    EMPTY = "empty"  # asked and left blank
    NOT_ASKED = "not_asked"  # its block, step, field or row is hidden
    UNKNOWN = "unknown"  # the source is down, or the engine has not said

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return self.name


EMPTY: Final = Missing.EMPTY
NOT_ASKED: Final = Missing.NOT_ASKED
UNKNOWN: Final = Missing.UNKNOWN
