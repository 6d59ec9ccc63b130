"""The announced date of a case, and why it is that day: the days that count, and those that do not."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from procedures.calendar.services import WEEKEND, Line, day_after, explain_deadline, working_days_between
from procedures.cases.models import Case
from procedures.cases.routing import deadline_for
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import State
from procedures.registry import UnknownProcedure

WEEK = 7
SQUARE = 31
STEP = 35


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: what, said how, and how many days or which day."""

    label: str
    text: str = ""
    days: str = ""
    day: date | None = None
    note_day: date | None = None
    total: bool = False


@dataclass(frozen=True)
class Cell:
    """One day of the drawing: its square, the place of its number, and what it is."""

    day: date
    kind: str
    x: int
    y: int

    @property
    def text_x(self) -> str:
        return f"{self.x + SQUARE / 2:g}"

    @property
    def text_y(self) -> str:
        return f"{self.y + SQUARE / 2 + 5:g}"


@dataclass(frozen=True)
class Drawing:
    """Weeks side by side, Monday on top, in the direction of reading."""

    width: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Clock:
    due_on: date
    start: date
    days: int
    left: int
    promised: bool  # the clock does not run yet: the date holds if the file is complete today
    paused: bool
    over: bool
    lines: tuple[Line, ...]
    paused_days: int = 0
    assumed: bool = False  # no legal text was read for this delay: the administration may change it

    @property
    def used(self) -> int:
        return max(0, self.days - self.left)

    @property
    def share(self) -> int:
        """Hundredths of the time that is used, for the bar."""
        return min(100, round(100 * self.used / self.days)) if self.days else 100

    @property
    def ledger(self) -> tuple[Entry, ...]:
        return tuple(_ledger(self))

    @property
    def drawing(self) -> Drawing:
        return _drawing(self)


def clock_of(case: Case) -> Clock | None:
    """None where the case is closed, or where nothing was announced."""
    if case.closed_at or case.state == State.SIGNATORIES:
        return None
    start = timezone.localdate(case.complete_at or case.filed_at)
    due = case.due_on or _promise(case, start)
    if due is None:
        return None
    today = timezone.localdate(case.paused_at) if case.paused_at else timezone.localdate()
    days = working_days_between(start, due)
    return Clock(
        due_on=due,
        start=start,
        days=days,
        left=working_days_between(max(today, start), due),
        promised=case.complete_at is None,
        paused=case.paused_at is not None,
        over=timezone.localdate() > due and case.paused_at is None,
        lines=explain_deadline(start, days),
        paused_days=case.paused_days,
        assumed=not any(told["basis"] for told in case.snapshot.content["deadlines"]),
    )


def _promise(case: Case, start: date) -> date | None:
    """The day the announced delay would end if the file is found complete at once."""
    try:
        procedure = procedure_of(case)
    except UnknownProcedure:
        return None
    return day_after(start, deadline_for(procedure, situation_of(case, procedure)).within)


def _ledger(clock: Clock) -> Any:
    yield Entry(_("The count begins"), _("the day after your file is complete"), day=clock.start + timedelta(days=1))
    announced = clock.days - clock.paused_days
    assumption = _("an assumption, which the administration may change") if clock.assumed else _("set by a legal text")
    yield Entry(_("Announced delay"), assumption, days=_working_days(announced))
    if clock.paused_days:
        yield Entry(_("Waiting for your correction"), days=_working_days(clock.paused_days))
    weekend = sum(line.why == "weekend" for line in clock.lines)
    if weekend:
        yield Entry(
            _("Saturdays and Sundays"),
            _("not counted"),
            ngettext("%(days)s day", "%(days)s days", weekend) % {"days": weekend},
        )
    for line in clock.lines:
        if line.why == "holiday":
            status = _("estimated date, to be confirmed") if line.estimated else _("public holiday")
            yield Entry(
                line.name, status, ngettext("%(days)s day", "%(days)s days", 1) % {"days": 1}, note_day=line.day
            )
    yield Entry(_("Last day"), day=clock.due_on, total=True)


def _working_days(number: int) -> str:
    return ngettext("%(days)s working day", "%(days)s working days", number) % {"days": number}


def _drawing(clock: Clock) -> Drawing:
    first = clock.start - timedelta(days=clock.start.weekday())
    days = [clock.start + timedelta(days=step) for step in range((clock.due_on - clock.start).days + 1)]
    kinds = {line.day: "d-hol" if line.why == "holiday" else "d-on" for line in clock.lines}
    kinds |= {clock.start: "d-start", clock.due_on: "d-end"}
    weeks = (clock.due_on - first).days // WEEK + 1
    mirrored = get_language_bidi()

    def square(day: date) -> Cell:
        week = (day - first).days // WEEK
        place = weeks - 1 - week if mirrored else week
        return Cell(day, kinds.get(day, "d-on"), 2 + place * STEP, 2 + day.weekday() * STEP)

    return Drawing(weeks * STEP + 2, tuple(square(day) for day in days if day.weekday() not in WEEKEND))
