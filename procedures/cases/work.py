"""Work that cases promise: receipts, decisions that need no person, and every day the deadlines that passed."""

from django.utils import timezone

from procedures.cases.models import Case, StageRecord
from procedures.cases.selectors import open_cases, open_stage
from procedures.cases.services.automatic import decide_automatically, decide_by_silence
from procedures.cases.services.confirming import lapse_overdue
from procedures.cases.services.opinions import pass_by_silence
from procedures.cases.silence import (
    decision_by_silence,
    overdue_cases,
    passes_by_silence,
    speaks,
    unanswered_stages,
)
from procedures.cases.situations import procedure_of
from procedures.cases.states import State
from procedures.documents import services as documents
from procedures.events import announce
from procedures.jobs import services as jobs
from procedures.jobs.registry import handles


@handles("cases.receipt", atomic=True)
def prepare_receipt(case_id: int) -> None:
    documents.prepare_receipt(case=Case.objects.get(pk=case_id))


@handles("cases.signatories", atomic=True, daily=True)
def let_lapse_what_nobody_confirmed(**_: object) -> None:
    lapse_overdue(today=timezone.localdate())


@handles("cases.decide", atomic=True)
def decide(case_id: int, record_id: int) -> None:
    decide_automatically(record=StageRecord.objects.get(pk=record_id, case=case_id))


@handles("cases.silence", atomic=True, daily=True)
def promise_what_silence_means(**_: object) -> None:
    """A job for each stage and each case whose time is up, so that one that fails holds up no other."""
    today = timezone.localdate()
    for pk in unanswered_stages(today).values_list("pk", flat=True):
        jobs.add(kind="cases.stage_silence", key=f"silence:{pk}:{today}", payload={"record_id": pk})
    for case in overdue_cases(today).iterator(chunk_size=500):
        if speaks(case):
            jobs.add(kind="cases.case_silence", key=f"case-silence:{case.pk}:{today}", payload={"case_id": case.pk})


@handles("cases.stage_silence", atomic=True)
def let_silence_pass(record_id: int) -> None:
    """A stage that was answered meanwhile, or that waits for a correction, stays as it is."""
    record = unanswered_stages(timezone.localdate()).filter(pk=record_id).first()
    if record is not None:
        pass_by_silence(record=record)


@handles("cases.case_silence", atomic=True)
def let_silence_decide(case_id: int) -> None:
    case = overdue_cases(timezone.localdate()).filter(pk=case_id).first()
    if case is None:
        return
    procedure = procedure_of(case)
    if decision_by_silence(case, procedure) is not None:
        decide_by_silence(case=case)
    elif passes_by_silence(case, procedure) and (record := open_stage(case)) is not None:
        pass_by_silence(record=record)


@handles("cases.deadlines", atomic=True, daily=True)
def tell_of_deadlines(**_: object) -> None:
    """Announce each case whose due day lies behind, once: the key of the announcement holds the day."""
    late = open_cases().filter(due_on__lt=timezone.localdate(), paused_at=None).exclude(state=State.ISSUING)
    for pk, due_on in late.values_list("pk", "due_on"):
        announce("deadline_passed", key=f"{pk}:{due_on}", case_id=pk)
