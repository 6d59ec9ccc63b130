"""What the register of structures knows of a day: status, names and place, and everything at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from registers.history.selectors import believed, current, in_force, on_day
from registers.spelling import words_of
from registers.structures.above import above
from registers.structures.models import (
    Authorisation,
    Direction,
    NameWord,
    Status,
    Structure,
    StructureDetails,
    StructureStatus,
    Teaching,
)


@dataclass(frozen=True)
class Standing:
    """Everything the register says of a structure on a day. `status` "" where it knew nothing of it."""

    structure: Structure
    on: date
    status: str
    status_period: StructureStatus | None
    details: StructureDetails | None
    authorisation: Authorisation | None  # of the parent where a branch has none of its own
    director: Direction | None  # of the parent where a branch has none of its own; not public
    specialities: Sequence[Teaching]
    homologations: Sequence[Any]  # with their offers and programmes
    capacity: int | None  # its own: that of a parent is not counted twice
    branches: Sequence[Structure]  # on record that day and not closed

    @property
    def is_live(self) -> bool:
        return self.status == Status.ACTIVE


def by_number(number: str) -> Structure | None:
    """The structure of a permanent number."""
    return Structure.objects.filter(number=number.strip()).first()


def concerned(organisation: UUID | None, numbers: Collection[str]) -> QuerySet[Structure]:
    """Structures of an organisation (by its public id) and those of these permanent numbers."""
    found = Q(number__in=numbers)
    if organisation is not None:
        found |= Q(organisation__public_id=organisation)
    return Structure.objects.filter(found).select_related("place").order_by("number")


def statuses_on(structures: Collection[Structure], on: date) -> dict[int, StructureStatus]:
    """The period of status that holds for each on a day, by the key of the structure: one query for all of them."""
    held = in_force(StructureStatus, on).filter(subject__in=[each.pk for each in structures])
    return {period.subject_id: period for period in held}


def status_of(structure: Structure, on: date, *, believed_at: datetime | None = None) -> str:
    """Its status on a day, "" where the register knows nothing of it then."""
    row = current(structure, StructureStatus, on, believed_at=believed_at)
    return row.status if row else ""


def details(structure: Structure, on: date, *, believed_at: datetime | None = None) -> StructureDetails | None:
    """Its names, place, contact and owner on a day."""
    return current(structure, StructureDetails, on, believed_at=believed_at)


def live(on: date) -> QuerySet[Structure]:
    """Structures and branches that are active on a day."""
    return with_status(on, Status.ACTIVE)


def with_status(on: date, *statuses: str) -> QuerySet[Structure]:
    """Structures in one of these statuses on a day; in any of them where none is named."""
    held = in_force(StructureStatus, on)
    return Structure.objects.filter(pk__in=(held.filter(status__in=statuses) if statuses else held).values("subject"))


def search(
    words: str = "",
    *,
    place: str = "",
    speciality: str = "",
    homologated: bool | None = None,
    on: date,
) -> QuerySet[Structure]:
    """Structures known on a day, by the beginnings of the words of a name they have or had (Arabic or Latin, folded),
    or by a number; in a governorate or delegation, with a speciality, with a homologation (in it) or without, that day.
    """
    found = with_status(on).select_related("place", "delegation")
    if words.strip():
        found = found.filter(_named(words) | Q(number=words.strip()) | Q(legacy_number=words.strip()))
    if place:
        there = in_force(StructureDetails, on).filter(Q(place=place) | Q(delegation=place))
        found = found.filter(pk__in=there.values("subject"))
    if speciality:
        taught = in_force(Teaching, on).filter(speciality=speciality)
        found = found.filter(pk__in=taught.values("subject"))
    if homologated is not None:
        holding = Q(pk__in=above.homologations.structures_holding(on, speciality))
        found = found.filter(holding if homologated else ~holding)
    return found.order_by("number")


def as_of(structure: Structure, on: date, *, believed_at: datetime | None = None) -> Standing:
    """What held of a structure on a day, as believed at a moment (now). Ten queries at most."""

    def held(model: Any, subject: Structure) -> Any:
        return current(subject, model, on, believed_at=believed_at)

    status = held(StructureStatus, structure)
    own = held(Authorisation, structure)
    closed = status is None or status.status == Status.CLOSED
    parent = None if closed else structure.parent
    taught = in_force(Teaching, on, believed_at=believed_at).filter(subject=structure)
    return Standing(
        structure=structure,
        on=on,
        status=status.status if status else "",
        status_period=status,
        details=held(StructureDetails, structure),
        authorisation=own or (held(Authorisation, parent) if parent else None),
        director=held(Direction, structure) or (held(Direction, parent) if parent else None),
        specialities=tuple(taught.select_related("speciality").order_by("speciality")),
        homologations=tuple(above.homologations.held_by(structure, on, believed_at)),
        capacity=own.capacity if own else None,
        branches=tuple(_open_branches(structure, on, believed_at)),
    )


def _open_branches(structure: Structure, on: date, believed_at: datetime | None) -> QuerySet[Structure]:
    held = on_day(on, "statuses__") & believed(believed_at, "statuses__")
    held &= Q(statuses__status__in=[status for status in Status if status != Status.CLOSED])
    return structure.branches.filter(held).order_by("number")


def _named(words: str) -> Q:
    sought = words_of(words)
    begun = [Q(pk__in=NameWord.objects.filter(_begins(word)).values("structure")) for word in sought]
    return Q(*begun) if begun else Q(pk__in=())


def _begins(word: str) -> Q:
    """As an index reads it: SQLite uses none for LIKE."""
    if connection.vendor == "sqlite":
        return Q(word__gte=word, word__lt=word[:-1] + chr(ord(word[-1]) + 1))
    return Q(word__startswith=word)
