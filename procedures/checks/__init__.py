"""What `procedure check` refuses: each fault a sentence that says how to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from procedures.checks import addresses, asking, conditions, files, outcome, overrides, released, size
from procedures.checks.faults import Fault
from procedures.definition import Procedure
from procedures.registry import procedures

__all__ = ["Fault", "faults_among", "faults_of", "faults_of_all", "faults_of_overrides"]

KINDS = (
    asking.faults,
    addresses.faults,
    conditions.faults,
    outcome.faults,
    files.faults,
)


def faults_of(procedure: Procedure) -> tuple[Fault, ...]:
    """The faults of one definition; an address that nobody knows hides what could only be found with it."""
    found: list[Fault] = []
    for kind in KINDS:
        found.extend(kind(procedure))
        if found:
            break
    return tuple(found)


def faults_among(several: Mapping[str, Procedure]) -> Iterator[Fault]:
    """What only shows when all procedures stand side by side: a prefix or a document number used twice."""
    prefixes: defaultdict[str, list[str]] = defaultdict(list)
    numbers: defaultdict[int, list[str]] = defaultdict(list)
    for code, procedure in several.items():
        prefixes[procedure.prefix].append(code)
        for output in procedure.outputs:
            numbers[output.number].append(code)
    for prefix, codes in prefixes.items():
        if len(codes) > 1:
            yield Fault(codes[1], "prefix", f"The prefix {prefix} is that of {codes[0]} too. Choose another.")
    for number, codes in numbers.items():
        if len(set(codes)) > 1:
            sentence = f"The document number {number} is used by {codes[0]} too. Choose one that is free."
            yield Fault(codes[1], "outputs", sentence)


def faults_of_all(only: Iterable[str] | None = None) -> tuple[Fault, ...]:
    """The faults of every installed procedure, or of those named; sizes of their files too."""
    several = procedures()
    wanted = set(only or several)
    found = [fault for code in several if code in wanted for fault in faults_of(several[code])]
    found += [fault for code in several if code in wanted for fault in released.faults(several[code])]
    found += [fault for fault in (*faults_among(several), *size.faults(several)) if fault.procedure in wanted]
    return tuple(found)


def faults_of_overrides(procedure: Procedure, *, on: date) -> tuple[Fault, ...]:
    """What editors changed and the definition does not have, or has otherwise."""
    return tuple(overrides.faults(procedure, on=on))
