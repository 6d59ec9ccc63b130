"""The workbench among the procedures of this very process, for as long as a block lasts."""

import contextlib
from collections.abc import Iterator

from procedures.definition import Procedure
from tests.procedures.installed import installed
from tests.workbench import procedure

CODE = procedure.PROCEDURE.code


@contextlib.contextmanager
def workbench_installed() -> Iterator[Procedure]:
    """Register the workbench; another process gets it from TAKWIN_MORE_PLUGINS=tests.workbench."""
    with installed(procedure.PROCEDURE):
        yield procedure.PROCEDURE
