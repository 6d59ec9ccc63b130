"""The figures and lists that the pages of an import show."""

from __future__ import annotations

from typing import Any

from registers.imports.models import ImportBatch
from registers.imports.selectors import entered_share, faults_of, is_stopped, repairs_of
from registers.imports.wording import why_refused


def progress(batch: ImportBatch) -> dict[str, Any]:
    """How far a batch is that a worker reads or enters."""
    share = entered_share(batch) if batch.state == ImportBatch.State.ENTERING else 0
    return {"share": share, "read": batch.counts.get("read", 0), "is_stopped": is_stopped(batch)}


def preview(batch: ImportBatch, page: Any) -> dict[str, Any]:
    """What stands on the page of a batch that was read: why it cannot be, or its rows to mend and its repairs."""
    if batch.state == ImportBatch.State.REFUSED:
        return {"why": why_refused(batch)}
    shown, faults = faults_of(batch, page)
    counts = batch.counts
    to_enter = counts.get("sound", 0) + counts.get("repaired", 0)
    to_mend = counts.get("faulty", 0) + counts.get("refused", 0)
    return {
        "counts": counts,
        "to_enter": to_enter,
        "to_mend": to_mend,
        "page_obj": shown,
        "faults": faults,
        "repairs": repairs_of(batch),
        "repairs_made": sum(rows for rows, _first in counts.get("repairs", {}).values()),
        "groups": sum(scope.startswith("group:") for scope in batch.scopes),
        "bars": _bars(counts),
        "unknown": batch.headings.get("unknown", []),
    }


def _bars(counts: dict[str, Any]) -> list[dict[str, str]]:
    """Parts of one bar from 0 to 100: sound or entered, already there, repaired, to mend; written for an SVG."""
    parts = (
        ("c3", counts.get("sound", 0) + counts.get("entered", 0)),
        ("c1", counts.get("already", 0)),
        ("c2", counts.get("repaired", 0)),
        ("bad", counts.get("faulty", 0) + counts.get("refused", 0)),
    )
    every, start, bars = sum(part for _style, part in parts) or 1, 0.0, []
    for style, part in parts:
        width = part * 100 / every
        if part:
            bars.append({"style": style, "x": f"{start:.2f}", "width": f"{width:.2f}"})
        start += width
    return bars
