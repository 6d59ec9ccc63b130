"""What the engine decides by itself: automatic decisions, rows that no rule flags, and what a text says of silence.

In doubt, a person: a condition that is unknown, or answers that only an officer gives, never decide by themselves.
"""

from typing import Any

from procedures.cases.decided_rows import automatic_rows, kind_of_rows, pending_rows, rows_to_decide
from procedures.cases.errors import AlreadyDone
from procedures.cases.models import Case, Decision, StageRecord
from procedures.cases.services.by_row import keep_rows
from procedures.cases.services.moving import Held, close_stage, transition
from procedures.cases.services.taking_effect import conclude, go_on_from
from procedures.cases.silence import decision_by_silence
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import Event
from procedures.definition import Decision as DecisionStage
from procedures.definition import Kind, Procedure
from procedures.documents.contents import SILENCE


def decide_automatically(*, record: StageRecord) -> Case:
    """Take the decision before which a case stands, where its condition surely holds; else leave it to a person.

    Row by row, unflagged rows are decided; the decision itself is taken once none is left. Called again, it changes
    nothing. Raises StaleCase where the case moved meanwhile: the job comes back.
    """
    case = Case.objects.get(pk=record.case_id)
    procedure = procedure_of(case)
    stage = procedure.route[record.position]
    if record.closed_at or not isinstance(stage, DecisionStage) or stage.automatic is None or stage.asks:
        return case
    if stage.each:
        return _decide_rows(case, record, procedure, stage)
    if situation_of(case, procedure).holds(stage.automatic):
        with transition(case, Event.DECIDE_AUTOMATICALLY, by=None, version=case.version) as held:
            go_on_from(held, procedure, _decision(held, str(stage.kinds[0]), Decision.Origin.AUTOMATIC))
    return case


def decide_by_silence(*, case: Case) -> Case:
    """Decide what a text says of the delay that passed without an answer; raises AlreadyDone where none says so."""
    with transition(case, Event.DECIDE_BY_SILENCE, by=None) as held:
        procedure = procedure_of(held.case)
        told = decision_by_silence(held.case, procedure)
        if told is None:
            raise AlreadyDone
        index, kind = told
        close_stage(held, ending=StageRecord.Ending.DECIDED)
        held.case.stage = index
        reasons = [SILENCE] if kind == Kind.REFUSE else []
        decision = _decision(held, str(kind), Decision.Origin.SILENCE, reasons)
        held.told = {"decision": decision.pk, "kind": decision.kind}
        conclude(held, procedure, decision)
    return case


def _decide_rows(case: Case, record: StageRecord, procedure: Procedure, stage: DecisionStage) -> Case:
    rows = automatic_rows(case, procedure, stage)
    if not rows:
        return case
    whole = len(rows) == sum(not row.kind for row in rows_to_decide(case, stage))
    event = Event.DECIDE_AUTOMATICALLY if whole else Event.DECIDE_ROWS
    with transition(case, event, by=None, version=case.version) as held:
        keep_rows(held, stage, {row: {"kind": str(stage.kinds[0])} for row in rows})
        held.told = {"rows": len(rows)}
        if whole:
            kind = kind_of_rows(list(pending_rows(held.case)))
            go_on_from(held, procedure, _decision(held, kind, Decision.Origin.AUTOMATIC))
    return case


def _decision(held: Held, kind: str, origin: str, reasons: Any = ()) -> Decision:
    return Decision.objects.create(
        case=held.case,
        position=held.case.stage,
        kind=kind,
        reasons=list(reasons),
        origin=origin,
        prepared_at=held.now,
    )
