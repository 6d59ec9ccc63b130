"""The announced date of a case, and why it is that day: the days that count, and those that do not."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import get_language_bidi

from procedures.calendar.selectors import calendar
from procedures.cases.models import Case
from procedures.cases.routing import deadline_for
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import State
from procedures.registry import UnknownProcedure
from procedures.timekeeping.explaining import Explanation, explain, explain_promise
from procedures.timekeeping.words import Said, footnotes, ledger, moves

WEEK = 7
SQUARE = 31
STEP = 35


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
    told: Explanation
    days: int
    left: int
    paused: bool
    over: bool

    @property
    def due_on(self) -> date:
        return self.told.due_on

    @property
    def promised(self) -> bool:
        """The clock does not run yet: the date holds if the file is complete today."""
        return self.told.is_promise

    @property
    def used(self) -> int:
        return max(0, self.days - self.left)

    @property
    def share(self) -> int:
        """Hundredths of the time that is used, for the bar."""
        return min(100, round(100 * self.used / self.days)) if self.days else 100

    @property
    def ledger(self) -> list[Said]:
        return ledger(self.told)

    @property
    def moves(self) -> list[Said]:
        return moves(self.told)

    @property
    def footnotes(self) -> list[str]:
        return footnotes(self.told)

    @property
    def drawing(self) -> Drawing:
        return _drawing(self.told)


def clock_of(case: Case) -> Clock | None:
    """None where the case is closed, or where nothing was announced."""
    if case.closed_at or case.state == State.SIGNATORIES:
        return None
    told = explain(case) or _promise(case)
    if told is None:
        return None
    known = calendar(told.version)
    today = timezone.localdate(case.paused_at) if case.paused_at else timezone.localdate()
    return Clock(
        told=told,
        days=known.between(told.started_on, told.due_on),
        left=max(0, known.between(max(today, told.started_on), told.due_on)),
        paused=case.paused_at is not None,
        over=timezone.localdate() > told.due_on and case.paused_at is None,
    )


def _promise(case: Case) -> Explanation | None:
    """The day the announced delay would end if the file is found complete at once."""
    try:
        procedure = procedure_of(case)
    except UnknownProcedure:
        return None
    deadline = deadline_for(procedure, situation_of(case, procedure))
    return explain_promise(deadline, timezone.localdate(case.filed_at))


def _drawing(told: Explanation) -> Drawing:
    known = calendar(told.version)
    first = told.started_on - timedelta(days=told.started_on.weekday())
    days = [told.started_on + timedelta(days=step) for step in range((told.due_on - told.started_on).days + 1)]
    kinds = {line.day: "d-hol" for line in told.lines if line.kind == "holiday"}
    kinds |= {told.started_on: "d-start", told.due_on: "d-end"}
    still = [(line.day, line.until or told.due_on) for line in told.lines if line.kind == "pause"]
    weeks = (told.due_on - first).days // WEEK + 1
    mirrored = get_language_bidi()

    def square(day: date) -> Cell:
        week = (day - first).days // WEEK
        place = weeks - 1 - week if mirrored else week
        paused = any(since < day <= until for since, until in still)
        kind = kinds.get(day) or ("d-off" if paused else "d-on")
        return Cell(day, kind, 2 + place * STEP, 2 + day.weekday() * STEP)

    return Drawing(weeks * STEP + 2, tuple(square(day) for day in days if known.why(day) != "weekend"))
