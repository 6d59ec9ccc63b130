"""Working days on the ministry's calendar, and the changes people make to it: each makes a new version."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.calendar.models import Holiday, Version, Weekend
from procedures.calendar.selectors import DAY, Calendar, Line, calendar, current_version
from procedures.definition import Delay, Months, WorkingDays
from procedures.jobs import services as jobs
from procedures.offices.guards import demand_administrator
from procedures.refusal import Refusal

__all__ = [
    "Calendar", "Line", "add_working_days", "calendar", "change_holiday", "current_version", "day_after",
    "enter_holiday", "explain_deadline", "remove_holiday", "set_weekend", "working_days_between",
]  # fmt: skip
LATE_NOTICE = timedelta(days=60)  # a notice may be entered after its day; what is older was counted and is closed
RECOUNT = "timekeeping.recount"  # the work that follows a change: procedures.timekeeping does it


def add_working_days(start: date, amount: int) -> date:
    """The `amount`th working day after `start`, which itself does not count; `start` where `amount` is zero."""
    return calendar().add(start, amount)


def explain_deadline(start: date, amount: int) -> tuple[Line, ...]:
    """Every day from the one after `start` to the `amount`th working day: what counts, what does not and why."""
    return calendar().explain(start, amount)


def working_days_between(since: date, until: date) -> int:
    """Working days after `since`, up to and including `until`; zero where `until` is not later."""
    return calendar().between(since, until) if until > since else 0


def day_after(start: date, delay: Delay, on: Calendar | None = None) -> date:
    """The day a delay ends: working days on the calendar, days, or months to the same day or the month's last."""
    if isinstance(delay, WorkingDays):
        return (on or calendar()).add(start, delay.amount)
    if isinstance(delay, Months):
        months = start.year * 12 + start.month - 1 + delay.amount
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return start + DAY * delay.amount


@transaction.atomic
def enter_holiday(*, day: date, names: Mapping[str, str], standing: str, source: str = "", by: Any) -> Holiday:
    """Enter a day on which the clock stands still; `names` by language. Raises Refusal (too old, entered already).

    Open deadlines that it touches are counted again by the job that this promises.
    """
    demand_administrator(by)
    _refuse_old(day)
    version = _new_version(Version.Act.ENTER, by, (day,))
    _refuse_taken(day)
    holiday = Holiday.objects.create(
        day=day, standing=Holiday.Standing(standing), source=source.strip(), since_version=version, **_named(names)
    )
    data = {"day": day.isoformat(), "standing": standing, "version": version.number}
    append(action="holiday.enter", subject=holiday, actor=by, data=data)
    return holiday


@transaction.atomic
def change_holiday(
    *, holiday: Holiday, day: date, names: Mapping[str, str], standing: str, source: str = "", by: Any
) -> Holiday:
    """Confirm, move or rename a holiday; what was believed before stays in the earlier versions.

    Raises Refusal where its day or the new one is too old, the new one is taken, or a colleague changed it meanwhile.
    """
    demand_administrator(by)
    _refuse_old(holiday.day)
    _refuse_old(day)
    version = _new_version(Version.Act.CHANGE, by, (holiday.day, day))
    held = _close(holiday, version)
    _refuse_taken(day)
    fresh = Holiday.objects.create(
        feast=held.feast,
        day=day,
        standing=Holiday.Standing(standing),
        source=source.strip(),
        since_version=version,
        **_named(names),
    )
    was = {"day": held.day.isoformat(), "standing": held.standing}
    now = {"day": day.isoformat(), "standing": standing}
    append(action="holiday.change", subject=fresh, actor=by, data={"was": was, "now": now, "version": version.number})
    return fresh


@transaction.atomic
def remove_holiday(*, holiday: Holiday, by: Any) -> None:
    """Take a day off the calendar: it counts again. Raises Refusal (too old, changed meanwhile)."""
    demand_administrator(by)
    _refuse_old(holiday.day)
    version = _new_version(Version.Act.REMOVE, by, (holiday.day,))
    held = _close(holiday, version)
    data = {"day": held.day.isoformat(), "version": version.number}
    append(action="holiday.remove", subject=held, actor=by, data=data)


@transaction.atomic
def set_weekend(*, since: date, days: Iterable[int], source: str = "", by: Any) -> Weekend:
    """Say on which days of the week nobody works, from a day on; earlier days keep the weekend they had.

    Raises Refusal where the day is too old or no working day would be left.
    """
    demand_administrator(by)
    _refuse_old(since)
    kept = sorted(set(days))
    if not set(kept) < set(range(7)):
        raise Refusal(_("Leave at least one day of the week on which people work."), "days")
    version = _new_version(Version.Act.WEEKEND, by, (since, None))
    Weekend.objects.current().filter(since=since).update(until_version=version)
    weekend = Weekend.objects.create(since=since, days=kept, source=source.strip(), since_version=version)
    data = {"since": since.isoformat(), "days": kept, "version": version.number}
    append(action="weekend.set", subject=weekend, actor=by, data=data)
    return weekend


def _new_version(act: Version.Act, by: Any, touched: tuple[date | None, ...]) -> Version:
    """The next version, numbered under the lock of the first: whoever changes the calendar at once waits here."""
    Version.objects.select_for_update().order_by("number").first()
    number = current_version() + 1
    days = [day for day in touched if day]
    version = Version.objects.create(
        number=number,
        act=act,
        made_at=timezone.now(),
        made_by=by,
        touches_from=min(days),
        touches_to=None if None in touched else max(days),
    )
    jobs.add(kind=RECOUNT, key=f"recount:{version.mark}:0", payload={"version": number, "after": 0})
    return version


def _close(holiday: Holiday, version: Version) -> Holiday:
    """The row as it stands, which ends before `version`."""
    held = Holiday.objects.current().select_for_update().filter(pk=holiday.pk).first()
    if held is None:
        raise Refusal(_("A colleague changed this day meanwhile. Look at the calendar again."), "day")
    held.until_version = version
    held.save(update_fields=["until_version"])
    return held


def _refuse_taken(day: date) -> None:
    if Holiday.objects.current().filter(day=day).exists():
        raise Refusal(_("This day is on the calendar already. Change it there, or enter another day."), "day")


def _refuse_old(day: date) -> None:
    if day < timezone.localdate() - LATE_NOTICE:
        raise Refusal(_("This day lies too far back: delays were counted with it. Enter a later day."), "day")


def _named(names: Mapping[str, str]) -> dict[str, str]:
    return {f"name_{language}": names[language] for language in ("ar", "fr", "en")}
