"""Plan a session, build its agenda from the queue, and call its members."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.access import is_interested
from procedures.cases.models import Case
from procedures.commissions.models import Attendance, Commission, Item, Recusal, Session
from procedures.commissions.precedents import key_of
from procedures.commissions.selectors import BEFORE, agenda_of, called_to, is_secretary, queue_of, seats_of
from procedures.commissions.services.holding import Held, item_in, kept
from procedures.events import announce
from procedures.refusal import Refusal

State = Session.State


def plan_session(
    *, commission: Commission, starts_at: datetime, place: dict[str, str], mode: str = Session.Mode.ROOM, by: Any
) -> Session:
    """Give a session its day, place (by language) and number; nobody is called yet. Raises Refusal."""
    if not is_secretary(by, commission):
        raise Refusal(_("This is for the secretary of the commission."))
    if timezone.localdate(starts_at) < timezone.localdate():
        raise Refusal(_("This day is past. Choose today or a day to come."), "starts_at")
    with transaction.atomic():
        Commission.objects.select_for_update().get(pk=commission.pk)  # two secretaries take two numbers
        year = timezone.localdate(starts_at).year
        last = commission.sessions.filter(year=year).aggregate(last=Max("number"))["last"] or 0
        session = Session.objects.create(
            commission=commission,
            year=year,
            number=last + 1,
            starts_at=starts_at,
            place_ar=place["ar"],
            place_fr=place["fr"],
            mode=mode,
        )
        append(action="commission.plan_session", subject=session, actor=by, data={"commission": commission.code})
    return session


def add_to_agenda(*, session: Session, cases: Iterable[UUID], by: Any, version: int | None = None) -> list[Item]:
    """Put cases of the queue on the agenda, in the order of the queue. Raises Refusal where one is no longer there."""
    wanted = set(cases)
    with kept(session, "add_to_agenda", *BEFORE, by=by, version=version) as held:
        waiting = list(queue_of(held.session.commission).filter(public_id__in=wanted))
        if not waiting or len(waiting) != len(wanted):
            raise Refusal(_("Choose cases that wait for the commission. One of these is on an agenda or has moved."))
        items = [_listed(held, case) for case in waiting]
        held.told["cases"] = [case.pk for case in waiting]
    return items


def _listed(held: Held, case: Case) -> Item:
    """A case on the agenda. Its secretary has no part in it; members who have are recused from the start."""
    if is_interested(held.by, case):
        words = _("You have an interest in case %(number)s: another secretary puts it on the agenda.")
        raise Refusal(words % {"number": case.number})
    last = held.session.items.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            item = Item.objects.create(session=held.session, case=case, position=last + 1, key=key_of(case))
    except IntegrityError:
        raise Refusal(_("Case %(number)s is on another agenda.") % {"number": case.number}) from None
    for attendance in called_to(held.session):
        recuse_the_interested(item, attendance, held.now)
    return item


def recuse_the_interested(item: Item, attendance: Attendance, now: datetime) -> None:
    if is_interested(attendance.seat.person, item.case):
        found = {"ground": Recusal.Ground.INTERESTED, "at": now}
        Recusal.objects.get_or_create(item=item, attendance=attendance, defaults=found)


def remove_from_agenda(*, item: Item, by: Any, version: int | None = None) -> Item:
    """Take a case off the agenda before the session: it waits in the queue again."""
    with kept(item.session, "remove_from_agenda", *BEFORE, by=by, version=version) as held:
        fresh = item_in(held, item, Item.State.WAITING)
        fresh.state = Item.State.REMOVED
        fresh.save(update_fields=["state"])
    return fresh


def move_on_agenda(*, item: Item, up: bool, by: Any, version: int | None = None) -> Item:
    """Hear a case one place earlier or later."""
    with kept(item.session, "move_on_agenda", *BEFORE, State.OPEN, by=by, version=version) as held:
        fresh = item_in(held, item, Item.State.WAITING)
        listed = [each for each in agenda_of(held.session) if each.state == Item.State.WAITING]
        place = next(index for index, each in enumerate(listed) if each.pk == fresh.pk)
        other = place - 1 if up else place + 1
        if 0 <= other < len(listed):
            beside = listed[other]
            fresh.position, beside.position = beside.position, fresh.position
            fresh.save(update_fields=["position"])
            beside.save(update_fields=["position"])
    return fresh


def convene(*, session: Session, by: Any, version: int | None = None) -> Session:
    """Call everybody who sits in the commission on that day; they are told from the outbox. Raises Refusal."""
    with kept(session, "convene", State.PLANNED, by=by, version=version) as held:
        if not held.session.items.filter(state=Item.State.WAITING).exists():
            raise Refusal(_("The agenda is empty. Add a case before you convene the members."))
        seats = seats_of(held.session.commission)
        if not any(seat.role != seat.Role.SECRETARY for seat in seats):
            raise Refusal(_("Nobody sits in this commission. An administrator names its members."))
        for seat in seats:
            called = Attendance.objects.create(session=held.session, seat=seat)
            for item in held.session.items.filter(state=Item.State.WAITING).select_related("case"):
                recuse_the_interested(item, called, held.now)
        held.session.state, held.session.convened_at = State.CONVENED, held.now
        held.told["called"] = [seat.person_id for seat in seats]
        announce("session_convened", key=str(held.session.pk), session_id=held.session.pk)
    return session
