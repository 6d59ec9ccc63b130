"""A decision goes its way: to the next signature, or it takes effect; then the case ends or goes on."""

from django.utils.translation import gettext as _

from procedures.cases.carrying_out import carry_out
from procedures.cases.decided_rows import pending_rows
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case, Decision
from procedures.cases.services.linking import offer_procedures
from procedures.cases.services.moving import Held, close_stage, disclose, next_stage, open_at
from procedures.cases.situations import situation_of
from procedures.cases.states import ENDS, State
from procedures.definition import Kind, Procedure, Signature
from procedures.documents import services as documents
from procedures.events import announce
from procedures.refusal import Refusal


def go_on_from(held: Held, procedure: Procedure, decision: Decision) -> None:
    """Leave the stage that prepared a decision; the rows decided there are the decision's from now on."""
    pending_rows(held.case).update(decision=decision)
    held.told = {"decision": decision.pk, "kind": decision.kind, "reasons": decision.reasons} | held.told
    close_stage(held)
    go_on(held, procedure, decision)


def go_on(held: Held, procedure: Procedure, decision: Decision) -> None:
    """To the next signature; or it takes effect, and the case goes on unless it was refused or this is the last."""
    following = next_stage(held, procedure)
    if following is not None and isinstance(following[1], Signature):
        open_at(held.case, procedure, situation_of(held.case, procedure), *following, held.now)
        return
    if following is None or decision.kind == Kind.REFUSE:
        conclude(held, procedure, decision)
        return
    _take_effect(held, procedure, decision)
    open_at(held.case, procedure, situation_of(held.case, procedure), *following, held.now)


def conclude(held: Held, procedure: Procedure, decision: Decision) -> None:
    """The last decision: the case ends as its kind says, once the documents it gives are issued."""
    case, end = held.case, ENDS.get(decision.kind, State.ISSUED)
    case.outcome, case.closed_at, case.assignee = decision.kind, held.now, None
    case.state = State.REFUSED if end == State.REFUSED else State.ISSUING
    prepared = _take_effect(held, procedure, decision)
    if case.state == State.ISSUING and not prepared:
        case.state = end
    held.told["outcome"] = decision.kind


def _take_effect(held: Held, procedure: Procedure, decision: Decision) -> int:
    """Documents, effects, offers of other procedures and the news; returns how many documents it gives."""
    case = held.case
    demand_four_eyes(case, decision)
    disclose(case, held.now)
    decision.effective_at = held.now
    decision.save(update_fields=["effective_at"])
    case.save()
    try:
        prepared = documents.prepare_documents(case=case, decision=decision)
    except Refusal as refused:  # no key is fit, a code would be too large, nothing is there to repeat
        raise NotAllowed(str(refused)) from refused
    carry_out(case, decision, procedure, [document.public_id for document in prepared])
    offered = offer_procedures(case, decision, procedure, situation_of(case, procedure))
    if offered:
        held.told["offered"] = offered
    announce("case_decided", key=f"{case.pk}:{decision.pk}", case_id=case.pk, decision_id=decision.pk)
    return len(prepared)


def demand_four_eyes(case: Case, decision: Decision) -> None:
    """A measure of the authority binds nobody before someone signed it who neither opened the file nor prepared it.

    Raises NotAllowed. Whoever acted in the name of another counts as both.
    """
    if case.opened_by_id is None:
        return
    proposed = {case.opened_by_id, decision.prepared_by_id, decision.in_name_of_id}
    signed = decision.signatures.values_list("signed_by", "in_name_of")
    if not any(proposed.isdisjoint({person, name}) for person, name in ((one, two or one) for one, two in signed)):
        raise NotAllowed(_("A measure is signed by someone who neither opened the file nor prepared the decision."))
