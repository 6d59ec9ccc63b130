"""Why a register is written: a decided case, an import, or a person with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class NoCause(ValueError):
    """A register is not edited by hand: a case, an import, or a person and a reason must stand behind a change."""


@dataclass(frozen=True)
class Cause:
    """What stands behind a change. `case` is a Case, a DecidedCase or its id; `batch` an ImportBatch or its id.

    `by` is an account, and then `reason` (a code) must say why. `note` is free text for officers.
    """

    case: Any = None
    batch: Any = None
    by: Any = None
    reason: str = ""
    note: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.case_id is None and self.batch_id is None and not (self.by is not None and self.reason.strip()):
            raise NoCause("A case, an import, or a person with a reason must stand behind a change of the register.")

    @property
    def case_id(self) -> int | None:
        return _id(self.case, "case_id")

    @property
    def batch_id(self) -> int | None:
        return _id(self.batch, "batch_id")

    @property
    def told(self) -> dict[str, Any]:
        """Ids and codes, for the audit chain."""
        known = {"case": self.case_id, "batch": self.batch_id, "reason": self.reason}
        return {name: value for name, value in known.items() if value}


def _id(given: Any, own_name: str) -> int | None:
    if given is None or isinstance(given, int):
        return given
    found: int | None = getattr(given, own_name, None) if hasattr(given, own_name) else given.pk
    return found
