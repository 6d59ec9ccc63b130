"""Work that cases promise: the receipt of a filing, and every day the deadlines that passed."""

from django.utils import timezone

from procedures.cases.models import Case
from procedures.cases.selectors import open_cases
from procedures.cases.services.confirming import lapse_overdue
from procedures.cases.states import State
from procedures.documents import services as documents
from procedures.events import announce
from procedures.jobs.registry import handles


@handles("cases.receipt", atomic=True)
def prepare_receipt(case_id: int) -> None:
    documents.prepare_receipt(case=Case.objects.get(pk=case_id))


@handles("cases.signatories", atomic=True, daily=True)
def let_lapse_what_nobody_confirmed(**_: object) -> None:
    lapse_overdue(today=timezone.localdate())


@handles("cases.deadlines", atomic=True, daily=True)
def tell_of_deadlines(**_: object) -> None:
    """Announce each case whose due day lies behind, once: the key of the announcement holds the day."""
    late = open_cases().filter(due_on__lt=timezone.localdate(), paused_at=None).exclude(state=State.ISSUING)
    for pk, due_on in late.values_list("pk", "due_on"):
        announce("deadline_passed", key=f"{pk}:{due_on}", case_id=pk)
