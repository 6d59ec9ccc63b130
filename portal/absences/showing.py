"""Absences as their page shows them: one's own, whom one acts for, and those of the office that one heads."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from procedures.offices.absences import headed_by
from procedures.offices.delegating import delegations_of
from procedures.offices.models import Absence, Delegation, Office
from procedures.offices.selectors import absences_of


@dataclass(frozen=True)
class Away:
    """An absence, with what is delegated by it."""

    absence: Absence
    delegations: tuple[Delegation, ...]
    is_today: bool


@dataclass(frozen=True)
class Colleague:
    person: Any
    absences: tuple[Away, ...]


class Absences:
    """What one person sees."""

    def __init__(self, person: Any) -> None:
        self.person, self.today = person, timezone.localdate()

    @cached_property
    def own(self) -> list[Away]:
        return self._away(absences_of([self.person]))

    @cached_property
    def acts_for(self) -> list[Delegation]:
        """Delegations received that last today or lie ahead."""
        return [each for each in delegations_of(self.person) if each.to_id == self.person.pk]

    @cached_property
    def offices(self) -> list[tuple[Office, list[Colleague]]]:
        """Each office that the person heads, with the colleagues whose absence they may note."""
        headed = [(office, list(serving.values())) for office, serving in headed_by(self.person)]
        away = self._away(absences_of({person for _office, serving in headed for person in serving}))
        return [
            (
                office,
                [
                    Colleague(person, tuple(each for each in away if each.absence.person_id == person.pk))
                    for person in serving
                ],
            )
            for office, serving in headed
        ]

    def _away(self, absences: Iterable[Absence]) -> list[Away]:
        found = list(absences)
        given: dict[int, list[Delegation]] = {}
        delegations = Delegation.objects.filter(absence__in=found, until__gt=self.today)
        for each in delegations.select_related("membership__office", "to").order_by("pk"):
            given.setdefault(each.absence_id or 0, []).append(each)
        return [Away(each, tuple(given.get(each.pk, ())), each.since <= self.today <= each.until) for each in found]
