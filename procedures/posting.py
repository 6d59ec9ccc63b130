"""Stored answers as a browser posts them: what a form made from a definition is bound to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procedures.definition import Block, Procedure
from procedures.definition.walking import groups


def posted(procedure: Procedure, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as a browser posts them: "identity-birth_date_0" and so on, for every block of `answers`."""
    data: dict[str, Any] = {}
    many = groups(procedure)
    for code, given in answers.items():
        rows = given if code in many else [given]
        for row in rows:
            prefix = f"{code}-{row['_row']}" if code in many else code
            data |= _posted_row(procedure.blocks[code].block, prefix, row)
        if code in many:
            data[f"{code}-row"] = [row["_row"] for row in rows]
    return data


def _posted_row(block: Block, prefix: str, row: Mapping[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, field in block.asks.questions().items():
        value = row.get(name)
        if value is None or (value is False and field.type == "Accept"):
            continue
        if field.type == "Date":
            parts = zip(("day", "month", "year"), reversed(str(value).split("-")), strict=True)
            suffixes = dict(zip(("day", "month", "year"), field.widget.widgets_names, strict=True))
            data |= {f"{prefix}-{name}{suffixes[part]}": digits for part, digits in parts}
        else:
            data[f"{prefix}-{name}"] = value if isinstance(value, list) else str(value)
    return data
