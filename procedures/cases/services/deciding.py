"""A decision: prepared by one person, signed by others, sent back or carried out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from procedures.cases.errors import IllegalMove, Refused
from procedures.cases.models import Case, Decision, SignatureAct
from procedures.cases.officers_answers import demand
from procedures.cases.selectors import standing_decision
from procedures.cases.services.by_row import decide_each
from procedures.cases.services.handling import found
from procedures.cases.services.moving import Held, close_stage, open_at, transition
from procedures.cases.services.taking_effect import go_on, go_on_from
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import Event
from procedures.definition import Decision as DecisionStage
from procedures.definition import Kind, Procedure


def prepare_decision(
    *,
    case: Case,
    by: Any,
    version: int,
    kind: str = "",
    reasons: Sequence[str] = (),
    motivation: str = "",
    answers: Mapping[str, Any] | None = None,
    rows: Mapping[str, Mapping[str, str]] | None = None,
) -> Decision:
    """Prepare a decision of one of the kinds its stage allows. A refusal needs a reason; what is granted, its answers.

    Where the stage decides row by row, `rows` says {row id: {"kind", "reason"}} for each row that is still undecided,
    and `kind` follows from them. It binds nobody until every signature of the route stands beneath it; a route without
    any carries it out at once.
    """
    with transition(case, Event.PREPARE_DECISION, by=by, version=version) as held:
        procedure = procedure_of(held.case)
        stage = procedure.route[held.case.stage]
        if isinstance(stage, DecisionStage) and stage.each:
            kind, reasons = decide_each(held, procedure, stage, rows or {})
        _refuse_kind(held, procedure, kind, reasons)
        decision = Decision.objects.create(
            case=held.case,
            position=held.case.stage,
            kind=kind,
            reasons=list(dict.fromkeys(reasons)),
            motivation=motivation.strip(),
            answers={} if kind == Kind.REFUSE else found(held, procedure, answers or {}),
            prepared_by=by,
            in_name_of=held.capacity.in_name_of,
            prepared_at=held.now,
        )
        go_on_from(held, procedure, decision)
    return decision


def sign(*, case: Case, by: Any, version: int) -> Case:
    """Sign the decision; with the last signature it is carried out. Raises NotAllowed for whoever prepared it.

    Whoever acts by delegation signs in the name of who gave it, and neither of the two may have prepared it.
    """
    with transition(case, Event.SIGN, by=by, version=version) as held:
        decision = _prepared(held)
        SignatureAct.objects.create(
            decision=decision,
            position=held.case.stage,
            signed_by=by,
            in_name_of=held.capacity.in_name_of,
            signed_at=held.now,
        )
        held.told = {"decision": decision.pk}
        close_stage(held)
        go_on(held, procedure_of(held.case), decision)
    return case


def send_back(*, case: Case, by: Any, version: int, note: str) -> Case:
    """Return a decision to those who prepare it, with a note that says why; signatures given so far fall with it.

    What the engine had decided by itself, a person decides then.
    """
    with transition(case, Event.SEND_BACK, by=by, version=version) as held:
        demand(note=note)
        decision = _prepared(held)
        decision.sent_back_at = held.now
        decision.save(update_fields=["sent_back_at"])
        close_stage(held, note=note.strip())
        procedure = procedure_of(held.case)
        stage = procedure.route[decision.position]
        situation = situation_of(held.case, procedure)
        index = decision.position
        open_at(held.case, procedure, situation, index, stage, held.now, chosen=True, by_itself=False)
        held.told = {"decision": decision.pk}
    return case


def _prepared(held: Held) -> Decision:
    decision: Decision | None = standing_decision(held.case)
    if decision is None:
        raise IllegalMove(held.case.state, held.event)
    return decision


def _refuse_kind(held: Held, procedure: Procedure, kind: str, reasons: Sequence[str]) -> None:
    stage = procedure.route[held.case.stage]
    allowed = {str(each) for each in stage.kinds} if isinstance(stage, DecisionStage) else set()
    known = {reason.code for reason in procedure.reasons if kind in reason.on}
    known |= {told["rule"] for told in held.case.explanations if told["outcome"] == "failed"}
    faults: dict[str, list[str]] = {}
    if kind not in allowed:
        faults["kind"] = [_("Choose one of the decisions that this procedure knows.")]
    elif kind == Kind.REFUSE and not reasons:
        faults["reasons"] = [_("A refusal needs at least one reason. Choose it from the list.")]
    elif kind == Kind.NOTICE and known and not reasons:
        faults["reasons"] = [_("A notice says what is wrong. Choose at least one reason from the list.")]
    elif not set(reasons) <= known:
        faults["reasons"] = [_("Choose the reasons from the list of this procedure.")]
    if faults:
        raise Refused(faults)
