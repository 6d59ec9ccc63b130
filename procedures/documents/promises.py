"""The day that a receipt announces, and why it is that day: with words that say "legal" only where a text was read."""

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from procedures.cases.models import Case
from procedures.definition import Deadline, Procedure, WorkingDays
from procedures.documents.wording import LANGUAGES, day, words
from procedures.timekeeping.explaining import Explanation, explain, explain_promise
from procedures.timekeeping.words import footnotes, ledger


def promise_of(case: Case, procedure: Procedure) -> dict[str, Any]:
    """Before what day, what is said around it, why line by line; empty where no delay is announced."""
    deadline = procedure.deadlines[-1]
    told = explain(case) or _counted_from_filing(case, deadline)
    if told is None:
        return {}
    return {
        "before": words(
            _("Legal delay: our answer at the latest on") if told.is_legal else _("Announced delay: our answer by")
        ),
        "day": day(told.due_on),
        "after": words(_after(deadline, counted=told.is_promise), amount=deadline.within.amount),
        "why": words(_("Why this date?")),
        "lines": _lines(told),
    }


def _lines(told: Explanation) -> list[dict[str, dict[str, str]]]:
    """Each line of the explanation in the languages of the paper; the weekends in one."""
    said: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with override(language):
            rows = [": ".join(filter(None, (row.label, row.value, row.note))) for row in ledger(told, short=True)]
            said[language] = [*rows, *footnotes(told)[1:]]
    return [dict(zip(LANGUAGES, line, strict=True)) for line in zip(*said.values(), strict=True)]


def _after(deadline: Deadline, *, counted: bool) -> Any:
    if not isinstance(deadline.within, WorkingDays):
        return _("The count stops while we wait for a paper from you; it starts when the file is complete.")
    if counted:
        return _(
            "%(amount)s working days from the day the file is complete; "
            "this date supposes that it is complete today. The count stops while we wait for a paper from you."
        )
    return _("%(amount)s working days; the count stops while we wait for a paper from you.")


def _counted_from_filing(case: Case, deadline: Deadline) -> Explanation | None:
    return explain_promise(deadline, localdate(case.filed_at)) if isinstance(deadline.within, WorkingDays) else None
