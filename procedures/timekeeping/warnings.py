"""Which open cases have used so much of their delay that somebody must be warned, and how far they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from procedures.calendar.selectors import Calendar, calendar
from procedures.cases.models import Case
from procedures.cases.selectors import open_cases
from procedures.cases.states import State
from procedures.timekeeping.models import CaseClock, WarningSettings

HORIZON = timedelta(days=366)  # no delay is longer: what is due later is not yet near


@dataclass(frozen=True)
class Warned:
    """`turn` counts the warnings of a date that has passed: 0 the day after, then one a week (or as it is set)."""

    case: Case
    late: bool
    turn: int = 0


def warning_settings() -> WarningSettings:
    """Those of the portal; the defaults where nobody changed them."""
    return WarningSettings.objects.first() or WarningSettings()


def running_cases(*, today: date, after: int) -> QuerySet[Case]:
    """Open cases whose clock runs, by id from `after` on."""
    running = open_cases().filter(due_on__lte=today + HORIZON, paused_at=None, pk__gt=after)
    return running.exclude(state=State.ISSUING).select_related("office", "assignee").order_by("pk")


def to_warn(cases: list[Case], *, today: date) -> Iterator[Warned]:
    """Those of `cases` that are near their date or past it today."""
    asked, known = warning_settings(), calendar()
    clocks = {clock.case_id: clock for clock in CaseClock.objects.filter(case__in=cases)}
    for case in cases:
        if case.due_on is None:
            continue
        if case.due_on < today:
            yield Warned(case, True, (today - case.due_on - timedelta(days=1)).days // asked.again_after)
        elif _used(case, case.due_on, clocks.get(case.pk), known, today) >= asked.near_at:
            yield Warned(case, False)


def _used(case: Case, due_on: date, clock: CaseClock | None, known: Calendar, today: date) -> int:
    """Hundredths of the delay that are used: what is left counts in working days, pauses do not."""
    left = known.between(today, due_on)
    if clock is not None and clock.in_working_days:
        whole = clock.amount
    else:
        start = clock.started_on if clock else (case.complete_at or case.filed_at).date()
        whole = max(0, known.between(start, due_on) - case.paused_days)
    return 100 if not whole else 100 * (whole - left) // whole
