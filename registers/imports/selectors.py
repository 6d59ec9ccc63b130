"""Imports as people see them: how far one is, which rows are to be mended and how, what was repaired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from procedures.jobs.models import Job
from registers.imports.faults import REPAIRS
from registers.imports.kinds.all import KINDS
from registers.imports.models import ImportBatch, ImportRow
from registers.imports.services import jobs_of
from registers.imports.showing import opened, repaired_value
from registers.imports.wording import column_of, heading_of, how_to_mend, in_reading_order, who_is_meant

ROWS_ON_A_PAGE = 25
TO_MEND = (ImportRow.State.FAULTY, ImportRow.State.REFUSED)
NOT_SOUND_YET = (ImportRow.State.SOUND,)


@dataclass(frozen=True)
class Fault:
    """A fault as a row of the preview: where, of whom, in which column, what stands there, how to mend it."""

    line: int
    first: bool  # of its row: the following ones repeat neither line nor name
    who: str
    heading: str
    value: str
    mend: str


@dataclass(frozen=True)
class Repair:
    """A repair with one example."""

    says: str
    rows: int
    before: str
    after: str


def imports_of(*, organisation: Any = None, offices: Any = None) -> QuerySet[ImportBatch]:
    """Imports of an organisation, or of these offices, the newest first."""
    if organisation is not None:
        return ImportBatch.objects.filter(organisation=organisation).select_related("by")
    return ImportBatch.objects.filter(office__in=offices).select_related("by")


def faults_of(batch: ImportBatch, page: Any = 1) -> tuple[Page[ImportRow], list[Fault]]:
    """A page of rows to mend, and their faults in the active language."""
    rows = batch.rows.filter(state__in=TO_MEND).order_by("line")
    shown = Paginator(rows, ROWS_ON_A_PAGE).get_page(page)
    return shown, [fault for row in shown.object_list for fault in _faults(batch.kind, row)]


def repairs_of(batch: ImportBatch) -> list[Repair]:
    """Each kind of repair, the most frequent first, with what the first one made of what."""
    found = sorted(batch.counts.get("repairs", {}).items(), key=lambda item: -item[1][0])
    examples = {row.line: row for row in batch.rows.filter(line__in=[first for _code, (_rows, first) in found])}
    return [_repair(batch.kind, code, rows, examples[first]) for code, (rows, first) in found if first in examples]


def entered_share(batch: ImportBatch) -> int:
    """How much of the entering is done, in whole percent."""
    every = batch.counts.get("sound", 0) + batch.counts.get("repaired", 0)
    left = batch.rows.filter(state__in=NOT_SOUND_YET).count()
    return 100 if not every else max(0, min(100, (every - left) * 100 // every))


def is_stopped(batch: ImportBatch) -> bool:
    """Whether the work on it was given up after several tries: what was entered is kept."""
    at_work = batch.state in (ImportBatch.State.READING, ImportBatch.State.ENTERING)
    return at_work and jobs_of(batch).filter(state=Job.State.DEAD).exists()


def _faults(kind: str, row: ImportRow) -> Iterator[Fault]:
    cells = opened(row.raw)
    for place, fault in enumerate(row.errors):
        cell = cells.get(fault["column"])
        yield Fault(
            line=row.line,
            first=place == 0,
            who=who_is_meant(kind, cells),
            heading=heading_of(kind, fault["column"]),
            value="" if cell is None else str(cell),
            mend=in_reading_order(how_to_mend(kind, fault)),
        )


def _repair(kind: str, code: str, rows: int, example: ImportRow) -> Repair:
    name = next(warning["column"] for warning in example.warnings if warning["code"] == code)
    cells, column = opened(example.raw), column_of(kind, name)
    after = repaired_value(column, KINDS[kind].columns, cells) if column and cells else ""
    before = str(cells.get(name, ""))
    if code == "spaces":  # which are seen between marks only
        before, after = f"«{before}»", f"«{after}»"
    return Repair(str(REPAIRS[code]), rows, before, after)
