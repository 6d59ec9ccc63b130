"""Rows decided one by one, by the engine where no rule flags them and by a person for the others."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from procedures.cases.decided_rows import kind_of_rows, pending_rows, rows_to_decide
from procedures.cases.errors import Refused
from procedures.cases.models import RowDecision
from procedures.cases.services.moving import Held
from procedures.definition import Decision as DecisionStage
from procedures.definition import Kind, Procedure


def decide_each(
    held: Held, procedure: Procedure, stage: DecisionStage, given: Mapping[str, Mapping[str, str]]
) -> tuple[str, list[str]]:
    """Decide every row that waits; returns the kind of the decision as a whole and the reasons of a whole refusal.

    Raises Refused, under "row:<id>", for each row that is not decided or is refused without a reason.
    """
    waiting = [row.row for row in rows_to_decide(held.case, stage) if not row.kind]
    reasons = {reason.code for reason in procedure.reasons if Kind.REFUSE in reason.on}
    reasons |= {told["rule"] for told in held.case.explanations if told["outcome"] == "failed"}
    faults: dict[str, list[str]] = {}
    for row in waiting:
        said = given.get(row) or {}
        if said.get("kind") not in {str(kind) for kind in stage.kinds}:
            faults[f"row:{row}"] = [_("Decide this row.")]
        elif said["kind"] == Kind.REFUSE and said.get("reason") not in reasons:
            faults[f"row:{row}"] = [_("A refused row needs a reason. Choose it from the list.")]
    if faults:
        raise Refused(faults)
    keep_rows(held, stage, {row: given[row] for row in waiting})
    rows = list(pending_rows(held.case))
    kind = kind_of_rows(rows)
    held.told = {"rows": _counted(rows)}
    return kind, [each.reason for each in rows if each.reason] if kind == Kind.REFUSE else []


def keep_rows(held: Held, stage: DecisionStage, decided: Mapping[str, Mapping[str, str]]) -> None:
    RowDecision.objects.bulk_create(
        RowDecision(
            case=held.case,
            position=held.case.stage,
            group=stage.each,
            row=row,
            kind=said["kind"],
            reason=said.get("reason", "") if said["kind"] == Kind.REFUSE else "",
            by=held.by,
            at=held.now,
        )
        for row, said in decided.items()
    )


def _counted(rows: list[RowDecision]) -> dict[str, int]:
    kinds = [each.kind for each in rows]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}
