"""Stage a table: its rows checked and written down in slices, so that a reader that dies goes on where it was."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from procedures.jobs.services import final_act
from registers.imports.checking import Read, open_rows, slices
from registers.imports.counting import counts_of
from registers.imports.headings import Headings
from registers.imports.kinds.all import KINDS
from registers.imports.models import ImportBatch, ImportRow
from registers.imports.opening import scene_of
from registers.imports.refusals import FileRefused
from registers.imports.rows import add_rows
from registers.imports.shelf import open_table
from registers.imports.showing import sealed

State = ImportBatch.State


@dataclass
class Sum:
    """What the whole file shows: how often each repair was made and where first, and which groups it touches."""

    repairs: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    scopes: set[str] = field(default_factory=set)

    def add(self, part: list[Read]) -> None:
        for line in (each.line for each in part):
            if line.scope and not line.faults:
                self.scopes.add(line.scope)
            for code in {repair["code"] for repair in line.repairs if not line.faults}:
                self.repairs[code] += 1
                self.first.setdefault(code, line.number)


def stage(*, batch_id: int) -> None:
    """Read, check and write down the rows of a received table; it waits for a decision then. Once, however often run.

    A file that cannot be read is refused with its reason, and keeps no row.
    """
    batch = ImportBatch.objects.filter(pk=batch_id, state=State.READING).first()
    if batch is None:
        return
    try:
        headings, found = _staged(batch)
    except FileRefused as refused:
        _refuse(batch, refused)
        return
    with final_act():
        held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if held.state != State.READING:
            return
        repairs = {code: [count, found.first[code]] for code, count in found.repairs.items()}
        held.counts = {**counts_of(held), "repairs": repairs}
        held.headings, held.scopes = headings.stored(), sorted(found.scopes)
        held.state, held.read_at = State.READY, timezone.now()
        held.save(update_fields=["counts", "headings", "scopes", "state", "read_at"])


def _staged(batch: ImportBatch) -> tuple[Headings, Sum]:
    kind, scene, found = KINDS[batch.kind], scene_of(batch), Sum()
    last = batch.rows.aggregate(last=Max("line"))["last"] or 0
    with open_table(batch) as file:
        table = open_rows(file, batch.format, kind)
        read = 0
        for part in slices(table, kind, scene):
            found.add(part)
            read += len(part)
            new = [(each.line, *_kept(each, table.headings)) for each in part if each.line.number > last]
            with transaction.atomic():
                add_rows(batch, new)
                if not ImportBatch.objects.filter(pk=batch.pk, state=State.READING).update(counts={"read": read}):
                    break  # cancelled meanwhile
    return table.headings, found


def _kept(each: Read, headings: Headings) -> tuple[str, str]:
    """The state of a row and, where somebody is to look at it, its cells, sealed."""
    line, state = each.line, ImportRow.State.SOUND
    if line.faults:
        state = ImportRow.State.FAULTY
    elif line.already:
        state = ImportRow.State.ALREADY
    return str(state), sealed(each.cells, headings.places) if line.faults or line.repairs else ""


def _refuse(batch: ImportBatch, refused: FileRefused) -> None:
    with final_act():
        held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if held.state != State.READING:
            return
        held.rows.all().delete()
        held.state, held.refusal = State.REFUSED, {"code": refused.code, "values": refused.values}
        held.counts, held.read_at = {}, timezone.now()
        held.save(update_fields=["state", "refusal", "counts", "read_at"])
