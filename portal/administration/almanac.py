"""A year of the working calendar, month by month, as its page draws it."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from procedures.calendar.models import Holiday
from procedures.calendar.selectors import Calendar, name_of


@dataclass(frozen=True)
class Day:
    """`kind` is "", "rest" (weekend), "feast" or "maybe" (an estimated one); days of other months have none."""

    day: date | None
    kind: str = ""
    name: str = ""


@dataclass(frozen=True)
class Month:
    first: date
    weeks: tuple[tuple[Day, ...], ...]
    working: int  # working days


def months(year: int, known: Calendar) -> list[Month]:
    return [_month(year, month, known) for month in range(1, 13)]


def _month(year: int, month: int, known: Calendar) -> Month:
    weeks = tuple(
        tuple(_day(day, known) if day.month == month else Day(None) for day in week)
        for week in Weeks().monthdatescalendar(year, month)
    )
    working = sum(bool(day.day and not known.why(day.day)) for week in weeks for day in week)
    return Month(date(year, month, 1), weeks, working)


def _day(day: date, known: Calendar) -> Day:
    holiday: Holiday | None = known.holidays.get(day)
    if holiday is not None:
        return Day(day, "maybe" if holiday.is_estimated else "feast", name_of(holiday))
    return Day(day, "rest" if known.why(day) == "weekend" else "")
