"""The clock of a case: it starts once, runs on working days, and stands still only while the applicant is asked."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from procedures.calendar.services import add_working_days
from procedures.cases.models import Case, StageRecord
from procedures.cases.routing import deadline_for
from procedures.definition import Procedure
from procedures.timekeeping import keeping

CORRECTION_DAYS = 15  # working days to return a correction; an assumption of the domain's notice N1


def start(
    case: Case, procedure: Procedure, situation: Any, now: datetime, *, because: str = "complete"
) -> dict[str, Any]:
    """Freeze the day on which an answer is due; returns what the audit chain notes of it. The caller saves.

    `because` is "complete", or "filed" where the route has no check of completeness. The case is stored already.
    """
    case.complete_at = now
    kept = keeping.start(case, deadline_for(procedure, situation), on=timezone.localdate(now), because=because)
    return {"due_on": kept.promised_on.isoformat(), "calendar": kept.frozen_version}


def restart(case: Case, procedure: Procedure, situation: Any, now: datetime) -> dict[str, Any]:
    """Announce a new date from today on, as a decision was annulled; returns what the audit chain notes of it.

    The caller saves.
    """
    case.complete_at, case.paused_at = now, None
    kept = keeping.start_again(case, deadline_for(procedure, situation), on=timezone.localdate(now))
    told = {"due_on": kept.promised_on.isoformat(), "calendar": kept.frozen_version}
    return told | ({"was": kept.before.isoformat()} if kept.before else {})


def pause(case: Case, now: datetime) -> date:
    """Stand still from now on; returns the day by which the applicant answers."""
    case.paused_at = now
    keeping.stand_still(case, since=timezone.localdate(now))
    return add_working_days(timezone.localdate(now), CORRECTION_DAYS)


def extend(record: StageRecord, waited: int) -> None:
    """Move the stage's own deadline by the working days that waited for the applicant."""
    if record.due_on is not None and waited:
        record.due_on = add_working_days(record.due_on, waited)
        record.save(update_fields=["due_on"])


def resume(case: Case, now: datetime) -> int:
    """Run again: the due day moves by the days that waited, whose number is returned."""
    if case.paused_at is None:
        return 0
    since, case.paused_at = timezone.localdate(case.paused_at), None
    return keeping.run_again(case, since=since, until=timezone.localdate(now))
