"""Read commissions: who sits where, which cases wait, what stands on an agenda, who may vote."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from procedures.cases.models import Case, StageRecord
from procedures.cases.states import State
from procedures.commissions.models import Attendance, Ballot, Commission, Item, Seat, Session
from procedures.definition import Commission as CommissionStage
from procedures.registry import procedures

BEFORE = (Session.State.PLANNED, Session.State.CONVENED)
LIVE = (Item.State.WAITING, Item.State.ADOPTED)
HEARD = (Item.State.ADOPTED, Item.State.ADJOURNED, Item.State.CARRIED, Item.State.LAPSED)
SHOWN = (Item.State.WAITING, *HEARD)
ORDER = [Seat.Role.PRESIDENT, Seat.Role.MEMBER, Seat.Role.SECRETARY]


def in_force() -> Q:
    """Seats of today: `since` counts, `until` does not."""
    today = timezone.localdate()
    return Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gt=today))


def seats_of(commission: Commission) -> list[Seat]:
    """Who sits in a commission today: the president first, the secretary last."""
    found = commission.seats.filter(in_force(), person__is_active=True).select_related("person")
    return sorted(found, key=lambda seat: (ORDER.index(Seat.Role(seat.role)), seat.pk))


def is_secretary(person: Any, commission: Commission) -> bool:
    return commission.seats.filter(in_force(), person=person, role=Seat.Role.SECRETARY).exists()


def kept_by(person: Any) -> QuerySet[Commission]:
    """Open commissions of which this person is secretary today."""
    held = Seat.objects.filter(in_force(), person=person, role=Seat.Role.SECRETARY)
    return Commission.objects.filter(is_open=True, pk__in=held.values("commission"))


def sessions_of(person: Any) -> QuerySet[Session]:
    """Sessions of commissions whose secretary this person is, and those to which they were called."""
    called = Attendance.objects.filter(seat__person=person).values("session")
    mine = Q(commission__in=kept_by(person)) | (Q(pk__in=called) & ~Q(state=Session.State.PLANNED))
    return Session.objects.filter(mine).select_related("commission")


def stages_before(code: str) -> Iterator[tuple[str, str]]:
    """Procedures and the stages of theirs at which the commission of this code sits."""
    for procedure in procedures().values():
        for stage in procedure.route:
            if isinstance(stage, CommissionStage) and stage.commission == code:
                yield procedure.code, stage.name


def not_set_up() -> tuple[str, ...]:
    """Codes that procedures name and no commission has: their cases wait until an administrator sets one up."""
    named = {
        stage.commission
        for procedure in procedures().values()
        for stage in procedure.route
        if isinstance(stage, CommissionStage)
    }
    return tuple(sorted(named - set(Commission.objects.values_list("code", flat=True))))


def queue_of(commission: Commission) -> QuerySet[Case]:
    """Cases that stand before the commission and on no live agenda, the nearest deadline first."""
    wanted = Q(pk__in=())
    for procedure, stage in stages_before(commission.code):
        here = StageRecord.objects.filter(kind=State.COMMISSION, code=stage, closed_at=None)
        wanted |= Q(procedure=procedure, pk__in=here.values("case"))
    listed = Item.objects.filter(state__in=LIVE).values("case")
    found = Case.objects.filter(wanted, state=State.COMMISSION).exclude(pk__in=listed)
    return found.select_related("office", "snapshot").order_by(F("due_on").asc(nulls_last=True), "filed_at", "pk")


def agenda_of(session: Session) -> QuerySet[Item]:
    """What stands on the agenda, in order; what was taken off is left out."""
    found = session.items.filter(state__in=SHOWN).select_related("case__office", "case__snapshot")
    return found.prefetch_related("recusals", Prefetch("ballots", Ballot.objects.prefetch_related("voices")))


def called_to(session: Session) -> list[Attendance]:
    """Everybody called to a session: the president, the members, the secretary."""
    found = session.attendances.select_related("seat__person")
    return sorted(found, key=lambda each: (ORDER.index(Seat.Role(each.seat.role)), each.pk))


def attendance_of(person: Any, session: Session) -> Attendance | None:
    """How this person was called to the session, as a member before as its secretary; None for others."""
    return next((each for each in called_to(session) if each.seat.person_id == person.pk), None)


def quorum_of(session: Session) -> int:
    """How many must be there: as frozen when the session opened, else by what the commission says now."""
    if session.quorum is not None:
        return session.quorum
    commission = session.commission
    return commission.quorum or sum(each.votes for each in called_to(session)) // 2 + 1


def present_voters(session: Session) -> list[Attendance]:
    return [each for each in called_to(session) if each.is_present and each.votes]


def voters_on(item: Item) -> list[Attendance]:
    """Who may vote on a case: members who are there and have not left the room for it."""
    gone = set(item.recusals.values_list("attendance", flat=True))
    return [each for each in present_voters(item.session) if each.pk not in gone]


def open_ballot(item: Item) -> Ballot | None:
    return next((ballot for ballot in item.ballots.all() if not ballot.result), None)


def last_ballot(item: Item) -> Ballot | None:
    """The last vote that was counted on a case."""
    return next((ballot for ballot in reversed(item.ballots.all()) if ballot.result), None)
