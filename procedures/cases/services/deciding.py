"""A decision: prepared by one person, signed by others, sent back or carried out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from procedures.cases.carrying_out import carry_out
from procedures.cases.errors import IllegalMove, Refused
from procedures.cases.models import Case, Decision, SignatureAct
from procedures.cases.officers_answers import demand
from procedures.cases.selectors import standing_decision
from procedures.cases.services.handling import found
from procedures.cases.services.moving import Held, close_stage, next_stage, open_at, transition
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import Event, State
from procedures.definition import Decision as DecisionStage
from procedures.definition import Kind, Procedure, Signature
from procedures.documents import services as documents
from procedures.events import announce


def prepare_decision(
    *,
    case: Case,
    by: Any,
    version: int,
    kind: str,
    reasons: Sequence[str] = (),
    motivation: str = "",
    answers: Mapping[str, Any] | None = None,
) -> Decision:
    """Prepare a decision of one of the kinds its stage allows. A refusal needs a reason; what is granted, its answers.

    It binds nobody until every signature of the route stands beneath it; a route without any carries it out at once.
    """
    with transition(case, Event.PREPARE_DECISION, by=by, version=version) as held:
        procedure = procedure_of(held.case)
        _refuse_kind(held, procedure, kind, reasons)
        against = kind == Kind.REFUSE
        decision = Decision.objects.create(
            case=held.case,
            position=held.case.stage,
            kind=kind,
            reasons=list(dict.fromkeys(reasons)),
            motivation=motivation.strip(),
            answers={} if against else found(held, procedure, answers or {}),
            prepared_by=by,
            prepared_at=held.now,
        )
        held.told = {"decision": decision.pk, "kind": kind, "reasons": decision.reasons}
        close_stage(held)
        _go_on(held, procedure, decision)
    return decision


def sign(*, case: Case, by: Any, version: int) -> Case:
    """Sign the decision; with the last signature it is carried out. Raises NotAllowed for whoever prepared it."""
    with transition(case, Event.SIGN, by=by, version=version) as held:
        decision = _prepared(held)
        SignatureAct.objects.create(decision=decision, position=held.case.stage, signed_by=by, signed_at=held.now)
        held.told = {"decision": decision.pk}
        close_stage(held)
        _go_on(held, procedure_of(held.case), decision)
    return case


def send_back(*, case: Case, by: Any, version: int, note: str) -> Case:
    """Return a decision to those who prepared it, with a note that says why; signatures given so far fall with it."""
    with transition(case, Event.SEND_BACK, by=by, version=version) as held:
        demand(note=note)
        decision = _prepared(held)
        decision.sent_back_at = held.now
        decision.save(update_fields=["sent_back_at"])
        close_stage(held, note=note.strip())
        procedure = procedure_of(held.case)
        stage = procedure.route[decision.position]
        open_at(held.case, procedure, situation_of(held.case, procedure), decision.position, stage, held.now)
        held.told = {"decision": decision.pk}
    return case


def _go_on(held: Held, procedure: Procedure, decision: Decision) -> None:
    """To the next signature, or carry the decision out: at the end of the route, and after a refusal's signatures."""
    following = next_stage(held, procedure)
    if following is not None and isinstance(following[1], Signature):
        open_at(held.case, procedure, situation_of(held.case, procedure), *following, held.now)
        return
    if following is not None and decision.kind != Kind.REFUSE:
        raise IllegalMove(held.case.state, held.event)  # a second decision in one route is not run by the engine yet
    _conclude(held, procedure, decision)


def _conclude(held: Held, procedure: Procedure, decision: Decision) -> None:
    case = held.case
    case.outcome, case.closed_at, case.assignee = decision.kind, held.now, None
    case.state = State.REFUSED if decision.kind == Kind.REFUSE else State.ISSUING
    case.save()
    prepared = documents.prepare_documents(case=case, decision=decision)
    carry_out(case, decision, procedure, [document.public_id for document in prepared])
    if case.state == State.ISSUING and not prepared:
        case.state = State.ISSUED
    held.told["outcome"] = decision.kind
    announce("case_decided", key=str(case.pk), case_id=case.pk)


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
    elif not set(reasons) <= known:
        faults["reasons"] = [_("Choose the reasons from the list of this procedure.")]
    if faults:
        raise Refused(faults)
