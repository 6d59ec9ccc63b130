"""A visit on site is over: what it found stays with its stage, and the case goes on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from procedures.cases.models import Case
from procedures.cases.services.handling import found
from procedures.cases.services.moving import advance, close_stage, transition
from procedures.cases.situations import procedure_of
from procedures.cases.states import Event

REPORT = "visit_report"  # beside the blocks that the stage asks


def record_visit(
    *,
    case: Case,
    by: Any,
    visited_on: date,
    findings: Sequence[Mapping[str, Any]],
    answers: Mapping[str, Any] | None = None,
    note: str = "",
) -> Case:
    """End the stage of a visit: the day, codes and severities of what was found, and what the stage asks by block.

    Each finding holds "code", "severity" and "due_on". The report is called again by nobody: a second call finds the
    case at another stage and raises IllegalMove. Raises Refused by field name.
    """
    with transition(case, Event.RECORD_VISIT, by=by) as held:
        procedure = procedure_of(held.case)
        kept = found(held, procedure, answers or {})
        report = {"visited_on": visited_on.isoformat(), "findings": [dict(one) for one in findings]}
        close_stage(held, answers={**kept, REPORT: report}, note=note)
        held.told = {"visited_on": visited_on.isoformat(), "findings": len(findings)}
        advance(held, procedure)
    return case
