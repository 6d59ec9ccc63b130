"""In session: who came, who leaves the room, what is adjourned, and the end."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.cases.states import State as CaseState
from procedures.commissions.models import Attendance, Ballot, Item, Recusal, Session
from procedures.commissions.selectors import attendance_of, called_to, is_secretary, quorum_of
from procedures.commissions.services.holding import Held, item_in, kept
from procedures.commissions.services.planning import add_to_agenda, recuse_the_interested
from procedures.refusal import Refusal

State = Session.State


def open_session(
    *, session: Session, present: Collection[int], chair: int | None = None, by: Any, version: int | None = None
) -> Session:
    """Note who came (`present`: keys of attendances) and who chairs, and open the session.

    The president chairs who is there; else one of the members does. A session opens below its quorum, and then
    hears nothing but adjournments.
    """
    with kept(session, "open_session", State.CONVENED, by=by, version=version) as held:
        day = timezone.localdate(held.session.starts_at)
        if day > timezone.localdate():
            words = _("The session is called for %(day)s. It opens on that day.")
            raise Refusal(words % {"day": date_format(day, "DATE_FORMAT")})
        held.session.quorum = quorum_of(held.session)
        _note(held, present, chair)
        for item in held.session.items.filter(state=Item.State.WAITING).select_related("case"):
            for attendance in called_to(held.session):
                recuse_the_interested(item, attendance, held.now)
        held.session.state, held.session.opened_at = State.OPEN, held.now
    return session


def note_attendance(
    *, session: Session, present: Collection[int], chair: int | None = None, by: Any, version: int | None = None
) -> Session:
    """Note that somebody came or left while no vote is open."""
    with kept(session, "note_attendance", State.OPEN, by=by, version=version) as held:
        if Ballot.objects.filter(item__session=held.session, result="").exists():
            raise Refusal(_("A vote is open. Count it, then note who came or left."))
        _note(held, present, chair)
    return session


def _note(held: Held, present: Collection[int], chair: int | None) -> None:
    called = called_to(held.session)
    for attendance in called:
        if attendance.is_present != (attendance.pk in present):
            attendance.is_present = not attendance.is_present
            attendance.save(update_fields=["is_present"])
    voting = [each for each in called if each.is_present and each.votes]
    if not voting:
        raise Refusal(_("Nobody who votes is there. Tick the members who came."), "present")
    president = next((each for each in voting if each.seat.role == each.seat.Role.PRESIDENT), None)
    chosen = president or next((each for each in voting if each.pk == chair), None)
    if chosen is None:
        raise Refusal(_("The president is not there. Say who of the members chairs."), "chair")
    held.session.chair = chosen
    held.told |= {"present": [each.seat.person_id for each in called if each.is_present]}


def recuse(*, item: Item, by: Any, attendance: Attendance | None = None) -> Recusal:
    """Leave the room for one case: a member declares it, or the secretary notes it of a member (`attendance`)."""
    with kept(item.session, "recuse", State.CONVENED, State.OPEN, by=by, keeper=False) as held:
        fresh = item_in(held, item, Item.State.WAITING)
        who = attendance if attendance and is_secretary(by, held.session.commission) else None
        who = who or attendance_of(by, held.session)
        if who is None or who.session_id != held.session.pk or not who.votes:
            raise Refusal(_("Only a member who was called to this session leaves the room."))
        if fresh.ballots.filter(result="").exists():
            raise Refusal(_("The vote on this case is open. Who has an interest says so before it."))
        made, _made = Recusal.objects.get_or_create(
            item=fresh, attendance=who, defaults={"ground": Recusal.Ground.DECLARED, "at": held.now}
        )
        held.told["member"] = who.seat.person_id
    return made


def adjourn(*, item: Item, reason: str, by: Any, to: Session | None = None, version: int | None = None) -> Item:
    """Put a case off, with the reason that the minutes give: it waits in the queue, or on the agenda of `to`."""
    with kept(item.session, "adjourn", State.OPEN, by=by, version=version) as held:
        fresh = item_in(held, item, Item.State.WAITING)
        if not reason.strip():
            raise Refusal(_("Write why the case is adjourned: the minutes say it."), "reason")
        if fresh.ballots.filter(result="").exists():
            raise Refusal(_("A vote is open on this case. Count it first."))
        still_here = fresh.case.state == CaseState.COMMISSION
        fresh.state = Item.State.ADJOURNED if still_here else Item.State.LAPSED
        fresh.reason, fresh.settled_at = reason.strip(), held.now
        fresh.save(update_fields=["state", "reason", "settled_at"])
    if to is not None and still_here:
        add_to_agenda(session=to, cases=[fresh.case.public_id], by=by)
    return fresh


def end_session(*, session: Session, by: Any, version: int | None = None) -> Session:
    """Close the deliberations once every case is voted on or adjourned; the minutes are then read. Raises Refusal."""
    with kept(session, "end_session", State.OPEN, by=by, version=version) as held:
        left = held.session.items.filter(state=Item.State.WAITING).count()
        if left:
            words = ngettext(
                "%(count)s case is left on the agenda. Vote on it or adjourn it.",
                "%(count)s cases are left on the agenda. Vote on them or adjourn them.",
                left,
            )
            raise Refusal(words % {"count": left})
        held.session.state, held.session.ended_at = State.ENDED, held.now
    return session
