"""A member of staff is away: on which days, who stands in, and who acts in their name meanwhile."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.offices.delegating import announce_delegation
from procedures.offices.guards import demand_administrator, refuse_own
from procedures.offices.models import Absence, Delegation, Membership, Office, Role
from procedures.offices.selectors import directing_role, in_force, roles_of, seats
from procedures.refusal import Refusal

SIGNING = (Role.REGIONAL_DIRECTOR, Role.MINISTER_DELEGATE)
BY_ABSENCE = (Role.DESK_OFFICER, Role.INSPECTOR, Role.CENTRAL_OFFICER, Role.EXPERT, *SIGNING)
"""Roles in which a colleague acts for whoever is away. A seat in a commission is held in person, and so is control."""


def record_absence(*, person: Any, since: date, until: date, stand_in: Any = None, by: Any = None) -> Absence:
    """Note that a person is away from `since` to `until`, both included, and who stands in.

    The stand-in gains no right by it: it must be a colleague who serves in one of the person's offices through these
    days. Raises Refusal (days the wrong way round, another absence on them, no such colleague).
    """
    demand_administrator(by)
    with transaction.atomic():
        _refuse_days(person, since, until)
        if stand_in is not None and not _shared(stand_in, person, since, until).exists():
            raise Refusal(
                _("This colleague serves in none of the person's offices through these days. Appoint them first."),
                "stand_in",
            )
        return _note(Absence(person=person, since=since, until=until, stand_in=stand_in), by)


@transaction.atomic
def declare_absence(
    *, person: Any, since: date, until: date, reason: str = "", to: Any = None, reference: str = "", by: Any
) -> Absence:
    """A person says that they will be away on days, both included, or whoever heads their office says it for them.

    `to` acts in their name meanwhile, in each of their roles that lies in an office where `to` serves too; a role that
    signs is delegated by an act (`reference`). Raises Refusal (days wrong or past, no such colleague, no act, a role
    delegated already, whoever stands in away too) and OwnRights (a head who would name themselves).
    """
    if not may_declare_for(by, person):
        raise Refusal(_("Whoever is away says so, or who heads their office does it for them."))
    if since < timezone.localdate():
        raise Refusal(_("This day is past. Enter today or a later day."), "since")
    if reason and reason not in Absence.Reason.values:
        raise Refusal(_("Choose a reason."), "reason")
    _refuse_days(person, since, until)
    absence = _note(Absence(person=person, since=since, until=until, stand_in=to, reason=reason), by)
    if to is not None:
        refuse_own(to, by)
        for membership in _delegable(person, to, since, until):
            _delegate(absence, membership, to, reference.strip(), by)
    return absence


@transaction.atomic
def end_absence(*, absence: Absence, on: date, by: Any) -> Absence | None:
    """The person is back on a day: the absence ends the day before, and is taken off where it had not begun.

    What others did in their name stays done; from that day on nobody acts by it.
    """
    if by is not None and Role.ADMINISTRATOR not in roles_of(by) and not may_declare_for(by, absence.person):
        raise Refusal(_("Whoever is away says so, or who heads their office does it for them."))
    held = Absence.objects.select_for_update().get(pk=absence.pk)
    if on > held.until:
        raise Refusal(_("The person is back before this day already. Enter an earlier day."), "on")
    data = {"person": held.person_id, "back_on": on.isoformat()}
    append(action="office.end_absence", subject=held, actor=by, data=data)
    for given in Delegation.objects.select_for_update().filter(absence=held, until__gt=on):
        given.until = max(on, given.since, timezone.localdate())
        given.save(update_fields=["until"])
        append(action="office.end_delegation", subject=given, actor=by, data={"until": given.until.isoformat()})
        announce_delegation(given)
    if on <= held.since:
        held.delete()
        return None
    held.until = on - timedelta(days=1)
    held.save(update_fields=["until"])
    return held


def may_declare_for(by: Any, person: Any) -> bool:
    """Whether `by` is the person, or heads an office in which the person serves in a role that is delegated."""
    if by.pk == person.pk:
        return Membership.objects.filter(in_force(), person=person, role__in=BY_ABSENCE).exists()
    return any(person.pk in serving for _office, serving in headed_by(by))


def headed_by(person: Any) -> Iterator[tuple[Office, dict[int, Any]]]:
    """Each office that a person heads today, for themselves or by delegation, with those who serve there by id."""
    offices: dict[int, Office] = {}
    for seat in seats(person).filter(role__in=SIGNING).select_related("office"):
        if seat.role == directing_role(seat.office):
            offices[seat.office_id] = seat.office
    serving: dict[int, dict[int, Any]] = {pk: {} for pk in offices}
    held = Membership.objects.filter(in_force(), office__in=offices, role__in=BY_ABSENCE, person__is_active=True)
    for each in held.exclude(person=person).select_related("person").order_by("person__name", "person"):
        serving[each.office_id][each.person_id] = each.person
    return ((office, serving[pk]) for pk, office in offices.items())


def delegates_for(person: Any) -> QuerySet[Any]:
    """Who may act for a person who is away: active colleagues of their offices who handle cases there today."""
    offices = Membership.objects.filter(in_force(), person=person, role__in=BY_ABSENCE).values("office")
    beside = Membership.objects.filter(in_force(), office__in=offices, role__in=BY_ABSENCE).exclude(person=person)
    found = get_user_model().objects.filter(is_active=True, pk__in=beside.values("person"))
    return found.order_by("name", "pk")


def signs(person: Any) -> bool:
    """Whether a role of this person's is delegated by an act only."""
    return Membership.objects.filter(in_force(), person=person, role__in=SIGNING).exists()


def _refuse_days(person: Any, since: date, until: date) -> None:
    """Inside the caller's transaction: it locks the person, so that two absences are noted one after the other."""
    if until < since:
        raise Refusal(_("The absence ends before it begins. Enter a later last day."), "until")
    get_user_model().objects.select_for_update().get(pk=person.pk)
    other = Absence.objects.filter(person=person, since__lte=until, until__gte=since).first()
    if other:
        days = {"since": date_format(other.since), "until": date_format(other.until)}
        raise Refusal(_("The person is already away from %(since)s to %(until)s. Change the days.") % days, "since")


def _note(absence: Absence, by: Any) -> Absence:
    absence.save()
    data = {"person": absence.person_id, "stand_in": absence.stand_in_id}
    days = {"since": absence.since.isoformat(), "until": absence.until.isoformat()}
    append(action="office.absence", subject=absence, actor=by, data=data | days)
    return absence


def _delegable(person: Any, to: Any, since: date, until: date) -> list[Membership]:
    """The person's memberships in which this colleague may act for them through these days. Raises Refusal for none."""
    if not to.is_active or not delegates_for(person).filter(pk=to.pk).exists():
        raise Refusal(_("Choose a colleague who handles cases in the same office."), "to")
    away = Absence.objects.filter(person=to, since__lte=until, until__gte=since).first()
    if away:
        raise Refusal(_("This colleague is away on some of these days. Choose another one."), "to")
    held = Membership.objects.select_for_update().filter(person=person, role__in=BY_ABSENCE, since__lte=since)
    held = held.filter(Q(until__isnull=True) | Q(until__gt=since), office__in=_shared(to, person, since, until))
    found = list(held.order_by("pk"))
    if not found:
        raise Refusal(_("This colleague does not serve in the office through these days. Choose another one."), "to")
    return found


def _delegate(absence: Absence, membership: Membership, to: Any, reference: str, by: Any) -> Delegation:
    """Until the day after the absence, and never longer than the role itself."""
    if membership.role in SIGNING and not reference:
        raise Refusal(_("Enter the act that delegates the signature: its number and day."), "reference")
    until = absence.until + timedelta(days=1)
    if membership.until is not None:
        until = min(until, membership.until)
    if membership.delegations.filter(since__lt=until, until__gt=absence.since).exists():
        raise Refusal(_("This role is already delegated on some of these days. Choose other days."), "since")
    given = Delegation.objects.create(
        membership=membership, to=to, since=absence.since, until=until, reference=reference, absence=absence
    )
    data = {"membership": membership.pk, "person": membership.person_id, "to": to.pk, "absence": absence.pk}
    days = {"since": given.since.isoformat(), "until": given.until.isoformat()}
    append(action="office.delegate", subject=given, actor=by, data=data | days)
    announce_delegation(given)
    return given


def _shared(colleague: Any, person: Any, since: date, until: date) -> QuerySet[Any, Any]:
    """Offices of a person in which another serves through these days."""
    if colleague.pk == person.pk:
        return Membership.objects.none().values("office")
    lasting = Q(since__lte=since) & (Q(until__isnull=True) | Q(until__gt=until))
    offices = Membership.objects.filter(person=person).filter(Q(until__isnull=True) | Q(until__gt=since))
    return Membership.objects.filter(
        lasting, person=colleague, person__is_active=True, office__in=offices.values("office")
    ).values("office")
