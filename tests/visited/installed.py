"""The trial visit among the procedures of this very process, for as long as a block lasts."""

import contextlib
from collections.abc import Iterator

from procedures.definition import Procedure
from tests.procedures.installed import installed
from tests.visited import procedure

CODE = procedure.PROCEDURE.code


@contextlib.contextmanager
def visited_installed() -> Iterator[Procedure]:
    """Register it; another process gets it from TAKWIN_MORE_PLUGINS=tests.visited."""
    with installed(procedure.PROCEDURE):
        yield procedure.PROCEDURE
