"""Count the hours that trainees were there, week by week and never beyond what the group has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from registers.history.causes import Cause
from registers.training.errors import NotAMonday, OutsideSession, TooManyHours
from registers.training.models import AttendanceWeek, Enrolment, Session
from registers.training.selectors import believed_weeks

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Attended:
    """The hours of a trainee in the week that begins on a Monday."""

    enrolment: Enrolment
    week: date
    hours: Decimal


@transaction.atomic
def record_attendance(cause: Cause, *, weeks: Sequence[Attended]) -> int:
    """Write hours; what was written otherwise for the same week stays, superseded. How many weeks changed.

    As many queries for 500 as for one. Raises NotAMonday, OutsideSession, TooManyHours; then nothing is written.
    """
    ids = {given.enrolment.pk for given in weeks}
    held = {
        row.pk: row
        for row in Enrolment.objects.select_for_update(of=("self",)).select_related("session").filter(pk__in=ids)
    }
    there = {(row.enrolment_id, row.week): row for row in believed_weeks(ids, {given.week for given in weeks})}
    now = timezone.now()
    said: dict[tuple[int, date], Attended] = {}
    for given in weeks:
        _refuse(given, held[given.enrolment.pk])
        said[given.enrolment.pk, given.week] = given  # the last line of a table that names a week twice
    changed = {key: given for key, given in said.items() if key not in there or there[key].hours != given.hours}
    superseded = [there[key] for key in changed if key in there]
    AttendanceWeek.objects.filter(pk__in=[row.pk for row in superseded]).update(superseded_at=now)
    new = AttendanceWeek.objects.bulk_create(
        AttendanceWeek(enrolment_id=key[0], week=key[1], hours=given.hours, batch=cause.batch_id, recorded_at=now)
        for key, given in changed.items()
    )
    if new:
        data = {"weeks": [row.pk for row in new], "superseded": [row.pk for row in superseded]}
        subject = ("training.attendanceweek", f"{len(new)} weeks")
        append(action="training.attend", subject=subject, actor=cause.by, data=cause.told | data)
    return len(new)


def most_hours(session: Session) -> int:
    """What a trainee of the session can have attended in a week."""
    return session.hours_a_week


def _refuse(given: Attended, enrolment: Enrolment) -> None:
    session = enrolment.session
    if given.week.weekday() != 0:
        raise NotAMonday(given.week)
    begins = max(session.since, enrolment.entered_on)
    ends = min(session.until, enrolment.left_on or session.until)
    if given.week + WEEK <= begins or given.week >= ends:
        raise OutsideSession(session, given.week)
    if not 0 <= given.hours <= most_hours(session):
        raise TooManyHours(given.hours, most_hours(session))
