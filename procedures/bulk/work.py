"""Work that a bulk act promises: each goes on where a worker that died left off."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import override

from procedures.audit.services import append
from procedures.bulk.models import BulkAct, BulkItem
from procedures.bulk.trying import carry_out, carry_out_binding, foresee, take_back
from procedures.jobs.registry import handles
from procedures.jobs.services import final_act

State, Foreseen, Outcome = BulkAct.State, BulkItem.Foreseen, BulkItem.Outcome


@handles("bulk.foresee")
def foresee_each(bulk_id: int) -> None:
    bulk = BulkAct.objects.get(pk=bulk_id)
    _each(bulk, {"foreseen": ""}, State.FORESEEING, foresee)
    _end(bulk, State.FORESEEING, State.READY)


@handles("bulk.carry_out")
def carry_out_each(bulk_id: int) -> None:
    bulk = BulkAct.objects.get(pk=bulk_id)
    until = bulk.undo_until
    if until is not None:
        _each(bulk, {"outcome": "", "foreseen": Foreseen.YES}, State.RUNNING, lambda item: carry_out(item, until=until))
    _end(bulk, State.RUNNING, State.CARRIED)


@handles("bulk.finish")
def finish(bulk_id: int) -> None:
    """The window is over: what binds is done now, and rows kept to be restored are forgotten."""
    bulk = BulkAct.objects.get(pk=bulk_id)
    if bulk.state == State.RUNNING:
        raise RuntimeError("The bulk act still runs.")  # tried again a little later
    _each(bulk, {"outcome": "", "foreseen": Foreseen.LATER}, State.CARRIED, carry_out_binding)
    _end(bulk, State.CARRIED, State.FINISHED)


@handles("bulk.undo")
def undo_each(bulk_id: int) -> None:
    bulk = BulkAct.objects.get(pk=bulk_id)
    _each(bulk, {"outcome": Outcome.DONE}, State.UNDOING, take_back)
    _end(bulk, State.UNDOING, State.UNDONE)


def _each(bulk: BulkAct, wanted: dict[str, str], state: str, do: Callable[[BulkItem], None]) -> None:
    """Do it to each case in turn, as long as the act stands where it stood."""
    with override(bulk.language):
        for item in bulk.items.filter(**wanted).select_related("bulk__by"):
            if not BulkAct.objects.filter(pk=bulk.pk, state=state).exists():
                return
            do(item)


def _end(bulk: BulkAct, state: str, then: str) -> None:
    with final_act(), transaction.atomic():
        ended = BulkAct.objects.filter(pk=bulk.pk, state=state).update(state=then)
        if then in (State.FINISHED, State.UNDONE):
            bulk.items.update(before={}, promised=[])
        if ended and then in (State.CARRIED, State.FINISHED, State.UNDONE):
            numbers = {outcome.value: bulk.items.filter(outcome=outcome).count() for outcome in Outcome}
            append(action=f"bulk.{then}", subject=bulk, actor=bulk.by, data=numbers)
