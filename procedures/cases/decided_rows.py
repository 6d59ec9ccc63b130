"""A decision row by row: which rows may be decided at once, which wait for a person, and what was granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from procedures.cases.models import Case, Decision, RowDecision
from procedures.cases.selectors import every_answer
from procedures.cases.situations import filing_day, known_of
from procedures.definition import Decision as DecisionStage
from procedures.definition import Kind, Procedure
from procedures.rules import Situation


@dataclass(frozen=True)
class Row:
    """A row that a decision is about; `kind` is empty while nobody has decided it."""

    row: str
    answers: Mapping[str, Any]
    flags: tuple[str, ...]  # rules that failed or could not be judged, in this row
    kind: str = ""
    reason: str = ""


def rows_to_decide(case: Case, stage: DecisionStage) -> tuple[Row, ...]:
    """Every row of the group in its order, with what has been decided of it so far."""
    decided = {each.row: each for each in pending_rows(case)}
    flags = flags_by_row(case)
    rows = (row for row in every_answer(case).get(stage.each) or ())
    return tuple(
        Row(
            row=row_id,
            answers=row,
            flags=flags.get(row_id, ()),
            kind=decided[row_id].kind if row_id in decided else "",
            reason=decided[row_id].reason if row_id in decided else "",
        )
        for row in rows
        for row_id in (str(row.get("_row", "")),)
    )


def pending_rows(case: Case) -> Any:
    """Rows decided in the present passage, before the decision itself is prepared."""
    return case.row_decisions.filter(position=case.stage, decision=None)


def automatic_rows(case: Case, procedure: Procedure, stage: DecisionStage) -> list[str]:
    """Rows that nobody has decided, that no rule flags, and whose condition surely holds: unknown waits for a person.

    A rule that flags without naming a row flags them all.
    """
    flags = flags_by_row(case)
    if flags.get(""):
        return []
    waiting = [row.row for row in rows_to_decide(case, stage) if not row.kind and not row.flags]
    known = {**known_of(case, procedure), "case.flags": ()}  # as a row sees it that no rule flags
    situation = Situation(procedure, every_answer(case), on=filing_day(case), engine=known)
    return [row for row in waiting if situation.holds(stage.automatic, block=stage.each, row=row)]


def flags_by_row(case: Case) -> dict[str, tuple[str, ...]]:
    """Codes of the rules that send a row to a person; under "" those that concern the whole case."""
    found: dict[str, list[str]] = {}
    for told in case.explanations:
        flagged = (told["outcome"] == "failed" and told["weight"] == "flags") or told["outcome"] == "unknown"
        if flagged:
            found.setdefault(str(told.get("row") or ""), []).append(told["rule"])
    return {row: tuple(dict.fromkeys(rules)) for row, rules in found.items()}


def of_granted(answers: Mapping[str, Any], decision: Decision) -> dict[str, Any]:
    """Answers with only the rows that the decision grants, where it decides row by row."""
    kept = dict(answers)
    rows = list(decision.rows.all())
    for group in {each.group for each in rows}:
        granted = {each.row for each in rows if each.group == group and each.kind != Kind.REFUSE}
        kept[group] = [row for row in answers.get(group) or () if str(row.get("_row", "")) in granted]
    return kept


def kind_of_rows(rows: list[RowDecision]) -> str:
    """What the decision is as a whole: a refusal only where every row is refused."""
    return next((each.kind for each in rows if each.kind != Kind.REFUSE), str(Kind.REFUSE))
