"""Why a date is that date, line by line: one object, read by the officer's page, the citizen's, the API and the PDF."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from procedures.calendar.models import Version
from procedures.calendar.selectors import Calendar, calendar, current_version
from procedures.calendar.services import day_after
from procedures.definition import Deadline, Delay
from procedures.rules.explaining import basis_as_json
from procedures.timekeeping.models import CaseClock, DateMove, Pause

DAY = timedelta(days=1)
Names = Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """One line: `kind` is start, delay, weekend, holiday, pause or due; `until` the last day of several."""

    kind: str
    day: date
    until: date | None = None
    days: int = 0
    names: Names = field(default_factory=dict)
    source: str = ""
    estimated: bool = False


@dataclass(frozen=True)
class Change:
    """What a new version of the calendar says of one day: None where it did not stand there, or no longer does."""

    was: date | None
    now: date | None
    names: Names
    source: str
    estimated: bool


@dataclass(frozen=True)
class Moved:
    """The date was counted again on a corrected calendar."""

    at: datetime
    was: date
    now: date
    changes: tuple[Change, ...]

    @property
    def is_later(self) -> bool:
        return self.now > self.was


@dataclass(frozen=True)
class Explanation:
    started_on: date
    because: str  # complete | filed | reopened | promise: not started, supposes that the file is complete on that day
    delay: Delay
    basis: Mapping[str, Any] | None  # None: an assumption
    silence: str
    due_on: date
    promised_on: date
    version: int
    version_made_at: datetime | None
    lines: tuple[Line, ...]
    moves: tuple[Moved, ...] = ()
    paused_since: date | None = None
    before: date | None = None  # of a reopened case: the date that was told until then

    @property
    def is_legal(self) -> bool:
        return self.basis is not None

    @property
    def is_reopened(self) -> bool:
        return self.because == CaseClock.Because.REOPENED

    @property
    def is_promise(self) -> bool:
        return self.because == "promise"

    @property
    def estimated(self) -> tuple[Line, ...]:
        """Days that a notice may still move."""
        return tuple(line for line in self.lines if line.estimated)


def explain(case: Any) -> Explanation | None:
    """Why the date of a case is that date; None where its clock has not started."""
    if case.due_on is None:
        return None
    clock = clock_of(case)
    pauses, known = pauses_of(case, clock), calendar(clock.counted_version)
    still = next((pause.since for pause in pauses if pause.until is None), None)
    return Explanation(
        started_on=clock.started_on,
        because=clock.because,
        delay=clock.delay,
        basis=clock.basis,
        silence=clock.silence,
        due_on=case.due_on,
        promised_on=clock.promised_on,
        version=clock.counted_version,
        version_made_at=_made_at(clock.counted_version),
        lines=tuple(_lines(clock, pauses, case.due_on, known)),
        moves=tuple(_moves(clock, case.date_moves.filter(at__date__gte=clock.started_on))),
        paused_since=still,
        before=clock.before,
    )


def explain_promise(deadline: Deadline, start: date) -> Explanation:
    """The date that would hold if a file were found complete on the day `start`."""
    known = calendar()
    due = day_after(start, deadline.within, known)
    clock = _unsaved(deadline.within, start, due, known.version)
    return Explanation(
        started_on=start,
        because="promise",
        delay=deadline.within,
        basis=basis_as_json(deadline.basis),
        silence=deadline.silence.value,
        due_on=due,
        promised_on=due,
        version=known.version,
        version_made_at=_made_at(known.version),
        lines=tuple(_lines(clock, [], due, known)),
    )


def pauses_of(case: Any, clock: CaseClock) -> list[Pause]:
    """When the clock stood still since it started; of a reopened case not what came before."""
    return [pause for pause in case.pauses.all() if pause.since >= clock.started_on]


def clock_of(case: Any) -> CaseClock:
    """The clock kept with a case, or for one that was filed before clocks were kept, what its date says of it."""
    kept = CaseClock.objects.filter(case=case).first()
    if kept is not None:
        return kept
    known = calendar()
    start = timezone.localdate(case.complete_at or case.filed_at)
    told = case.snapshot.content["deadlines"][-1]
    amount = max(0, known.between(start, case.due_on) - case.paused_days)
    because = CaseClock.Because.COMPLETE if case.complete_at else CaseClock.Because.FILED
    clock = CaseClock(case=case, because=because, started_on=start, unit="workingdays", amount=amount)
    clock.basis, clock.silence, clock.promised_on = told["basis"], told["silence"], case.due_on
    clock.frozen_version = clock.counted_version = known.version
    return clock


def _lines(clock: CaseClock, pauses: list[Pause], due: date, known: Calendar) -> Iterator[Line]:
    yield Line("start", clock.started_on)
    yield Line("delay", clock.started_on, days=clock.amount)
    skipped = [*(_skipped(clock.started_on, due, pauses, known) if clock.in_working_days else ())]
    skipped += [Line("pause", pause.since, pause.until, pause.waited) for pause in pauses]
    yield from sorted(skipped, key=lambda line: (line.day, line.kind != "pause"))
    yield Line("due", due)


def _skipped(start: date, due: date, pauses: list[Pause], known: Calendar) -> Iterator[Line]:
    """Weekends, each in one line, and holidays between two days, but for those inside a pause."""
    weekend: list[date] = []
    for day in (start + DAY * step for step in range(1, (due - start).days + 1)):
        why = "" if any(_stands_still(pause, day) for pause in pauses) else known.why(day)
        if weekend and (why != "weekend" or day - weekend[-1] > DAY):
            yield _weekend(weekend)
            weekend = []
        if why == "weekend":
            weekend.append(day)
        elif why == "holiday":
            holiday = known.holidays[day]
            yield Line(
                "holiday",
                day,
                days=1,
                names=holiday.names,
                source=holiday.source,
                estimated=holiday.is_estimated,
            )
    if weekend:
        yield _weekend(weekend)


def _weekend(days: list[date]) -> Line:
    return Line("weekend", days[0], days[-1] if len(days) > 1 else None, len(days))


def _stands_still(pause: Pause, day: date) -> bool:
    return pause.since < day and (pause.until is not None and day <= pause.until)


def _moves(clock: CaseClock, moves: Any) -> Iterator[Moved]:
    for move in moves:
        told = (clock.started_on + DAY, max(move.was, move.now))
        changes = changes_between(calendar(move.from_version), calendar(move.to_version), told)
        yield Moved(move.at, move.was, move.now, tuple(changes))


def changes_between(before: Calendar, after: Calendar, within: tuple[date, date]) -> Iterator[Change]:
    """Days of feast that stand elsewhere, or no longer, or newly, in a later calendar; those of `within` only."""
    was = {holiday.feast: holiday for holiday in before.holidays.values()}
    now = {holiday.feast: holiday for holiday in after.holidays.values()}
    for feast in sorted(was.keys() | now.keys(), key=lambda each: (now.get(each) or was[each]).day):
        old, new = was.get(feast), now.get(feast)
        days = [each.day for each in (old, new) if each]
        if (old and new and old.day == new.day) or not any(within[0] <= day <= within[1] for day in days):
            continue
        shown = new or was[feast]
        days_told = (old.day if old else None, new.day if new else None)
        yield Change(*days_told, shown.names, shown.source, bool(new and new.is_estimated))


def _unsaved(delay: Delay, start: date, due: date, version: int) -> CaseClock:
    unit = type(delay).__name__.lower()
    return CaseClock(started_on=start, unit=unit, amount=delay.amount, promised_on=due, counted_version=version)


def _made_at(version: int) -> datetime | None:
    return Version.objects.filter(number=version).values_list("made_at", flat=True).first()


__all__ = [
    "Change", "DateMove", "Explanation", "Line", "Moved", "changes_between", "clock_of", "current_version", "explain",
    "explain_promise", "pauses_of",
]  # fmt: skip
