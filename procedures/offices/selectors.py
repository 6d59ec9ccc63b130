"""Who serves where, today."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from procedures.offices.models import Absence, Delegation, Membership, Office, Role

HANDLING = (
    Role.DESK_OFFICER,
    Role.INSPECTOR,
    Role.REGIONAL_DIRECTOR,
    Role.CENTRAL_OFFICER,
    Role.COMMISSION_SECRETARY,
    Role.MINISTER_DELEGATE,
)


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


def colleagues_in(offices: Collection[int]) -> QuerySet[Any]:
    """Active people who serve in any of these offices today, by name."""
    held = Membership.objects.filter(in_force(), office__in=offices)
    return get_user_model().objects.filter(is_active=True, pk__in=held.values("person")).order_by("name", "pk")


def serves(person: Any, office: Office, role: str) -> bool:
    """Whether a person may act in `role` for `office` today, in their own right or by delegation.

    The minister's delegate acts for every central service.
    """
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    return seats_in(seats(person), office, role).exists()


def seats(person: Any) -> QuerySet[Membership]:
    """Memberships in force today by which a person acts: their own, and those delegated to them for these days."""
    today = timezone.localdate()
    given = Delegation.objects.filter(to=person, since__lte=today, until__gt=today)
    delegated = Q(pk__in=given.values("membership"), person__is_active=True)
    return Membership.objects.filter(in_force(), Q(person=person) | delegated)


def seats_in(held: QuerySet[Membership], office: Office, role: str) -> QuerySet[Membership]:
    """Those of them that count for a role in an office."""
    held = held.filter(role=role)
    if role == Role.MINISTER_DELEGATE and office.kind == Office.Kind.CENTRAL:
        return held
    return held.filter(office=office)


def offices_for(office: Office) -> QuerySet[Office]:
    """Open offices to which this one may hand a case over: a directorate to a directorate, a service to any of ours."""
    found = Office.objects.filter(is_open=True).exclude(kind=Office.Kind.OUTSIDE).exclude(pk=office.pk)
    return found if office.kind == Office.Kind.CENTRAL else found.filter(kind=office.kind)


def directing_role(office: Office) -> Role:
    """Who spreads the work of an office: its director; in a central service, who signs for the minister."""
    return Role.MINISTER_DELEGATE if office.kind == Office.Kind.CENTRAL else Role.REGIONAL_DIRECTOR


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


def outside_body(code: str) -> Office:
    """Another ministry, a body or a pool of experts, by its code. Raises NoOffice."""
    return _one(Office.objects.filter(kind=Office.Kind.OUTSIDE, code=code), code)


def superior_of(office: Office) -> Office:
    """The office above another, which hears what is contested of it. Raises NoOffice where none is set or open."""
    if office.above is None or not office.above.is_open:
        raise NoOffice(office.code)
    return office.above


def _one(offices: QuerySet[Office], sought: str) -> Office:
    office = offices.filter(is_open=True).order_by("code").first()
    if office is None:
        raise NoOffice(sought)
    return office


def people_with(account: str) -> QuerySet[Any]:
    """The account of this id, where it is active."""
    return get_user_model().objects.filter(is_active=True, pk=account)


def officers_of(which: str, value: str) -> QuerySet[Any]:
    """Active people who handle cases today in open offices: of a code ("office"), of a governorate ("place"), of a kind
    or of every kind of ours ("offices")."""
    ours = Office.objects.filter(is_open=True).exclude(kind=Office.Kind.OUTSIDE)
    asked = {"office": "code", "place": "place", "offices": "kind"}[which]
    found = ours.filter(**{asked: value}) if value else ours
    held = Membership.objects.filter(in_force(), office__in=found, role__in=HANDLING)
    return get_user_model().objects.filter(is_active=True, pk__in=held.values("person")).order_by("name", "pk")
