"""Read the calendar: as it stands, and as it stood in any earlier version."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language

from procedures.calendar.models import Holiday, Version, Weekend

DAY = timedelta(days=1)
FARTHEST = 366 * 20  # days; a calendar that never works would be counted for ever


@dataclass(frozen=True)
class Line:
    """One day of an explained deadline: the how-manieth working day it is, or why it does not count."""

    day: date
    number: int | None
    why: str = ""  # "" | "weekend" | "holiday"
    name: str = ""  # of the holiday, in the language of the reader
    estimated: bool = False  # the day is not confirmed yet


@dataclass(frozen=True)
class Calendar:
    """Which days count, in one version. A span from one day to another leaves out its first day and takes its last."""

    version: int
    holidays: Mapping[date, Holiday]
    weekends: tuple[tuple[date, frozenset[int]], ...]  # from a day on, in order

    def rests(self, day: date) -> frozenset[int]:
        """The days of the week on which nobody works in the week of this day."""
        place = bisect_right([since for since, _days in self.weekends], day)
        return self.weekends[place - 1][1] if place else frozenset()

    def why(self, day: date) -> str:
        """Why a day does not count: "weekend", which goes before, or "holiday"; "" where it counts."""
        if day.weekday() in self.rests(day):
            return "weekend"
        return "holiday" if day in self.holidays else ""

    def add(self, start: date, amount: int) -> date:
        """The `amount`th working day after `start`, which itself does not count; `start` where `amount` is zero."""
        lines = self.explain(start, amount)
        return lines[-1].day if lines else start

    def explain(self, start: date, amount: int) -> tuple[Line, ...]:
        """Every day from the one after `start` to the `amount`th working day: what counts, what does not and why."""
        if amount < 0:
            raise ValueError("A deadline lies ahead.")
        lines: list[Line] = []
        number, day = 0, start
        while number < amount:
            day += DAY
            if (day - start).days > FARTHEST:
                raise ValueError("The calendar leaves no working day.")
            why = self.why(day)
            number += not why
            lines.append(self._line(day, why, number))
        return tuple(lines)

    def between(self, since: date, until: date) -> int:
        """Working days after `since`, up to and including `until`; below zero where `until` lies before."""
        if until < since:
            return -self.between(until, since)
        return sum(not self.why(since + DAY * step) for step in range(1, (until - since).days + 1))

    def _line(self, day: date, why: str, number: int) -> Line:
        if why != "holiday":
            return Line(day, None if why else number, why)
        holiday = self.holidays[day]
        return Line(day, None, why, name_of(holiday), holiday.is_estimated)


def current_version() -> int:
    return _latest()[0]


def calendar(version: int | None = None) -> Calendar:
    """The calendar as it stands, for one query; or as it stood in a version. Raises Version.DoesNotExist."""
    if version is None:
        return _kept(*_latest())
    return _kept(version, Version.objects.values_list("mark", flat=True).get(number=version))


def name_of(holiday: Holiday) -> str:
    return holiday.names.get((get_language() or "ar")[:2]) or holiday.name_ar


def history_of(feast: UUID) -> list[Holiday]:
    """What was believed of one day of feast, oldest first."""
    return list(Holiday.objects.filter(feast=feast).select_related("since_version__made_by").order_by("since_version"))


def _latest() -> tuple[int, UUID]:
    found = Version.objects.order_by("-number").values_list("number", "mark").first()
    if found is None:
        raise LookupError("The calendar has no version: its migrations have not run.")
    return found


@lru_cache(maxsize=32)
def _kept(number: int, mark: UUID) -> Calendar:
    """A version never changes, so that a process reads it once; the mark tells it from one that was taken back."""
    holidays = {holiday.day: holiday for holiday in Holiday.objects.in_version(number).order_by("day")}
    weekends = Weekend.objects.in_version(number).order_by("since")
    return Calendar(number, holidays, tuple((row.since, frozenset(row.days)) for row in weekends))
