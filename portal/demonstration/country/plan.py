"""What is to be in the country: which structures, where, how old, what befalls them. No database is needed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from portal.demonstration.country.chance import chance_of

STRUCTURES, TRAINEES = 60, 3000  # of the whole country; tests take a part
LEGACY = "DEMO-{:03d}"  # what a structure is found again by

# The first six are the demonstration account's own, with a branch, and two that came to grief where its officer serves.
OWN = ("TN-51", "TN-52", "TN-53", "TN-51")
UNDER_MEASURES = ("TN-82", "TN-82")
ONE_EACH = (
    "TN-11", "TN-61", "TN-21", "TN-82", "TN-12", "TN-13", "TN-23", "TN-41", "TN-81", "TN-14", "TN-31", "TN-71",
    "TN-22", "TN-32", "TN-42", "TN-33", "TN-43", "TN-34", "TN-72", "TN-73", "TN-83",
)  # fmt: skip
MORE = (  # where more people live
    "TN-11", "TN-61", "TN-12", "TN-13", "TN-21", "TN-23", "TN-11", "TN-51", "TN-61", "TN-12", "TN-82", "TN-13",
    "TN-11", "TN-52", "TN-21", "TN-61", "TN-41", "TN-11", "TN-14", "TN-81", "TN-23", "TN-51", "TN-31", "TN-21",
    "TN-12", "TN-61", "TN-13", "TN-11", "TN-53", "TN-42", "TN-71", "TN-43", "TN-32",
)  # fmt: skip
PLACES = (*OWN, *UNDER_MEASURES, *ONE_EACH, *MORE)
SECTORS = ("TOU", "INF", "SER", "ART", "ELE", "AUT", "BAT", "TEX", "MEC", "BOI", "AGR", "CUI", "PAR")

# Days from today on which homologations of a structure end; the account's own show every warning of its desk.
ENDINGS = ((5, 400, 620), (24, 26, 300), (52, 78, 500), (-40, 700))
BRANCH, SUSPENDED, CLOSED, DECLARED = 3, 4, 5, 12  # positions


class Fate(StrEnum):
    """What befell a structure besides its ordinary life."""

    NONE = ""
    SUSPENDED = "suspended"
    CLOSED = "closed"
    DECLARED = "declared"
    NEW_DIRECTOR = "new_director"
    RENAMED = "renamed"
    MOVED = "moved"
    GROWN = "grown"


@dataclass(frozen=True)
class PlannedStructure:
    """A structure; days are counted back from today, `endings` forward."""

    position: int
    place: str
    sector: str
    age: int  # days since it opened
    capacity: int  # people at once
    endings: Sequence[int]  # of its homologations
    fate: Fate
    owner: int  # position of the structure whose organisation it belongs to
    parent: int | None  # of a branch

    @property
    def legacy(self) -> str:
        return self.legacy_of(self.position)

    @staticmethod
    def legacy_of(position: int) -> str:
        return LEGACY.format(position + 1)

    @property
    def trains(self) -> bool:
        """Whether it may have groups today."""
        return self.fate not in (Fate.SUSPENDED, Fate.CLOSED, Fate.DECLARED)


@dataclass(frozen=True)
class PlannedGroup:
    """A group of a structure: running today or over, and which of the country's trainees are in it."""

    structure: int
    turn: int  # the how manieth of its structure: picks the offer and the letter of its label
    running: bool
    first: int  # number of the first trainee
    size: int


def planned_structures(count: int = STRUCTURES) -> list[PlannedStructure]:
    """The first `count` structures of the country: a smaller country is the beginning of the larger."""
    return [_structure(position) for position in range(count)]


def planned_groups(structures: Sequence[PlannedStructure], trainees: int = TRAINEES) -> list[PlannedGroup]:
    """Groups round by round over the structures until every trainee has a place."""
    chance = chance_of("groups")
    training = [each for each in structures if each.trains]
    past_only = [each for each in structures if each.fate in (Fate.SUSPENDED, Fate.CLOSED)]
    groups: list[PlannedGroup] = []
    turns = dict.fromkeys((each.position for each in structures), 0)
    given = 0
    while given < trainees:
        rounds = turns[training[0].position]
        sharing = training + (past_only if rounds % 2 else []) + [each for each in training if each.owner == 0]
        for each in sharing:
            size = min(chance.randint(14, 24), trainees - given)
            if size <= 0:
                break
            turn = turns[each.position]
            running = (turn + each.position) % 2 == 0 and each.trains
            groups.append(PlannedGroup(each.position, turn, running, given, size))
            turns[each.position], given = turn + 1, given + size
    return groups


def _structure(position: int) -> PlannedStructure:
    chance = chance_of("structure", position)
    place = PLACES[position % len(PLACES)]
    branch = _parent(position)
    return PlannedStructure(
        position=position,
        place=place,
        sector=SECTORS[(0 if position in (0, BRANCH) else position) % len(SECTORS)],
        age=_age(position, branch, chance),
        capacity=chance.randrange(90, 260, 10),
        endings=_endings(position, chance),
        fate=_fate(position),
        owner=_owner(position),
        parent=branch,
    )


def _age(position: int, parent: int | None, chance: Random) -> int:
    if position == DECLARED:
        return 20
    return chance.randint(900, 1400) if parent is not None else chance.randint(1500, 3600)


def _endings(position: int, chance: Random) -> Sequence[int]:
    if position < len(ENDINGS):
        return ENDINGS[position]
    if position == DECLARED or position % 3 == 1:  # most private structures hold no homologation
        return ()
    return tuple(chance.choice((18, 45, 70, 150, 320, 480, 640, 800, -25)) for _each in range(chance.randint(1, 3)))


def _fate(position: int) -> Fate:
    fixed = {0: Fate.GROWN, 1: Fate.NEW_DIRECTOR, SUSPENDED: Fate.SUSPENDED, CLOSED: Fate.CLOSED}
    if position in fixed or position == DECLARED:
        return fixed.get(position, Fate.DECLARED)
    return {8: Fate.NEW_DIRECTOR, 15: Fate.RENAMED, 19: Fate.MOVED}.get(position % 24, Fate.NONE)


def _owner(position: int) -> int:
    """Most organisations have one structure; the demonstration account's has four, some have two."""
    if position < len(OWN):
        return 0
    return position - 1 if position % 14 == 13 else position


def _parent(position: int) -> int | None:
    if position == BRANCH:
        return 0
    return position - 1 if position % 28 == 27 else None
