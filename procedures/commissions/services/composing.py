"""Set up a commission and say who sits in it: an administrator's acts, on record."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append, change
from procedures.commissions.models import Commission, Seat
from procedures.commissions.selectors import in_force
from procedures.offices.guards import demand_administrator, refuse_own
from procedures.offices.models import Role
from procedures.offices.selectors import roles_of
from procedures.refusal import Refusal

NEEDED = {  # the role of the administration that opens the room to a seat
    Seat.Role.PRESIDENT: Role.COMMISSION_MEMBER,
    Seat.Role.MEMBER: Role.COMMISSION_MEMBER,
    Seat.Role.SECRETARY: Role.COMMISSION_SECRETARY,
}


@transaction.atomic
def set_up_commission(*, code: str, names: dict[str, str], by: Any = None, **rules: Any) -> Commission:
    """Make a commission; `rules` are those of `change_commission`. Raises Refusal (code taken)."""
    demand_administrator(by)
    if Commission.objects.filter(code=code).exists():
        raise Refusal(_("Another commission has the code “%(code)s”. Enter another code.") % {"code": code}, "code")
    made = Commission.objects.create(code=code, **_named(names), **rules)
    append(action="commission.set_up", subject=made, actor=by, data={"code": code})
    return made


@transaction.atomic
def change_commission(*, commission: Commission, names: dict[str, str], by: Any, **rules: Any) -> Commission:
    """Give a commission other names or rules: quorum (None: more than half), casting_vote, secret, is_open, basis_*.

    Sessions that are open keep the quorum with which they were opened.
    """
    demand_administrator(by)
    held = Commission.objects.select_for_update().get(pk=commission.pk)
    change(held, _named(names) | rules, action="commission.change", actor=by, code=held.code)
    return held


def seat_person(
    *,
    commission: Commission,
    person: Any,
    role: str,
    qualities: dict[str, str] | None = None,
    since: date | None = None,
    until: date | None = None,
    by: Any = None,
) -> Seat:
    """Let a person sit in a commission from a day on (today); `qualities` says for whom, by language.

    Raises Refusal: no such role in the administration, one's own seat, seated already, or a second president.
    """
    demand_administrator(by)
    refuse_own(person, by)
    since = since or timezone.localdate()
    needed = NEEDED[Seat.Role(role)]
    if needed not in roles_of(person):
        words = _("This person does not hold the role “%(role)s”. Appoint them in an office first.")
        raise Refusal(words % {"role": needed.label}, "person")
    if until and until <= since:
        raise Refusal(_("The last day lies before the first. Correct one of them."), "until")
    with transaction.atomic():
        Commission.objects.select_for_update().get(pk=commission.pk)
        ahead = commission.seats.filter(Q(until__isnull=True) | Q(until__gt=since))
        if ahead.filter(person=person).exists():
            raise Refusal(_("This person sits in the commission already."), "person")
        if role == Seat.Role.PRESIDENT and ahead.filter(role=role).exists():
            raise Refusal(_("The commission has a president. End that seat first."), "role")
        told = qualities or {}
        seat = Seat.objects.create(
            commission=commission,
            person=person,
            role=role,
            quality_ar=told.get("ar", ""),
            quality_fr=told.get("fr", ""),
            since=since,
            until=until,
        )
        append(action="commission.seat", subject=seat, actor=by, data={"person": person.pk, "role": role})
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, by: Any) -> Seat:
    """From now on the person does not sit any more; sessions to which they were called keep their name."""
    demand_administrator(by)
    held = Seat.objects.select_for_update().get(pk=seat.pk)
    if Seat.objects.filter(in_force(), pk=held.pk).exists() or held.since > timezone.localdate():
        held.until = timezone.localdate()
        held.save(update_fields=["until"])
        append(action="commission.end_seat", subject=held, actor=by, data={"person": held.person_id})
    return held


def _named(names: dict[str, str]) -> dict[str, str]:
    return {f"name_{language}": names[language].strip() for language in ("ar", "fr", "en")}
