"""The clock: working days on the ministry's calendar, and why a date is the date."""

import hashlib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language

from procedures.calendar.models import Holiday
from procedures.definition import Delay, Months, WorkingDays

WEEKEND = (5, 6)  # Saturday and Sunday
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One day of an explained deadline: the how-manieth working day it is, or why it does not count."""

    day: date
    number: int | None
    why: str = ""  # "" | "weekend" | "holiday"
    name: str = ""  # of the holiday, in the language of the reader
    estimated: bool = False  # the day is not confirmed yet


def add_working_days(start: date, amount: int) -> date:
    """The `amount`th working day after `start`, which itself does not count; `start` where `amount` is zero."""
    lines = explain_deadline(start, amount)
    return lines[-1].day if lines else start


def explain_deadline(start: date, amount: int) -> tuple[Line, ...]:
    """Every day from the one after `start` to the `amount`th working day: what counts, what does not and why."""
    if amount < 0:
        raise ValueError("A deadline lies ahead.")
    lines: list[Line] = []
    number, day, holidays = 0, start, _holidays(start, start)
    horizon = start
    while number < amount:
        day += DAY
        if day > horizon:
            horizon = day + timedelta(days=120)
            holidays = _holidays(day, horizon)
        holiday = holidays.get(day)
        if day.weekday() in WEEKEND:
            lines.append(Line(day, None, "weekend"))
        elif holiday:
            estimated = holiday.standing == Holiday.Standing.ESTIMATED
            lines.append(Line(day, None, "holiday", _name(holiday), estimated))
        else:
            number += 1
            lines.append(Line(day, number))
    return tuple(lines)


def working_days_between(since: date, until: date) -> int:
    """Working days after `since`, up to and including `until`; zero where `until` is not later."""
    if until <= since:
        return 0
    holidays = _holidays(since, until)
    days = (since + DAY * step for step in range(1, (until - since).days + 1))
    return sum(1 for day in days if day.weekday() not in WEEKEND and day not in holidays)


def day_after(start: date, delay: Delay) -> date:
    """The day a delay ends: working days on the calendar, days, or months to the same day or the month's last."""
    if isinstance(delay, WorkingDays):
        return add_working_days(start, delay.amount)
    if isinstance(delay, Months):
        months = start.year * 12 + start.month - 1 + delay.amount
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return start + DAY * delay.amount


def calendar_version(since: date, until: date) -> str:
    """A short digest of the holidays in a span: what a frozen deadline was counted on."""
    told = "\n".join(f"{day} {holiday.standing}" for day, holiday in sorted(_holidays(since, until).items()))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _holidays(since: date, until: date) -> dict[date, Holiday]:
    return {holiday.day: holiday for holiday in Holiday.objects.filter(day__range=(since, until))}


def _name(holiday: Holiday) -> str:
    return str(getattr(holiday, f"name_{get_language() or 'ar'}", "") or holiday.name_ar)
