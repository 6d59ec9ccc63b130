"""Count the date of a case: start, stand still, run again, and count anew on a corrected calendar."""

from datetime import date, timedelta
from typing import Any

from procedures.calendar.selectors import Calendar
from procedures.calendar.services import calendar, day_after
from procedures.definition import Deadline
from procedures.rules.explaining import basis_as_json
from procedures.timekeeping.models import CaseClock, Pause


def start(case: Any, deadline: Deadline, *, on: date, because: str) -> CaseClock:
    """Freeze the date on which an answer is due, with the calendar and the basis it rests on. The caller saves."""
    known = calendar()
    case.due_on = day_after(on, deadline.within, known)
    return CaseClock.objects.create(
        case=case,
        because=because,
        started_on=on,
        unit=type(deadline.within).__name__.lower(),
        amount=deadline.within.amount,
        basis=basis_as_json(deadline.basis),
        silence=deadline.silence.value,
        promised_on=case.due_on,
        frozen_version=known.version,
        counted_version=known.version,
    )


def start_again(case: Any, deadline: Deadline, *, on: date) -> CaseClock:
    """The case is decided anew: its whole delay runs again from a day, and the date until then stays told.

    What stood still before moves the new date by nothing. The caller saves.
    """
    before = case.due_on
    CaseClock.objects.filter(case=case).delete()
    clock = start(case, deadline, on=on, because=CaseClock.Because.REOPENED)
    clock.before, case.paused_days = before, 0
    clock.save(update_fields=["before"])
    return clock


def stand_still(case: Any, *, since: date) -> None:
    """Note that the clock stands still; before it has started there is nothing to stop."""
    if case.due_on is not None:
        Pause.objects.create(case=case, since=since)


def run_again(case: Any, *, since: date, until: date) -> int:
    """Close the pause; the date moves by the days that waited, whose number is returned. The caller saves."""
    if case.due_on is None:
        return 0
    pause = case.pauses.filter(until=None).last() or Pause(case=case, since=since)
    pause.until = until
    clock, known = CaseClock.objects.filter(case=case).first(), calendar()
    pause.waited = waited(pause, clock, known)
    pause.save()
    case.paused_days += pause.waited
    case.due_on = moved(case.due_on, pause.waited, clock, known)
    return int(pause.waited)


def counted(clock: CaseClock, pauses: list[Pause], known: Calendar) -> tuple[date, list[int]]:
    """The date on a calendar, and by how many days each ended pause moved it."""
    due = day_after(clock.started_on, clock.delay, known)
    each = [waited(pause, clock, known) for pause in pauses if pause.until]
    for days in each:
        due = moved(due, days, clock, known)
    return due, each


def waited(pause: Pause, clock: CaseClock | None, known: Calendar) -> int:
    """Days after the request, up to and including the answer: the day of the request was still the office's."""
    if pause.until is None or pause.until <= pause.since:
        return 0
    if clock is None or clock.in_working_days:
        return known.between(pause.since, pause.until)
    return (pause.until - pause.since).days


def moved(due: date, days: int, clock: CaseClock | None, known: Calendar) -> date:
    if clock is None or clock.in_working_days:
        return known.add(due, days)
    return due + timedelta(days=days)
