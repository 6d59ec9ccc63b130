"""Open offices, put people in them and take them out, on record."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procedures.audit.services import append, change
from procedures.offices.guards import demand_administrator, keep_an_administrator, refuse_own
from procedures.offices.models import Confirmation, Membership, Office, Role
from procedures.offices.reasons import MEMBERSHIP_ENDS, OFFICE_CLOSES
from procedures.refusal import Refusal

NAMES = ("name_ar", "name_fr", "name_en")


def open_office(*, code: str, kind: str, names: dict[str, str], place: str = "", by: Any = None) -> Office:
    """Open an office, or give an existing one its names and place; `names` by language."""
    with transaction.atomic():
        office, made = Office.objects.update_or_create(
            code=code, defaults={"kind": kind, "place": place, "is_open": True} | _named(names)
        )
        append(action="office.open" if made else "office.change", subject=office, actor=by, data={"code": code})
    return office


@transaction.atomic
def create_office(
    *, code: str, kind: str, names: dict[str, str], place: str = "", above: Office | None = None, by: Any
) -> Office:
    """Make a new office, open from now on; `names` by language. Raises Refusal (code or place taken)."""
    demand_administrator(by)
    if Office.objects.filter(code=code).exists():
        raise Refusal(_("Another office has the code “%(code)s”. Enter another code.") % {"code": code}, "code")
    _refuse_second_directorate(kind, place, apart_from=None)
    office = Office.objects.create(code=code, kind=kind, place=place, above=above, **_named(names))
    data = {"code": code, "kind": kind, "place": place, "above": above.code if above else ""}
    append(action="office.open", subject=office, actor=by, data=data)
    return office


@transaction.atomic
def change_office(
    *, office: Office, kind: str, names: dict[str, str], place: str = "", above: Office | None = None, by: Any
) -> Office:
    """Give an office other names, another kind, place or office `above`; its code stays.

    Raises Refusal: the place is taken, or an office would stand above itself.
    """
    demand_administrator(by)
    offices = {each.pk: each for each in Office.objects.select_for_update().order_by("pk")}
    held = offices[office.pk]
    if held.is_open:
        _refuse_second_directorate(kind, place, apart_from=held)
    _refuse_circle(held, above, offices)
    new = {"kind": kind, "place": place, "above_id": above.pk if above else None} | _named(names)
    change(held, new, action="office.change", actor=by, code=held.code)
    return held


@transaction.atomic
def close_office(*, office: Office, reason: str, by: Any) -> Office:
    """Send no new case to an office; its open cases stay with its people. `reason`: a code of OFFICE_CLOSES."""
    demand_administrator(by)
    held = Office.objects.select_for_update().get(pk=office.pk)
    if reason not in OFFICE_CLOSES:
        raise Refusal(_("Choose a reason."), "reason")
    if held.is_open:
        held.is_open = False
        held.save(update_fields=["is_open"])
        append(action="office.close", subject=held, actor=by, data={"code": held.code, "reason": reason})
    return held


@transaction.atomic
def reopen_office(*, office: Office, by: Any) -> Office:
    """Send new cases to a closed office again. Raises Refusal (another directorate answers for its place)."""
    demand_administrator(by)
    held = Office.objects.select_for_update().get(pk=office.pk)
    if not held.is_open:
        _refuse_second_directorate(held.kind, held.place, apart_from=held)
        held.is_open = True
        held.save(update_fields=["is_open"])
        append(action="office.reopen", subject=held, actor=by, data={"code": held.code})
    return held


def appoint(
    *, person: Any, office: Office, role: str, by: Any = None, since: date | None = None, until: date | None = None
) -> Membership:
    """Let a person serve in an office in a role from a day on (today), until and not including another if one is given.

    Once, however often it is asked. Raises OwnRights; Refusal (the office is closed, the days are past or the wrong
    way round, or the person holds this role there on some of them).
    """
    Role(role)
    since = since or timezone.localdate()
    demand_administrator(by)
    refuse_own(person, by)
    with transaction.atomic():
        there = Office.objects.select_for_update().get(pk=office.pk)
        same = Membership.objects.filter(person=person, office=office, role=role)
        if held := same.filter(since__lte=since, until=until).first():
            return held
        _refuse_days(since, until, there, by)
        _refuse_overlap(same, since, until)
        membership = Membership.objects.create(person=person, office=office, role=role, since=since, until=until)
        data = {"person": person.pk, "office": office.code, "role": role} | _days(since, until)
        append(action="office.appoint", subject=membership, actor=by, data=data)
    _forget_roles(person)
    return membership


def end_membership(
    *, membership: Membership, by: Any = None, until: date | None = None, reason: str = ""
) -> Membership:
    """End a membership on a day (today: from now on the person does not serve any more).

    `reason`: a code of MEMBERSHIP_ENDS, demanded of people. Raises LastAdministrator; Refusal (a past day, no reason).
    """
    demand_administrator(by)
    day = until or timezone.localdate()
    with transaction.atomic():
        held = Membership.objects.select_for_update().get(pk=membership.pk)
        if by is not None:
            _refuse_end(held, day, reason)
        if held.role == Role.ADMINISTRATOR:
            keep_an_administrator(without=Q(pk=held.pk))
        held.until = max(day, held.since)
        held.save(update_fields=["until"])
        data = {"person": held.person_id, "role": held.role, "until": held.until.isoformat()}
        append(
            action="office.end_membership", subject=held, actor=by, data=data | ({"reason": reason} if reason else {})
        )
    _forget_roles(held.person)
    return held


@transaction.atomic
def prolong_membership(*, membership: Membership, until: date | None, by: Any) -> Membership:
    """Let a membership that runs or lies ahead last longer, to a later day or with no end (None).

    Raises OwnRights; Refusal (it is over, the day is not later, or it meets another membership).
    """
    demand_administrator(by)
    refuse_own(membership.person, by)
    held = Membership.objects.select_for_update().get(pk=membership.pk)
    if held.until is None or held.until <= timezone.localdate():
        raise Refusal(_("This appointment is over or has no end. Appoint the person anew."))
    if until is not None and until <= held.until:
        raise Refusal(_("Enter a day after the present end."), "until")
    same = Membership.objects.filter(person=held.person_id, office=held.office_id, role=held.role)
    _refuse_overlap(same.exclude(pk=held.pk), held.since, until)
    held.until = until
    held.save(update_fields=["until"])
    data = {"person": held.person_id, "role": held.role} | _days(held.since, until)
    append(action="office.prolong_membership", subject=held, actor=by, data=data)
    _forget_roles(held.person)
    return held


@transaction.atomic
def confirm_membership(*, membership: Membership, quarter: str, by: Any) -> Confirmation:
    """Note that a right was looked at in a quarter's review and is still needed; once. Raises OwnRights."""
    demand_administrator(by)
    refuse_own(membership.person, by)
    held = Membership.objects.select_for_update().get(pk=membership.pk)
    confirmation, made = Confirmation.objects.get_or_create(
        membership=held, quarter=quarter, defaults={"by": by, "at": timezone.now()}
    )
    if made:
        append(action="office.confirm_membership", subject=held, actor=by, data={"quarter": quarter})
    return confirmation


def _refuse_second_directorate(kind: str, place: str, *, apart_from: Office | None) -> None:
    """Cases find their directorate by its place: two open ones would share them by chance."""
    if kind != Office.Kind.REGIONAL:
        return
    if not place:
        raise Refusal(_("Choose the governorate of the directorate."), "place")
    same = Office.objects.select_for_update().filter(kind=kind, place=place, is_open=True)
    other = same.exclude(pk=apart_from.pk).first() if apart_from else same.first()
    if other:
        raise Refusal(
            _("“%(office)s” already answers for this governorate. Close it first, or choose another one.")
            % {"office": other},
            "place",
        )


def _refuse_circle(held: Office, above: Office | None, offices: dict[int, Office]) -> None:
    """What one office decided is contested before another: nobody judges themselves, however long the way round."""
    higher = above.pk if above else None
    while higher is not None:
        if higher == held.pk:
            raise Refusal(_("This office stands below the one you change. Choose another one."), "above")
        higher = offices[higher].above_id


def _refuse_days(since: date, until: date | None, office: Office, by: Any) -> None:
    if until is not None and until <= since:
        raise Refusal(_("The end lies before the beginning. Enter a later day."), "until")
    if by is None:
        return
    if since < timezone.localdate():
        raise Refusal(_("Rights are not given for days that are past. Enter today or a later day."), "since")
    if not office.is_open:
        raise Refusal(_("This office is closed. Open it again, or choose another one."), "office")


def _refuse_overlap(same: Any, since: date, until: date | None) -> None:
    meeting = same.filter(Q(until__isnull=True) | Q(until__gt=since)).exclude(until=F("since"))
    meeting = meeting.filter(since__lt=until) if until else meeting
    other = meeting.order_by("since").first()
    if other:
        end = date_format(other.until) if other.until else "…"
        raise Refusal(
            _("The person already holds this role there, from %(since)s to %(until)s. Choose other days.")
            % {"since": date_format(other.since), "until": end},
            "since",
        )


def _refuse_end(held: Membership, day: date, reason: str) -> None:
    today = timezone.localdate()
    if held.until is not None and held.until <= today:
        raise Refusal(_("This appointment is over already."))
    if day < today:
        raise Refusal(
            _("This day is past: what was done until today was done in this role. Enter today or later."), "until"
        )
    if held.until is not None and day > held.until:
        raise Refusal(_("The appointment ends before this day already. Enter an earlier day."), "until")
    if reason not in MEMBERSHIP_ENDS:
        raise Refusal(_("Choose a reason."), "reason")


def _named(names: dict[str, str]) -> dict[str, str]:
    return {field: names[field[-2:]] for field in NAMES}


def _days(since: date, until: date | None) -> dict[str, str | None]:
    return {"since": since.isoformat(), "until": until.isoformat() if until else None}


def _forget_roles(person: Any) -> None:
    vars(person).pop("_roles_today", None)
