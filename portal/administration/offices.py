"""Offices in rows, and one office with its people, its absences and what was done to it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from portal.administration.people import standing_of
from portal.administration.telling import Told, changes_of
from procedures.cases.models import Case
from procedures.offices.models import Absence, Membership, Office
from procedures.offices.selectors import absences_of, in_force
from registers.places.selectors import governorate_names


@dataclass(frozen=True)
class Filter:
    kind: str = ""
    closed: bool = False

    @classmethod
    def asked_by(cls, query: QueryDict) -> "Filter":
        kind = query.get("kind", "")
        return cls(kind if kind in Office.Kind.values else "", query.get("closed") == "1")

    @property
    def is_used(self) -> bool:
        return self != Filter()

    def rows(self, language: str) -> list[dict[str, Any]]:
        """Each office with its governorate in words and how many people serve there today."""
        found = Office.objects.filter(**({"kind": self.kind} if self.kind else {}))
        found = found.filter(is_open=False) if self.closed else found
        serving = Membership.objects.filter(in_force(), person__is_active=True)
        counts = dict(serving.values_list("office").annotate(Count("person", distinct=True)))
        places = governorate_names(language)
        return [
            {"office": office, "place": places.get(office.place, ""), "people": counts.get(office.pk, 0)}
            for office in found
        ]


class OfficePage:
    """One office, as its page shows it."""

    def __init__(self, office: Office, language: str) -> None:
        self.office, self.language = office, language

    @property
    def place(self) -> str:
        return governorate_names(self.language).get(self.office.place, "")

    @cached_property
    def memberships(self) -> list[Membership]:
        held = self.office.memberships.select_related("person").order_by("role", "person__name", "pk")
        return [one for one in held if standing_of(one) != "over" and one.person.is_active]

    @cached_property
    def past(self) -> list[Membership]:
        """The last twenty that are over."""
        over = self.office.memberships.filter(until__lte=timezone.localdate()).select_related("person")
        return list(over.order_by("-until", "-pk")[:20])

    @cached_property
    def absences(self) -> list[Absence]:
        return list(absences_of({one.person_id for one in self.memberships}))

    @cached_property
    def open_cases(self) -> int:
        return Case.objects.filter(office=self.office, closed_at=None).count()

    @cached_property
    def changes(self) -> list[Told]:
        held = list(self.office.memberships.values_list("pk", flat=True))
        invited = list(self.office.invitations.values_list("pk", flat=True))
        return changes_of(self.office, ("offices.membership", held), ("accounts.invitation", invited))
