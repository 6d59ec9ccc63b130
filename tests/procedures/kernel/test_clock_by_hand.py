"""The explanation of every date in a table that was counted by hand agrees with it line by line."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from procedures.calendar.models import Holiday, Version, Weekend
from procedures.calendar.selectors import calendar
from procedures.calendar.services import RECOUNT, change_holiday, enter_holiday
from procedures.cases.models import Case
from procedures.definition import Deadline, WorkingDays
from procedures.jobs import services as jobs
from procedures.timekeeping import keeping
from procedures.timekeeping.explaining import Explanation, Line, explain

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).with_name("clock_by_hand.md")
FIXED = {
    (1, 1): "New Year", (3, 20): "Independence", (4, 9): "Martyrs", (5, 1): "Labour", (7, 25): "Republic",
    (8, 13): "Women", (10, 15): "Evacuation", (12, 17): "Revolution",
}  # fmt: skip


def table(title: str) -> list[list[str]]:
    """The rows under a title of the page, cells without their spaces."""
    part = PAGE.read_text().split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def at(day: str, hour: int) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), tzinfo=UTC)


def begin_the_calendar() -> None:
    """Only the weekend and the days of the decree, as on the eve of the first notice."""
    Holiday.objects.all().delete()
    Weekend.objects.all().delete()
    Version.objects.all().delete()
    first = Version.objects.create(
        number=1, act="first", made_at=timezone.now(), touches_from=date(2023, 1, 1), touches_to=None
    )
    Weekend.objects.create(since=date(1957, 1, 1), days=[5, 6], since_version=first)
    for year in range(2024, 2028):
        for (month, day), name in FIXED.items():
            Holiday.objects.create(
                day=date(year, month, day), name_ar=name, name_fr=name, name_en=name, standing="confirmed",
                source="decree", since_version=first,
            )  # fmt: skip


def type_notice(_entered: str, what: str, days: str, source: str) -> None:
    """As an administrator would: the first days of a feast are confirmed or moved, those beyond are added."""
    name, standing = what.rstrip("?"), "estimated" if what.endswith("?") else "confirmed"
    wanted = [date.fromisoformat(day) for day in days.split()]
    there = list(Holiday.objects.current().filter(name_en=name, day__year=wanted[0].year))
    names = dict.fromkeys(("ar", "fr", "en"), name)
    for place, day in enumerate(wanted):
        told: dict[str, Any] = {"day": day, "names": names, "standing": standing, "source": source, "by": None}
        if place < len(there):
            change_holiday(holiday=there[place], **told)
        else:
            enter_holiday(**told)
        jobs.sweep(kinds=[RECOUNT])


def start(case: Case, working_days: str) -> None:
    now = timezone.now()
    Case.objects.filter(pk=case.pk).update(filed_at=now, complete_at=now)
    case.refresh_from_db()
    keeping.start(case, Deadline(WorkingDays(int(working_days))), on=timezone.localdate(), because="complete")
    case.save()


def wait(case: Case) -> None:
    case.refresh_from_db()
    keeping.stand_still(case, since=timezone.localdate())


def go_on(case: Case) -> None:
    case.refresh_from_db()
    keeping.run_again(case, since=timezone.localdate(), until=timezone.localdate())
    case.save()


def short(day: date) -> str:
    return f"{day:%m-%d}"


def line_of(line: Line) -> str:
    if line.kind == "weekend":
        return f"w {short(line.day)} {short(line.until or line.day)}"
    if line.kind == "pause":
        assert line.until
        return f"p {short(line.day)} {short(line.until)} {line.days}"
    return f"h {short(line.day)} {line.names['en']}{'?' if line.estimated else ''}"


def moved_of(told: Explanation) -> Iterator[str]:
    for move in told.moves:
        changes = [
            " ".join((change.names["en"], *(short(day) if day else "-" for day in (change.was, change.now))))
            for change in move.changes
        ]
        yield f"{move.was} > {move.now}: {', '.join(changes)}"


def as_on_the_page(told: Explanation) -> dict[str, Any]:
    first, second, *lines, last = told.lines
    assert (first.kind, second.kind, last.kind, last.day) == ("start", "delay", "due", told.due_on)
    return {
        "start": first.day.isoformat(),
        "lines": [line_of(line) for line in lines],
        "last": last.day.isoformat(),
        "moved": list(moved_of(told)),
    }


def test_every_date_of_the_page_is_explained_as_it_was_counted_by_hand(house):
    begin_the_calendar()
    rows = table("Cases")
    assert len(rows) >= 40
    cases = {row[0]: house.files() for row in rows}
    events: list[tuple[datetime, Any, tuple[Any, ...]]] = [
        (at(row[0], 7), type_notice, tuple(row)) for row in table("Notices")
    ]
    wanted, found = {}, {}

    def read(number: str) -> None:
        found[number] = as_on_the_page(explain(Case.objects.get(pk=cases[number].pk)))

    for number, begun, amount, waited, day, lines, last, moved in rows:
        events.append((at(begun, 9), start, (cases[number], amount)))
        if waited:
            asked, answered = waited.split()
            events += [(at(asked, 10), wait, (cases[number],)), (at(answered, 11), go_on, (cases[number],))]
        events.append((at(day, 12), read, (number,)))
        said = [line.strip() for line in lines.split(";") if line.strip()]
        wanted[number] = {"start": begun, "lines": said, "last": last, "moved": [moved] if moved else []}
    for moment, act, told in sorted(events, key=lambda event: event[0]):
        with time_machine.travel(moment, tick=False):
            act(*told)

    assert found == wanted
    assert calendar().version > len(table("Notices"))
