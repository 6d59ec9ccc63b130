"""Enter the sound rows of a batch: 500 in a transaction, each once, however often the worker dies in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from procedures.jobs.services import final_act
from registers.history.services import Cause
from registers.imports.checking import Read, chosen, open_rows
from registers.imports.counting import counts_of
from registers.imports.kinds.all import KINDS
from registers.imports.kinds.base import Kind
from registers.imports.models import Hold, ImportBatch, ImportRow
from registers.imports.opening import scene_of
from registers.imports.rows import mark_rows
from registers.imports.scenes import Scene
from registers.imports.shelf import open_table
from registers.imports.showing import sealed

State, RowState = ImportBatch.State, ImportRow.State
TOGETHER = 500


def enter(*, batch_id: int) -> None:
    """Enter what was decided on. A row's state changes with what it writes, so that nothing is written twice.

    Where everything or nothing was asked for, all rows are checked once more before the first is entered; a fault
    that came up meanwhile puts the batch back before the person, with nothing entered.
    """
    batch = ImportBatch.objects.filter(pk=batch_id, state=State.ENTERING).first()
    if batch is None:
        return
    begun = batch.rows.filter(state__in=(RowState.ENTERED, RowState.REFUSED)).exists()
    if batch.mode == ImportBatch.Mode.ALL and not begun and _has_new_faults(batch):
        _put_back(batch)
        return
    scene, kind = scene_of(batch), KINDS[batch.kind]
    for part in _parts(batch, kind):
        _enter_part(batch, kind, scene, part)
    _finish(batch)


def _parts(batch: ImportBatch, kind: Kind, size: int = TOGETHER) -> Iterator[list[Read]]:
    """The rows that are still to be entered, as the file has them."""
    waiting = set(batch.rows.filter(state=RowState.SOUND).values_list("line", flat=True))
    with open_table(batch) as file:
        reads = chosen(open_rows(file, batch.format, kind), waiting, kind, timezone.localdate())
        while part := list(islice(reads, size)):
            yield part


def _enter_part(batch: ImportBatch, kind: Kind, scene: Scene, part: Sequence[Read]) -> None:
    """One transaction: what another worker entered in the meantime is left out."""
    with transaction.atomic():
        held = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if held.state != State.ENTERING:
            return
        numbers = [each.line.number for each in part]
        waiting = set(held.rows.filter(line__in=numbers, state=RowState.SOUND).values_list("line", flat=True))
        todo = [each for each in part if each.line.number in waiting]
        lines = [each.line for each in todo]
        kind.check(lines, scene)
        kind.enter([line for line in lines if not line.faults and not line.already], scene, Cause(batch=batch.pk))
        mark_rows(held, [line for line in lines if not line.faults])
        _keep_faults(held, todo, RowState.REFUSED)


def _keep_faults(batch: ImportBatch, reads: Sequence[Read], state: str) -> int:
    """Write down the faults that came up since the table was read, with the cells that a person is to look at."""
    faulty = [each for each in reads if each.line.faults]
    for each in faulty:
        raw = sealed(each.cells, batch.headings["places"])
        batch.rows.filter(line=each.line.number).update(state=state, errors=each.line.faults, raw=raw)
    return len(faulty)


def _has_new_faults(batch: ImportBatch) -> bool:
    """Check every row against the register as it is now; faults are written down, nothing is entered."""
    scene, kind, found = scene_of(batch), KINDS[batch.kind], 0
    for part in _parts(batch, kind, size=2_000):
        kind.check([each.line for each in part], scene)
        found += _keep_faults(batch, part, RowState.FAULTY)
    return found > 0


def _put_back(batch: ImportBatch) -> None:
    with final_act():
        held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        held.counts = {**held.counts, **counts_of(held)}
        held.state, held.mode, held.decided_at = State.READY, "", None
        held.save(update_fields=["counts", "state", "mode", "decided_at"])
        Hold.objects.filter(batch=held).delete()


def _finish(batch: ImportBatch) -> None:
    with final_act():
        held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if held.state != State.ENTERING:
            return
        figures = counts_of(held)
        held.counts = {**held.counts, **figures}
        held.state, held.ended_at = State.ENTERED, timezone.now()
        held.save(update_fields=["counts", "state", "ended_at"])
        Hold.objects.filter(batch=held).delete()
        append(action="import.entered", subject=held, actor=held.by, data={"kind": held.kind, **figures})
