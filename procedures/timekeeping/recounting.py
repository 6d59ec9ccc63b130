"""Count open dates again on a corrected calendar, some at a time; each case is told of in the audit chain."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from procedures.audit.services import append
from procedures.calendar.models import Version
from procedures.calendar.selectors import Calendar, calendar
from procedures.cases.models import Case, Correction
from procedures.cases.states import OPEN, State
from procedures.events import announce
from procedures.timekeeping.explaining import clock_of, pauses_of
from procedures.timekeeping.keeping import counted
from procedures.timekeeping.models import DateMove

AT_ONCE = 200
CORRECTION_DAYS = 15  # as procedures.cases.clock gives them


def recount(*, version: int, after: int) -> int | None:
    """Count again the next cases after the id `after` that a version touches; the last id, None where none is left.

    Counted on the calendar as it stands: of several corrections at once the last one finds nothing left to move.
    """
    change, known = Version.objects.get(number=version), calendar()
    ids = list(_touched(change).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for case in Case.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
        _recount_case(case, known)
    return ids[-1] if ids else None


def _touched(change: Version) -> QuerySet[Case]:
    """Open cases whose count reaches the first day that changed, and had not ended before it."""
    open_ones = Case.objects.filter(state__in=OPEN).exclude(state=State.ISSUING)
    reaching = open_ones.filter(due_on__gte=change.touches_from)
    answers = Q(corrections__returned_at=None, corrections__due_on__gte=change.touches_from)
    found = reaching | open_ones.filter(answers, state=State.CORRECTION)
    if change.touches_to is not None:
        begun = Q(complete_at__date__lt=change.touches_to) | Q(complete_at=None, filed_at__date__lt=change.touches_to)
        found = found.filter(begun)
    return Case.objects.filter(pk__in=found.values("pk"))


def _recount_case(case: Case, known: Calendar) -> None:
    _recount_correction(case, known)
    if case.due_on is None:
        return
    clock = clock_of(case)
    pauses = pauses_of(case, clock)
    if not clock.in_working_days or clock.counted_version == known.version:
        return
    due, waited = counted(clock, pauses, known)
    ended = [pause for pause in pauses if pause.until]
    for pause, days in zip(ended, waited, strict=True):
        pause.waited = days
        pause.save(update_fields=["waited"])
    before, clock.counted_version = clock.counted_version, known.version
    clock.save()
    if due == case.due_on:
        return
    move = DateMove.objects.create(
        case=case, at=timezone.now(), was=case.due_on, now=due, from_version=before, to_version=known.version
    )
    case.due_on, case.paused_days = due, sum(waited)
    case.save(update_fields=["due_on", "paused_days"])
    told = {"was": move.was.isoformat(), "now": due.isoformat(), "calendar": known.version}
    append(action="case.recount", subject=case, data=told)
    announce("deadline_moved", key=str(move.pk), case_id=case.pk, move_id=move.pk)


def _recount_correction(case: Case, known: Calendar) -> None:
    """The applicant's own time to answer grows with a day that no longer counts; what was promised never shrinks."""
    for asked in Correction.objects.filter(case=case, returned_at=None):
        due = known.add(timezone.localdate(asked.asked_at), CORRECTION_DAYS)
        if case.state == State.CORRECTION and due > asked.due_on:
            asked.due_on = due
            asked.save(update_fields=["due_on"])
