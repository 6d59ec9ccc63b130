"""The figures of a batch: worked out of its rows, never added up along the way, so that no crash makes them wrong."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from registers.imports.models import ImportBatch, ImportRow

State = ImportRow.State


def counts_of(batch: ImportBatch) -> dict[str, int]:
    """How many rows there are, by what becomes of them; `repaired` are sound too, `sound` are those without repair."""
    unrepaired = Q(warnings=[])
    figures: dict[str, Any] = batch.rows.aggregate(
        rows=Count("pk"),
        sound=Count("pk", Q(state=State.SOUND) & unrepaired),
        repaired=Count("pk", Q(state=State.SOUND) & ~unrepaired),
        faulty=Count("pk", Q(state=State.FAULTY)),
        already=Count("pk", Q(state=State.ALREADY)),
        entered=Count("pk", Q(state=State.ENTERED)),
        refused=Count("pk", Q(state=State.REFUSED)),
    )
    return figures
