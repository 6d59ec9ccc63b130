"""The filtered list as a table to take away: its columns, which of them name people, and its rows one by one."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from portal.backoffice.timing import clocks_of
from portal.backoffice.wording import state_in_words
from portal.inboxes.searching import titles
from procedures.cases.models import Case

AT_ONCE = 500
PERSONAL = frozenset({"applicant", "assignee"})  # columns that name people


def columns() -> dict[str, str]:
    return {
        "number": _("Case"),
        "applicant": _("Applicant"),
        "procedure": _("Procedure"),
        "office": _("Office"),
        "state": _("State"),
        "assignee": _("Assigned to"),
        "filed": _("Filed on"),
        "due": _("Last day"),
        "left": _("Working days left"),
        "closed": _("Closed on"),
    }


def rows(cases: Iterable[Case], wanted: Iterable[str]) -> Iterator[list[Any]]:
    """Headings, then a row a case; a query for each five hundred, and no more than those in memory."""
    told = columns()
    named = [name for name in told if name in set(wanted)]
    yield [told[name] for name in named]
    known, stream = dict(titles()), iter(cases)
    while batch := list(islice(stream, AT_ONCE)):
        for case, clock in zip(batch, clocks_of(batch), strict=True):
            said = _said(case, known.get(case.procedure, case.procedure))
            said["left"] = clock.left if clock.state in ("running", "paused") else ""
            yield [said[name] for name in named]


def _said(case: Case, procedure: str) -> dict[str, Any]:
    return {
        "number": case.number,
        "applicant": case.applicant_name,
        "procedure": procedure,
        "office": str(case.office),
        "state": state_in_words(case.state),
        "assignee": str(case.assignee) if case.assignee else "",
        "filed": case.filed_at,
        "due": case.due_on,
        "closed": case.closed_at,
    }
