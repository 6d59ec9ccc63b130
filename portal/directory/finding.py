"""What a search finds on its day: counted for each box, narrowed by the ticked ones, ordered; one question in all.

Five thousand rows of five columns are counted faster here than by a query with a condition for each box.
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
    """A structure that was found, and what held of it on the day."""

    structure: int
    number: str
    status: str
    kinds: Sequence[str] | None
    homologated: bool

    def answers(self, name: str, value: str) -> bool:
        """Whether it belongs in a box."""
        match name:
            case "status":
                return self.status == value
            case "homologated":
                return self.homologated == (value == "yes")
        return value in (self.kinds or ())


class Found(NamedTuple):
    keys: Sequence[int]  # those that answer to every ticked box; those that train come first
    counts: dict[str, int]  # how many each box would leave by itself: "status_active"


def find(asked: Asked) -> Found:
    held = [Held(*row) for row in _rows(asked)]
    kept = [row for row in held if _answers_all(row, asked)]
    kept.sort(key=lambda row: (RANKS[row.status], row.number))
    counts = {
        f"{name}_{value}": sum(row.answers(name, value) for row in held)
        for name, values in FACETS.items()
        for value in values
    }
    return Found([row.structure for row in kept], counts)


def _answers_all(row: Held, asked: Asked) -> bool:
    return all(any(row.answers(name, value) for value in values) for name, values in asked.ticked.items())


def _rows(asked: Asked) -> Iterable[tuple[int, str, str, Sequence[str] | None, bool]]:
    homologated = in_force(Homologation, asked.day).filter(subject__structure=OuterRef("subject"))
    if asked.speciality:  # a homologation in something else is no answer
        homologated = homologated.filter(subject__programme__speciality=asked.speciality)
    kinds = in_force(StructureDetails, asked.day).filter(subject=OuterRef("subject")).values("kinds")[:1]
    held = in_force(StructureStatus, asked.day).filter(subject__in=asked.structures().values("pk"))
    return held.order_by().values_list("subject", "subject__number", "status", Subquery(kinds), Exists(homologated))
