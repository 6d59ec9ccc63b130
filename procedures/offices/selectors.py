"""Who serves where, today."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from procedures.offices.models import Absence, Membership, Office, Role


class NoOffice(LookupError):
    """No open office answers for this place or service: the administrator must open one."""


def in_force() -> Q:
    """Memberships of today: `since` counts, `until` does not."""
    today = timezone.localdate()
    return Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gt=today))


def memberships_of(person: Any) -> QuerySet[Membership]:
    """Memberships in force today, with their offices."""
    return Membership.objects.filter(in_force(), person=person).select_related("office")


def seat_of(person: Any, office_id: int | None = None) -> dict[str, str]:
    """Where a person serves today, as the audit chain keeps it of a reading: in this office first, if they do there."""
    served = list(memberships_of(person))
    here = [each for each in served if each.office_id == office_id]
    seat = next(iter(here + served), None)
    return {"office": seat.office.code, "role": seat.role} if seat else {}


def roles_of(person: Any) -> frozenset[str]:
    """The roles a person holds today, in any office; read once a request from the person object."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return frozenset()
    if not hasattr(person, "_roles_today"):
        person._roles_today = frozenset(memberships_of(person).values_list("role", flat=True))
    roles: frozenset[str] = person._roles_today
    return roles


def offices_of(person: Any, role: str | None = None) -> QuerySet[Office]:
    """Offices in which a person serves today, in `role` where one is named."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return Office.objects.none()
    held = Membership.objects.filter(in_force(), person=person)
    if role is not None:
        held = held.filter(role=role)
    return Office.objects.filter(pk__in=held.values("office"))


def people_in(office: Office, role: str | None = None) -> QuerySet[Any]:
    """Active people who serve in an office today, by name."""
    held = Membership.objects.filter(in_force(), office=office)
    if role is not None:
        held = held.filter(role=role)
    return get_user_model().objects.filter(is_active=True, pk__in=held.values("person")).order_by("name", "pk")


def serves(person: Any, office: Office, role: str) -> bool:
    """Whether a person may act in `role` for `office` today; the minister's delegate acts for every central service."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    held = Membership.objects.filter(in_force(), person=person, role=role)
    if role == Role.MINISTER_DELEGATE and office.kind == Office.Kind.CENTRAL:
        return held.exists()
    return held.filter(office=office).exists()


def quarter_of(day: date) -> str:
    """The quarter in which a day lies, as reviews of rights name it: "2026-2"."""
    return f"{day.year}-{(day.month - 1) // 3 + 1}"


def memberships_to_review() -> QuerySet[Membership]:
    """Everything that gives somebody a right today or later, office by office, with whoever confirmed it when."""
    ahead = Q(until__isnull=True) | Q(until__gt=timezone.localdate())
    found = Membership.objects.filter(ahead, person__is_active=True).select_related("office", "person")
    return found.prefetch_related("confirmations__by").order_by("office__code", "role", "person__name", "pk")


def absences_of(people: Iterable[Any]) -> QuerySet[Absence]:
    """Absences of these people that last today or lie ahead, the nearest first."""
    found = Absence.objects.filter(person__in=list(people), until__gte=timezone.localdate())
    return found.select_related("person", "stand_in").order_by("since", "pk")


def regional_office(place: str) -> Office:
    """The directorate of a governorate ("TN-82"). Raises NoOffice."""
    return _one(Office.objects.filter(kind=Office.Kind.REGIONAL, place=place), place)


def central_service(code: str) -> Office:
    """A central service by its code. Raises NoOffice."""
    return _one(Office.objects.filter(kind=Office.Kind.CENTRAL, code=code), code)


def _one(offices: QuerySet[Office], sought: str) -> Office:
    office = offices.filter(is_open=True).order_by("code").first()
    if office is None:
        raise NoOffice(sought)
    return office
