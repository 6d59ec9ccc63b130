"""Everything public that the register believes of one structure, read once; any day is answered from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from django.db.models import Q

from registers.history.models import Period
from registers.history.selectors import believed, in_force
from registers.programmes.models import Homologation
from registers.structures.models import (
    Authorisation,
    Direction,
    Status,
    Structure,
    StructureDetails,
    StructureStatus,
    Teaching,
)

P = TypeVar("P", bound=Period)


def holding(periods: Iterable[P], day: date) -> list[P]:
    """Those that hold on a day: `since` counts, `until` does not."""
    return [period for period in periods if period.since <= day and (period.until is None or period.until > day)]


def last_day(period: Period) -> date | None:
    """The last day on which it holds, as people say it; None where it is open."""
    return period.until - timedelta(days=1) if period.until else None


@dataclass(frozen=True)
class Branch:
    structure: Structure
    status: StructureStatus | None  # on the day that was asked


@dataclass(frozen=True)
class Read:
    """Believed periods, the earliest first. `changes_of_director` are days: who directs is nobody's business here."""

    structure: Structure
    details: Sequence[StructureDetails]
    statuses: Sequence[StructureStatus]
    authorisations: Sequence[Authorisation]
    of_parent: Sequence[Authorisation]
    teachings: Sequence[Teaching]
    homologations: Sequence[Homologation]
    changes_of_director: Sequence[date]

    def detail_on(self, day: date) -> StructureDetails | Structure:
        """Names, address and kinds on a day; the newest where the register knows none of that day."""
        return next(iter(holding(self.details, day)), self.structure)

    def status_on(self, day: date) -> StructureStatus | None:
        return next(iter(holding(self.statuses, day)), None)

    def authorisation_on(self, day: date) -> Authorisation | None:
        """Its own; where a branch has none of its own, that of its main structure."""
        return next(iter(holding(self.authorisations, day) or holding(self.of_parent, day)), None)

    @cached_property
    def closed_for_good_on(self) -> date | None:
        last = self.statuses[-1] if self.statuses else None
        return last.since if last and last.status == Status.CLOSED and last.until is None else None


def structure_by(number: str) -> Structure | None:
    shown = Structure.objects.select_related("place", "delegation", "parent", "organisation")
    return shown.filter(number=number).first()


def read(structure: Structure) -> Read:
    """Six queries, seven for a branch, whatever its age."""
    directions = Direction.objects.filter(believed(), subject=structure).values_list("since", flat=True)
    homologations = Homologation.objects.filter(believed(), subject__structure=structure)
    return Read(
        structure=structure,
        details=_believed(StructureDetails, structure, "place", "delegation"),
        statuses=_believed(StructureStatus, structure),
        authorisations=_believed(Authorisation, structure),
        of_parent=_believed(Authorisation, structure.parent) if structure.parent else (),
        teachings=list(Teaching.objects.filter(believed(), subject=structure).select_related("speciality")),
        homologations=list(homologations.select_related("subject__programme__speciality", "subject__place")),
        changes_of_director=sorted(directions)[1:],  # the first is no change
    )


def branches_of(structure: Structure, day: date) -> list[Branch]:
    """The branches that the register knows on a day, each with its status."""
    branches = list(structure.branches.select_related("place").order_by("number"))
    statuses = {held.subject_id: held for held in in_force(StructureStatus, day).filter(subject__in=branches)}
    return [Branch(branch, statuses[branch.pk]) for branch in branches if branch.pk in statuses]


def _believed(model: type[P], structure: Structure, *related: str) -> list[P]:
    found = model._default_manager.filter(believed(), Q(subject=structure)).order_by("since", "pk")
    return list(found.select_related(*related) if related else found)
