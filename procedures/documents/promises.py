"""The day that a receipt announces: with its words, which say "legal" only where a text was read."""

from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from procedures.calendar.services import add_working_days
from procedures.cases.models import Case
from procedures.definition import Deadline, Procedure, WorkingDays
from procedures.documents.wording import day, words


def promise_of(case: Case, procedure: Procedure) -> dict[str, Any]:
    """Before what day, what is said around it, and when the count stops; empty where no delay is announced."""
    deadline = procedure.deadlines[-1]
    due = case.due_on or _counted_from_filing(case, deadline)
    if due is None:
        return {}
    legal = deadline.basis is not None
    return {
        "before": words(
            _("Legal delay: our answer at the latest on") if legal else _("Announced delay: our answer by")
        ),
        "day": day(due),
        "after": words(_after(deadline, counted=case.due_on is None), amount=deadline.within.amount),
    }


def _after(deadline: Deadline, *, counted: bool) -> Any:
    if not isinstance(deadline.within, WorkingDays):
        return _("The count stops while we wait for a paper from you; it starts when the file is complete.")
    if counted:
        return _(
            "%(amount)s working days from the day the file is complete; "
            "this date supposes that it is complete today. The count stops while we wait for a paper from you."
        )
    return _("%(amount)s working days; the count stops while we wait for a paper from you.")


def _counted_from_filing(case: Case, deadline: Deadline) -> date | None:
    if isinstance(deadline.within, WorkingDays):
        return add_working_days(localdate(case.filed_at), deadline.within.amount)
    return None
