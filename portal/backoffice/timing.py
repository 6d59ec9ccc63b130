"""The clock of a case as officers read it: working days left or late, and why the deadline is that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.calendar.models import Holiday
from procedures.calendar.services import WEEKEND, explain_deadline
from procedures.cases.models import Case

SOON = 5  # working days within which a deadline is near


@dataclass(frozen=True)
class Reckoning:
    """One line of "why this date?"."""

    label: str
    value: str
    assumed: bool = False


@dataclass(frozen=True)
class Clock:
    state: str  # not_started | running | paused | stopped
    started_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    announced: int = 0
    left: int = 0  # below zero when late
    lines: tuple[Reckoning, ...] = ()

    @property
    def used(self) -> int:
        return self.announced - self.left

    @property
    def percent(self) -> int:
        return max(2, min(100, round(100 * self.used / self.announced))) if self.announced else 100

    @property
    def look(self) -> str:
        """The colour of the bar; the words beside it say the same."""
        if self.left < 0:
            return "c-late"
        return "c-near" if self.left <= SOON else "c-time"

    @property
    def words(self) -> str:
        if self.left < 0:
            late = ngettext("Late by %(days)s working day", "Late by %(days)s working days", -self.left)
            return late % {"days": -self.left}
        return ngettext("%(days)s working day left", "%(days)s working days left", self.left) % {"days": self.left}


class Almanac:
    """The working days of a span, read once, so that a list of cases costs one query."""

    def __init__(self, since: date, until: date) -> None:
        closed = Holiday.objects.filter(day__range=(since, until)).values_list("day", flat=True)
        self.holidays = frozenset(closed)

    def between(self, since: date, until: date) -> int:
        """Working days after `since`, up to and including `until`; below zero where `until` lies before."""
        if until < since:
            return -self.between(until, since)
        days = (since + timedelta(days=step) for step in range(1, (until - since).days + 1))
        return sum(day.weekday() not in WEEKEND and day not in self.holidays for day in days)


def clocks_of(cases: Iterable[Case]) -> list[Clock]:
    """The clock of each case, with one query for all."""
    cases = list(cases)
    days = [day for case in cases for day in (_start(case), case.due_on) if day] + [timezone.localdate()]
    almanac = Almanac(min(days), max(days))
    return [_clock(case, almanac) for case in cases]


def clock_of(case: Case) -> Clock:
    """The clock of one case, with its reckoning."""
    clock = clocks_of([case])[0]
    if clock.due_on is None or clock.started_on is None or clock.state == "stopped":
        return clock
    return Clock(**(vars(clock) | {"lines": _reckoning(case, clock.started_on, clock.due_on, clock.announced)}))


def _clock(case: Case, almanac: Almanac) -> Clock:
    start = _start(case)
    if case.closed_at:
        return Clock("stopped", start, case.due_on, _day(case.closed_at))
    if start is None or case.due_on is None:
        return Clock("not_started")
    today = _day(case.paused_at) if case.paused_at else timezone.localdate()
    announced = max(0, almanac.between(start, case.due_on) - case.paused_days)
    state = "paused" if case.paused_at else "running"
    return Clock(state, start, case.due_on, None, announced, almanac.between(today, case.due_on))


def _reckoning(case: Case, start: date, due: date, announced: int) -> tuple[Reckoning, ...]:
    days = explain_deadline(start, announced + case.paused_days)
    holidays = [line for line in days if line.why == "holiday" and line.day < due]
    weekend = sum(line.why == "weekend" for line in days)
    begun = _("The file was complete") if case.complete_at else _("The file was received")
    spent = ngettext("%(days)s working day", "%(days)s working days", announced) % {"days": announced}
    lines = [Reckoning(begun, _written(start)), Reckoning(_("Announced delay"), spent)]
    lines += [
        Reckoning(line.name, _written(line.day) + (_(" (estimated)") if line.estimated else "")) for line in holidays
    ]
    lines.append(
        Reckoning(
            _("Saturdays and Sundays"),
            ngettext("%(days)s day not counted", "%(days)s days not counted", weekend) % {"days": weekend},
        )
    )
    if case.paused_days:
        paused = ngettext("%(days)s working day", "%(days)s working days", case.paused_days)
        lines.append(Reckoning(_("Waited for the applicant"), paused % {"days": case.paused_days}))
    return (*lines, Reckoning(_("Last day"), _written(due)))


def _start(case: Case) -> date | None:
    moment = case.complete_at or (case.filed_at if case.due_on else None)
    return _day(moment) if moment else None


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _written(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
