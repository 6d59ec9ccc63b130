"""What a search finds on its day: counted for each box, narrowed by the ticked ones, ordered; one question in all.

Five thousand rows are counted faster here than by a query with a condition for each box: they are of few kinds, and
each kind is looked at once.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Subquery

from portal.directory.searching import FACETS, Asked
from registers.history.selectors import in_force
from registers.programmes.models import Homologation
from registers.structures.models import Status, StructureDetails, StructureStatus

RANKS: dict[str, int] = {Status.ACTIVE: 0, Status.DECLARED: 1, Status.SUSPENDED: 2, Status.CLOSED: 3}


class Held(NamedTuple):
    """What holds of some structures on the day, as far as the boxes ask."""

    status: str
    kinds: tuple[str, ...]
    homologated: bool

    def answers(self, name: str, value: str) -> bool:
        """Whether it belongs in a box."""
        match name:
            case "status":
                return self.status == value
            case "homologated":
                return self.homologated == (value == "yes")
        return value in self.kinds


class Found(NamedTuple):
    keys: Sequence[int]  # those that answer to every ticked box; those that train come first
    counts: dict[str, int]  # how many each box would leave by itself: "status_active"


def find(asked: Asked) -> Found:
    alike: dict[Held, list[tuple[str, int]]] = {}
    for structure, number, status, kinds, homologated in _rows(asked):
        alike.setdefault(Held(status, tuple(kinds or ()), homologated), []).append((number, structure))
    counts = {
        f"{name}_{value}": sum(len(some) for held, some in alike.items() if held.answers(name, value))
        for name, values in FACETS.items()
        for value in values
    }
    kept = [(RANKS[held.status], *one) for held, some in alike.items() if _answers_all(held, asked) for one in some]
    return Found([structure for _rank, _number, structure in sorted(kept)], counts)


def _answers_all(held: Held, asked: Asked) -> bool:
    return all(any(held.answers(name, value) for value in values) for name, values in asked.ticked.items())


def _rows(asked: Asked) -> Iterable[tuple[int, str, str, Sequence[str] | None, bool]]:
    homologated = in_force(Homologation, asked.day).filter(subject__structure=OuterRef("subject"))
    if asked.speciality:  # a homologation in something else is no answer
        homologated = homologated.filter(subject__programme__speciality=asked.speciality)
    kinds = in_force(StructureDetails, asked.day).filter(subject=OuterRef("subject")).values("kinds")[:1]
    held = in_force(StructureStatus, asked.day).filter(subject__in=asked.structures().values("pk"))
    return held.order_by().values_list("subject", "subject__number", "status", Subquery(kinds), Exists(homologated))
