"""The clock of a case as officers read it: working days left or late, and why the deadline is that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import ngettext

from procedures.calendar.selectors import Calendar, calendar
from procedures.cases.models import Case
from procedures.timekeeping.explaining import Explanation, explain
from procedures.timekeeping.words import Said, footnotes, ledger, moves

SOON = 5  # working days within which a deadline is near


@dataclass(frozen=True)
class Clock:
    state: str  # not_started | running | paused | stopped
    started_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    announced: int = 0
    left: int = 0  # below zero when late
    told: Explanation | None = None  # why the date is that date

    @property
    def lines(self) -> list[Said]:
        return ledger(self.told) if self.told else []

    @property
    def moves(self) -> list[Said]:
        return moves(self.told) if self.told else []

    @property
    def footnotes(self) -> list[str]:
        return footnotes(self.told) if self.told else []

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


def clocks_of(cases: Iterable[Case], known: Calendar | None = None) -> list[Clock]:
    """The clock of each case, with one query for all, or none where the calendar is `known`."""
    on = known or calendar()
    return [_clock(case, on) for case in cases]


def clock_of(case: Case) -> Clock:
    """The clock of one case, with its reckoning; a closed case keeps that of the date it was given."""
    clock = clocks_of([case])[0]
    if clock.due_on is None or clock.started_on is None:
        return clock
    return Clock(**(vars(clock) | {"told": explain(case)}))


def _clock(case: Case, known: Calendar) -> Clock:
    start = _start(case)
    if case.closed_at:
        return Clock("stopped", start, case.due_on, _day(case.closed_at))
    if start is None or case.due_on is None:
        return Clock("not_started")
    today = _day(case.paused_at) if case.paused_at else timezone.localdate()
    announced = max(0, known.between(start, case.due_on) - case.paused_days)
    state = "paused" if case.paused_at else "running"
    return Clock(state, start, case.due_on, None, announced, known.between(today, case.due_on))


def _start(case: Case) -> date | None:
    moment = case.complete_at or (case.filed_at if case.due_on else None)
    return _day(moment) if moment else None


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
