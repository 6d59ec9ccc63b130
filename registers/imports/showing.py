"""Cells that a person is to look at again, kept sealed beside their row: faults and repairs with what stood there."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from registers.imports.columns import Column
from registers.imports.faults import Fault
from registers.imports.reading.tables import Cell, Row
from registers.people.vault import NoKey, Unreadable, vault

KIND, COUNTRY = "import", "--"  # what a sealed row is bound to in the vault
LONGEST = 300


def sealed(row: Row, places: Mapping[str, int]) -> str:
    """The cells of a row that are asked for, by column; "" opens as none."""
    cells = {name: _short(row[place]) for name, place in places.items() if place < len(row) and row[place] is not None}
    kept = vault().seal(KIND, COUNTRY, json.dumps(cells, ensure_ascii=False))
    return f"{kept.key_id}:{base64.b64encode(kept.value).decode()}"


def opened(raw: str) -> dict[str, Cell]:
    """The cells by column; none where they were purged, or where the key they were sealed with is gone."""
    key_id, _colon, value = raw.partition(":")
    try:
        cells: dict[str, Cell] = json.loads(vault().open(KIND, COUNTRY, base64.b64decode(value), key_id)) if raw else {}
    except (NoKey, Unreadable):
        return {}
    return cells


def repaired_value(column: Column, columns: Sequence[Column], cells: Mapping[str, Cell]) -> str:
    """What was made of a cell, read again with the cells that it depends on."""
    values: dict[str, Any] = {}
    for each in columns:
        try:
            values[each.name] = each.reads.read(cells.get(each.name), values, [])
        except Fault:
            continue
    value = values.get(column.name)
    return "" if value is None else column.reads.written(value)


def _short(cell: Cell) -> Cell:
    return cell[:LONGEST] if isinstance(cell, str) else cell
