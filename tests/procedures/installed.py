"""Procedures as a test wants them, loaded by the plugin manager: whoever imported `procedures` sees them too."""

import contextlib
from collections.abc import Iterator

from procedures import api as p
from procedures import registry, resolving
from procedures.definition import Procedure
from procedures.versions import selectors


class Instead:
    """Gives these procedures, in place of those that have the same code."""

    def __init__(self, procedures: tuple[Procedure, ...]) -> None:
        self.given = {procedure.code: procedure for procedure in procedures}

    @p.hookimpl(wrapper=True)
    def register_procedure(self) -> Iterator[None]:
        found = {procedure.code: procedure for procedure in (yield)}  # type: ignore[attr-defined]  # pluggy sends them
        return list((found | self.given).values())  # type: ignore[return-value]  # what a wrapper hands on


@contextlib.contextmanager
def installed(*procedures: Procedure) -> Iterator[None]:
    manager, plugin = registry.plugin_manager(), Instead(procedures)
    manager.register(plugin)
    forget()
    try:
        yield
    finally:
        manager.unregister(plugin)
        forget()


def forget() -> None:
    """A process loads its plugins once: what it keeps of them must not outlive a test."""
    registry.procedures.cache_clear()
    resolving._resolved.cache_clear()
    selectors._settled.clear()
