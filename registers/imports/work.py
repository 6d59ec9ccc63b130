"""Work that imports leave for later: reading a table, entering its rows, forgetting both."""

from datetime import timedelta

from django.utils import timezone

from procedures.jobs.registry import handles
from registers.imports.entering import enter
from registers.imports.models import ImportBatch
from registers.imports.services import cancel_import
from registers.imports.shelf import delete_table, purge_orphans
from registers.imports.staging import stage

KEPT = timedelta(days=30)  # a table, and the cells kept beside its rows; an assumption
State = ImportBatch.State


@handles("imports.stage")
def read_table(batch_id: int) -> None:
    stage(batch_id=batch_id)


@handles("imports.enter")
def enter_rows(batch_id: int) -> None:
    enter(batch_id=batch_id)


@handles("imports.purge", daily=True)
def purge(day: str) -> None:
    """What nobody decided on for a month is cancelled; of what was entered the figures and states of rows stay."""
    limit = timezone.now() - KEPT
    for batch in ImportBatch.objects.filter(state__in=(State.READY, State.REFUSED), received_at__lt=limit):
        cancel_import(batch=batch, by=None)
    for batch in ImportBatch.objects.filter(state=State.ENTERED, ended_at__lt=limit).exclude(stored=""):
        delete_table(batch.stored)
        batch.rows.exclude(raw="").update(raw="")
        ImportBatch.objects.filter(pk=batch.pk).update(stored="")
    purge_orphans()
