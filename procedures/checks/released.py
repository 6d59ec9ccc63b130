"""Faults of a definition that left the released form of its version."""

from __future__ import annotations

from collections.abc import Iterator

from procedures.checks.faults import Fault
from procedures.definition import Procedure
from procedures.released import departures

SHOWN = 3


def faults(procedure: Procedure) -> Iterator[Fault]:
    """A definition that differs from what was released under the same version, with the first parts that do."""
    found = departures(procedure)
    if not found:
        return
    named = [f"{each.part}.{each.path}".strip(".") for each in found[:SHOWN]]
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    higher = "minor" if all(each.what == "added" or each.words_only for each in found) else "major"
    yield Fault(
        procedure.code,
        "version",
        f"It differs from the released form of {procedure.version} in {', '.join(named)}{more}. Raise the {higher} "
        "number of its version, then run `procedure release`.",
    )
