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

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Attended:
    """The hours of a trainee in the week that begins on a Monday."""

    enrolment: Enrolment
    week: date
    hours: Decimal


@transaction.atomic
def record_attendance(cause: Cause, *, weeks: Sequence[Attended]) -> int:
    """Write hours, or write over those of the same week: the chain keeps what they were. How many weeks changed.

    As many queries for 500 as for one. Raises NotAMonday, OutsideSession, TooManyHours; then nothing is written.
    """
    ids = {given.enrolment.pk for given in weeks}
    held = {
        row.pk: row
        for row in Enrolment.objects.select_for_update(of=("self",)).select_related("session").filter(pk__in=ids)
    }
    there = {
        (row.enrolment_id, row.week): row
        for row in AttendanceWeek.objects.filter(enrolment__in=ids, week__in={given.week for given in weeks})
    }
    new: dict[tuple[int, date], AttendanceWeek] = {}
    corrected: dict[int, tuple[AttendanceWeek, str]] = {}
    for given in weeks:
        _refuse(given, held[given.enrolment.pk])
        key = given.enrolment.pk, given.week
        row = there.get(key) or new.get(key)
        if row is None:
            new[key] = AttendanceWeek(
                enrolment_id=key[0], week=key[1], hours=given.hours, batch=cause.batch_id, recorded_at=timezone.now()
            )
        elif row.hours != given.hours:
            if row.pk:
                corrected.setdefault(row.pk, (row, str(row.hours)))
            row.hours, row.batch, row.recorded_at = given.hours, cause.batch_id, timezone.now()
    AttendanceWeek.objects.bulk_create(new.values())
    AttendanceWeek.objects.bulk_update([row for row, _was in corrected.values()], ["hours", "batch", "recorded_at"])
    if new or corrected:
        data = {
            "weeks": [row.pk for row in new.values()],
            "corrected": {str(pk): {"was": was, "is": str(row.hours)} for pk, (row, was) in corrected.items()},
        }
        subject = ("training.attendanceweek", f"{len(new) + len(corrected)} weeks")
        append(action="training.attend", subject=subject, actor=cause.by, data=cause.told | data)
    return len(new) + len(corrected)


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
