"""Answers of a visit that come from several devices: what is received, what clashes, what the others changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from procedures.visits.models import Edition, Visit

LONGEST = 2000
FREE = 6  # findings besides the list that a page holds
PARTS = ("text", "severity", "remedy")


@dataclass(frozen=True)
class Clash:
    """One answer that two devices gave differently since they last agreed."""

    name: str
    here: str  # what this device brings
    there: str  # what is on record
    by: int  # account of whoever brought that
    at: str


@dataclass
class Brought:
    """What one device brings: by name, and the version of the visit on which it was based."""

    values: dict[str, str]
    device: str
    seen: int
    keep: dict[str, str] = field(default_factory=dict)  # what to do with clashes: {"item-x": "here" | "there"}


def names_of(edition: Edition) -> set[str]:
    """Every name under which something can be answered."""
    codes = [item.code for item in edition.items.all()]
    free = {f"finding-{number}-{part}" for number in range(1, FREE + 1) for part in PARTS}
    return {f"item-{code}" for code in codes} | {f"note-{code}" for code in codes} | free | {"remarks"}


def clashes(visit: Visit, brought: Brought) -> list[Clash]:
    """What another device changed meanwhile to something else, and nobody has chosen between yet."""
    found = []
    for name, value in brought.values.items():
        version, device, by, at = visit.touched.get(name, (0, "", 0, ""))
        there = visit.answers.get(name, "")
        apart = version > brought.seen and device != brought.device and there != value
        if apart and brought.keep.get(name) not in ("here", "there"):
            found.append(Clash(name, value, there, by, at))
    return found


def take(visit: Visit, brought: Brought, *, by: int, at: datetime) -> list[str]:
    """Lay what was brought over the answers of a locked visit; the names that changed."""
    changed = [
        name
        for name, value in brought.values.items()
        if brought.keep.get(name) != "there" and visit.answers.get(name, "") != value
    ]
    if changed:
        visit.version += 1
    for name in changed:
        visit.answers[name] = brought.values[name]
        visit.touched[name] = [visit.version, brought.device, by, at.isoformat()]
    return sorted(changed)


def fresh(visit: Visit, brought: Brought) -> dict[str, str]:
    """What others changed since this device last saw the visit."""
    return {
        name: visit.answers.get(name, "")
        for name, (version, device, _by, _at) in visit.touched.items()
        if version > brought.seen and device != brought.device
    }


def known(edition: Edition, given: Mapping[str, Any], only: Iterable[str] | None = None) -> dict[str, str]:
    """What of a posted page are answers of a visit, cut to a bearable length; `only` these names where said."""
    wanted = names_of(edition) if only is None else names_of(edition) & set(only)
    return {name: str(given.get(name, ""))[:LONGEST].replace("\x00", "").strip() for name in sorted(wanted)}


def free_findings(answers: Mapping[str, str]) -> list[tuple[int, dict[str, str]]]:
    """The findings besides the list that were written on site, by their number."""
    rows = [
        (number, {part: answers.get(f"finding-{number}-{part}", "") for part in PARTS}) for number in range(1, FREE + 1)
    ]
    return [(number, row) for number, row in rows if row["text"]]
