"""The clock of a case: it starts once, runs on working days, and stands still only while the applicant is asked."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from procedures.calendar.services import add_working_days, calendar_version, day_after, working_days_between
from procedures.cases.models import Case
from procedures.cases.routing import deadline_for
from procedures.definition import Procedure

CORRECTION_DAYS = 15  # working days to return a correction; an assumption of the domain's notice N1


def start(case: Case, procedure: Procedure, situation: Any, now: datetime) -> dict[str, str]:
    """Freeze the day on which an answer is due; returns what the audit chain notes of it. The caller saves."""
    day = timezone.localdate(now)
    case.complete_at = now
    case.due_on = day_after(day, deadline_for(procedure, situation).within)
    return {"due_on": case.due_on.isoformat(), "calendar": calendar_version(day, case.due_on)}


def pause(case: Case, now: datetime) -> date:
    """Stand still from now on; returns the day by which the applicant answers."""
    case.paused_at = now
    return add_working_days(timezone.localdate(now), CORRECTION_DAYS)


def resume(case: Case, now: datetime) -> int:
    """Run again: the due day moves by the working days that waited, whose number is returned."""
    if case.paused_at is None:
        return 0
    waited = working_days_between(timezone.localdate(case.paused_at), timezone.localdate(now))
    case.paused_at = None
    if case.due_on is not None:
        case.paused_days += waited
        case.due_on = add_working_days(case.due_on, waited)
    return waited
