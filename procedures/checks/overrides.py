"""Faults of what editors changed: paths that are gone, the wrong kind of change, placeholders that differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from procedures.added_reasons import KIND, is_reason, overridable_reason
from procedures.checks.addresses import PLACEHOLDER
from procedures.checks.faults import Fault, nearest
from procedures.definition import Procedure, spoken
from procedures.definition.overrides import Overridable, Override, WordOverride
from procedures.resolving import in_force, overridable


def faults(procedure: Procedure, *, on: date) -> Iterator[Fault]:
    """The faults of the changes in force on a day."""
    paths = overridable(procedure)
    for path, change in in_force(procedure.code, on=on).items():
        if added := overridable_reason(path):
            yield from _against(procedure, added, change)
        elif path not in paths:
            sentence = f"Editors changed {path}, which this version does not have.{nearest(path, paths)}"
            yield Fault(procedure.code, path, sentence)
        else:
            yield from _against(procedure, paths[path], change)


def _against(procedure: Procedure, target: Overridable, change: Override) -> Iterator[Fault]:
    if isinstance(change, WordOverride) != (target.kind == "text"):
        needed = "words" if target.kind == "text" else f"a value ({target.kind})"
        yield Fault(procedure.code, change.path, f"It takes {needed}.")
    elif isinstance(change, WordOverride):
        for language, text in change.texts.items():
            allowed = set(PLACEHOLDER.findall(spoken(target.default, language)))
            if text and set(PLACEHOLDER.findall(text)) != allowed:
                wanted = ", ".join(f"%({name})s" for name in sorted(allowed)) or "none"
                yield Fault(procedure.code, change.path, f"The words in {language} must hold these marks: {wanted}.")
    elif target.kind in ("money", "delay") and not (isinstance(change.value, int) and change.value >= 0):
        yield Fault(procedure.code, change.path, f"{change.value!r} is no whole number from 0 on.")
    elif target.kind == "yes_no" and not isinstance(change.value, bool):
        yield Fault(procedure.code, change.path, f"{change.value!r} is neither yes nor no.")
    elif target.kind == KIND and not is_reason(change.value):
        yield Fault(procedure.code, change.path, "It says no reason in Arabic and in French.")
