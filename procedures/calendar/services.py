"""The clock: working days on the ministry's calendar, why a date is the date, and the holidays people enter."""

import hashlib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.calendar.models import Holiday
from procedures.definition import Delay, Months, WorkingDays
from procedures.offices.guards import demand_administrator
from procedures.refusal import Refusal

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


@transaction.atomic
def enter_holiday(*, day: date, names: dict[str, str], standing: str, source: str = "", by: Any) -> Holiday:
    """Enter a day on which the clock stands still; `names` by language. Raises Refusal (past, entered already).

    Dates that were announced stay as they were announced; the clock of an open case stops on the day.
    """
    demand_administrator(by)
    _refuse_past(day)
    if Holiday.objects.filter(day=day).exists():
        raise Refusal(_("This day is on the calendar already. Change it there, or enter another day."), "day")
    holiday = Holiday.objects.create(day=day, standing=Holiday.Standing(standing), source=source, **_named(names))
    data = {"day": day.isoformat(), "standing": standing}
    append(action="holiday.enter", subject=holiday, actor=by, data=data)
    return holiday


@transaction.atomic
def change_holiday(
    *, holiday: Holiday, day: date, names: dict[str, str], standing: str, source: str = "", by: Any
) -> Holiday:
    """Confirm, move or rename a holiday to come. Raises Refusal (its day is past, the new one past or taken)."""
    demand_administrator(by)
    held = Holiday.objects.select_for_update().get(pk=holiday.pk)
    _refuse_past(held.day)
    _refuse_past(day)
    if Holiday.objects.filter(day=day).exclude(pk=held.pk).exists():
        raise Refusal(_("This day is on the calendar already. Change it there, or enter another day."), "day")
    was = {"day": held.day.isoformat(), "standing": held.standing}
    held.day, held.standing, held.source = day, Holiday.Standing(standing), source
    for name, value in _named(names).items():
        setattr(held, name, value)
    held.save()
    now = {"day": day.isoformat(), "standing": standing}
    append(action="holiday.change", subject=held, actor=by, data={"was": was, "now": now})
    return held


@transaction.atomic
def remove_holiday(*, holiday: Holiday, by: Any) -> None:
    """Take a day to come off the calendar: it counts again. Raises Refusal (past)."""
    demand_administrator(by)
    held = Holiday.objects.select_for_update().get(pk=holiday.pk)
    _refuse_past(held.day)
    append(action="holiday.remove", subject=held, actor=by, data={"day": held.day.isoformat()})
    held.delete()


def _refuse_past(day: date) -> None:
    if day < timezone.localdate():
        raise Refusal(_("This day is past: delays were counted with it. Enter today or a later day."), "day")


def _named(names: dict[str, str]) -> dict[str, str]:
    return {f"name_{language}": names[language] for language in ("ar", "fr", "en")}
