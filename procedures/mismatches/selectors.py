"""Reports on papers as the office of issue sees them, and as whoever sent one follows it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from procedures.mismatches.models import Mismatch
from procedures.offices.models import Membership, Office, Role
from procedures.offices.selectors import in_force, people_in

READERS = (
    Role.DESK_OFFICER, Role.REGIONAL_DIRECTOR, Role.CENTRAL_OFFICER, Role.MINISTER_DELEGATE, Role.ADMINISTRATOR,
)  # fmt: skip
OF_NOBODY = (Role.CENTRAL_OFFICER, Role.MINISTER_DELEGATE, Role.ADMINISTRATOR)


def mismatches_for(person: Any) -> QuerySet[Mismatch]:
    """Those of the offices in which a person serves; to the central services, those that no open office has."""
    held = list(Membership.objects.filter(in_force(), person=person, role__in=READERS).values_list("office", "role"))
    theirs = Q(office__in=[office for office, _role in held])
    if any(role in OF_NOBODY for _office, role in held):
        theirs |= Q(office=None) | Q(office__is_open=False)
    return Mismatch.objects.filter(theirs)


def open_first(reports: QuerySet[Mismatch], *, state: str = "") -> QuerySet[Mismatch]:
    """Those still open, the oldest first; or those of one state, the latest first."""
    shown = reports.select_related("document", "office")
    if state:
        return shown.filter(state=state).order_by("-received_at", "-pk")
    return shown.exclude(state=Mismatch.State.ANSWERED).order_by("received_at", "pk")


def numbers(reports: QuerySet[Mismatch]) -> Mapping[str, int]:
    """How many there are in each state."""
    counted = dict(reports.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in Mismatch.State.values}


def mismatch_reported(public_id: UUID) -> Mismatch | None:
    """A report by the address that was given to whoever sent it."""
    return Mismatch.objects.filter(public_id=public_id).first()


def readers_of(office: Office) -> list[Any]:
    """Who hears of a report on a document of this office, each once."""
    found = {person.pk: person for role in READERS for person in people_in(office, role)}
    return list(found.values())
