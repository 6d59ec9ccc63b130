"""Write very many rows of imports with two statements of our own: the ORM takes ten times as long to build them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.db import connection

from registers.imports.kinds.base import Line
from registers.imports.models import ImportBatch, ImportRow

# A reader that died and another that goes on write the same rows: the one who comes second changes nothing.
ADD = (
    "INSERT INTO imports_importrow (batch_id, line, raw, errors, warnings, state, object_id) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
MARK = "UPDATE imports_importrow SET state = %s, object_id = %s WHERE batch_id = %s AND line = %s"
NOTHING = "[]"


def add_rows(batch: ImportBatch, lines: Iterable[tuple[Line, str, str]]) -> None:
    """Add rows: each line with its state and its sealed cells ("" where nobody is to look at them)."""
    rows = [
        (batch.pk, line.number, raw, _json(line.faults), _json(line.repairs), state, line.object_id)
        for line, state, raw in lines
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(ADD, rows)


def mark_rows(batch: ImportBatch, lines: Sequence[Line]) -> None:
    """Write what sound lines became, and which object."""
    State = ImportRow.State
    rows = [
        (str(State.ALREADY if line.already else State.ENTERED), line.object_id, batch.pk, line.number) for line in lines
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(MARK, rows)


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False) if found else NOTHING
