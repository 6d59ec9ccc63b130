"""A decision is annulled on appeal: its case stands before its decision again, for people who had no hand in it."""

from procedures.cases import clock
from procedures.cases.errors import IllegalMove
from procedures.cases.models import Case, Decision
from procedures.cases.services.moving import open_at, transition
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import Event
from procedures.documents import services as documents
from procedures.events import announce


def reopen_case(*, number: str, appeal_id: int) -> Case:
    """Annul the last decision of the case of this number, as the appeal decided; what it issued is revoked.

    The whole delay runs again from today, as other people examine it anew; the date until then stays told. Raises
    IllegalMove where the case is not closed by a decision.
    """
    case = Case.objects.get(number=number)
    with transition(case, Event.REOPEN, by=None) as held:
        decision = _standing(held.case)
        if decision is None:
            raise IllegalMove(held.case.state, held.event)
        decision.sent_back_at = held.now
        decision.save(update_fields=["sent_back_at"])
        documents.annul_documents(case=held.case, decision=decision)
        procedure = procedure_of(held.case)
        index = decision.position
        held.case.outcome, held.case.closed_at = "", None
        situation = situation_of(held.case, procedure)
        dates = clock.restart(held.case, procedure, situation, held.now)
        open_at(held.case, procedure, situation, index, procedure.route[index], held.now, chosen=True, by_itself=False)
        held.told = {"decision": decision.pk, "appeal": appeal_id} | dates
        announce("case_reopened", key=str(decision.pk), case_id=held.case.pk, decision_id=decision.pk)
    return case


def _standing(case: Case) -> Decision | None:
    found = case.decisions.filter(sent_back_at=None, effective_at__isnull=False)
    return found.order_by("effective_at", "pk").last()
