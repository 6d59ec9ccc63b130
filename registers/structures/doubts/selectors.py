"""Doubts as the administration sees them, and as whoever reported one follows it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from procedures.offices.models import Membership, Office, Role
from procedures.offices.selectors import in_force
from registers.structures.doubts.models import CLOSED, Doubt

REGIONAL = (Role.REGIONAL_DIRECTOR, Role.INSPECTOR, Role.DESK_OFFICER)
CENTRAL = (Role.CENTRAL_OFFICER, Role.ADMINISTRATOR)
READERS = (*REGIONAL, *CENTRAL)
ANSWERERS = READERS


def doubts_for(person: Any) -> QuerySet[Doubt]:
    """Those of the directorates in which a person serves; to the central services, those that no directorate has."""
    held = list(Membership.objects.filter(in_force(), person=person, role__in=READERS).values_list("office", "role"))
    theirs = Q(office__in=[office for office, role in held if role in REGIONAL])
    if any(role in CENTRAL for _office, role in held):
        theirs |= Q(office=None) | Q(office__is_open=False) | Q(office__kind=Office.Kind.CENTRAL)
    return Doubt.objects.filter(theirs)


def open_first(doubts: QuerySet[Doubt], *, state: str = "") -> QuerySet[Doubt]:
    """Those still open, the oldest first; or those of one state, the latest first."""
    shown = doubts.select_related("structure", "place", "office")
    if state:
        return shown.filter(state=state).order_by("-received_at", "-pk")
    return shown.exclude(state__in=CLOSED).order_by("received_at", "pk")


def numbers(doubts: QuerySet[Doubt]) -> Mapping[str, int]:
    """How many there are in each state."""
    counted = dict(doubts.order_by().values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in Doubt.State.values}


def doubt_reported(public_id: UUID) -> Doubt | None:
    """A doubt by the address that was given to whoever reported it."""
    return Doubt.objects.filter(public_id=public_id).select_related("structure", "place").first()
