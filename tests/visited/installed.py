"""The trial visit among the procedures of this very process, for as long as a block lasts."""

import contextlib
from collections.abc import Iterator

from procedures import registry
from procedures.definition import Procedure
from tests.visited import procedure

CODE = procedure.PROCEDURE.code


@contextlib.contextmanager
def visited_installed() -> Iterator[Procedure]:
    """Register it; another process gets it from TAKWIN_MORE_PLUGINS=tests.visited."""
    manager = registry.plugin_manager()
    manager.register(procedure, name=procedure.__name__)
    registry.procedures.cache_clear()
    try:
        yield procedure.PROCEDURE
    finally:
        manager.unregister(procedure)
        registry.procedures.cache_clear()
