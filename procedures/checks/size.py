"""Faults of size: a definition that can no longer be read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from django.conf import settings

from procedures.checks.faults import Fault
from procedures.definition import Procedure

MOST_LINES = 150


def faults(several: Mapping[str, Procedure]) -> Iterator[Fault]:
    """A `procedure.py` of more than 150 lines, as it stands formatted at 120 columns."""
    for plugin in settings.TAKWIN_PLUGINS:
        source = Path(str(import_module(f"{plugin}.procedure").__file__))
        lines = len(source.read_text(encoding="utf-8").splitlines())
        code = plugin.rpartition(".")[2]
        if code in several and lines > MOST_LINES:
            sentence = f"procedure.py has {lines} lines of {MOST_LINES}. Move questions or rules to files of their own."
            yield Fault(code, "procedure.py", sentence)
