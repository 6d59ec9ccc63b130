"""One case of a bulk act: tried and taken back, done, or restored; each in a transaction of its own."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.bulk.acts import ACTS
from procedures.bulk.images import Difference, can_be_restored, difference, image_of, restore, written_tables
from procedures.bulk.models import BulkAct, BulkItem
from procedures.cases.errors import CaseError
from procedures.cases.models import Case
from procedures.jobs import services as jobs
from procedures.jobs.models import Job
from procedures.refusal import Refusal

logger = logging.getLogger(__name__)
State, Foreseen, Outcome = BulkAct.State, BulkItem.Foreseen, BulkItem.Outcome


class _TakenBack(Exception):
    """Ends a transaction whose writing is not kept."""


def foresee(item: BulkItem) -> None:
    """Do it and take it back: what is told is what would happen, by the very code that does it."""
    binds = False
    try:
        with transaction.atomic():
            _case, kept, tables, _jobs = _perform(item, until=None)
            binds = not can_be_restored(tables, kept)
            raise _TakenBack
    except _TakenBack:
        item.foreseen, item.why = (Foreseen.LATER if binds else Foreseen.YES), ""
    except Exception as error:  # noqa: BLE001 - a case that cannot be done stops no other
        item.foreseen, item.why = Foreseen.NO, _sentence(error)
    item.save(update_fields=["foreseen", "why"])


def carry_out(item: BulkItem, *, until: datetime) -> None:
    """Do it, so that it can be taken back until then; what turns out to bind waits for that moment."""
    try:
        with transaction.atomic():
            if not _still(item, State.RUNNING):
                return
            case, kept, tables, promised = _perform(item, until=until)
            if not can_be_restored(tables, kept):
                raise _TakenBack
            item.outcome, item.before, item.after, item.promised = Outcome.DONE, kept, case.version, promised
            item.save(update_fields=["outcome", "before", "after", "promised"])
    except _TakenBack:
        item.foreseen = Foreseen.LATER
        item.save(update_fields=["foreseen"])
    except Exception as error:  # noqa: BLE001 - as above
        _fail(item, error)


def carry_out_binding(item: BulkItem) -> None:
    """Do what cannot be taken back, once the window is over."""
    try:
        with transaction.atomic():
            if not _still(item, State.CARRIED):
                return
            _perform(item, until=None)
            item.outcome = Outcome.DONE
            item.save(update_fields=["outcome"])
    except Exception as error:  # noqa: BLE001 - as above
        _fail(item, error)


def take_back(item: BulkItem) -> None:
    """Write the rows as they were and put that on record; where the case went on or somebody was told, leave it."""
    try:
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=item.case_id)
            if case.version != item.after:
                raise Refusal(_("The case went on meanwhile."))
            waiting = Job.objects.filter(pk__in=item.promised, state=Job.State.NEW)
            if waiting.count() != len(item.promised):
                raise Refusal(_("Somebody was told already."))
            waiting.delete()
            before = case.state
            restore(case, item.before)
            case.version = item.after + 1
            case.save()
            told = {"bulk": str(item.bulk.public_id), "act": item.bulk.act, "from": before, "to": case.state}
            append(action="case.take_back", subject=case, actor=item.bulk.by, data=told)
            item.outcome, item.before, item.promised = Outcome.UNDONE, {}, []
            item.save(update_fields=["outcome", "before", "promised"])
    except Refusal as refused:
        _keep(item, str(refused))


def _keep(item: BulkItem, why: str) -> None:
    """It stays done: what it promised is told now."""
    with transaction.atomic():
        item.outcome, item.why = Outcome.KEPT, why
        item.save(update_fields=["outcome", "why"])
        jobs.release(item.promised)


def _perform(item: BulkItem, *, until: datetime | None) -> tuple[Case, Difference, set[str], list[int]]:
    """Inside a transaction: the act on a locked case, what it changed, where it wrote, and what it promised."""
    case = Case.objects.select_for_update().get(pk=item.case_id)
    if case.version != item.version:
        raise Refusal(_("The case has changed. Look at it again."))
    before = image_of(case)
    with written_tables() as tables, jobs.held(until) as promised:
        ACTS[item.bulk.act].perform(case, item.bulk.by, item.bulk.given | item.given)
    case.refresh_from_db()
    return case, difference(before, image_of(case)), tables, promised


def _still(item: BulkItem, state: str) -> bool:
    """Whether the bulk act still goes on and this case is still to be done; both rows are held."""
    bulk = BulkAct.objects.select_for_update().get(pk=item.bulk_id)
    return bulk.state == state and BulkItem.objects.filter(pk=item.pk, outcome="").exists()


def _fail(item: BulkItem, error: Exception) -> None:
    item.outcome, item.why = Outcome.NO, _sentence(error)
    item.save(update_fields=["outcome", "why"])


def _sentence(error: Exception) -> str:
    if isinstance(error, CaseError | Refusal):
        return str(error)
    logger.error("a case of a bulk act could not be done: %s", type(error).__name__)
    return _("This could not be done. Do it on the page of the case.")
