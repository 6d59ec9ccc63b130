"""Faults, repairs and refusals put into words of the active language, with the headings of the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from registers.imports.columns import Column
from registers.imports.faults import remedy
from registers.imports.kinds.all import KINDS
from registers.imports.models import ImportBatch
from registers.imports.reading.tables import Cell
from registers.imports.refusals import sentence

LEFT_TO_RIGHT = re.compile(r"[A-Za-z0-9+@](?:[A-Za-z0-9+@./:\- ]*[A-Za-z0-9])?")


def language() -> str:
    return (get_language() or "ar")[:2]


def column_of(kind: str, name: str) -> Column | None:
    return next((column for column in KINDS[kind].columns if column.name == name), None)


def heading_of(kind: str, name: str) -> str:
    column = column_of(kind, name)
    return column.heading(language()) if column else name


def how_to_mend(kind: str, fault: Mapping[str, Any]) -> str:
    """The sentence of a fault. Values that name a column or a choice are shown as people know them."""
    values = dict(fault["values"])
    column = column_of(kind, fault["column"])
    if "near" in values and column is not None:
        values["near"] = column.reads.written(values["near"])
    if "other" in values:
        values["other"] = heading_of(kind, values["other"])
    return remedy(fault["code"], values)


def in_reading_order(sentence: str) -> str:
    """Dates, numbers in groups and addresses set apart in an Arabic sentence, so that a page shows them as written."""
    if language() != "ar":
        return sentence
    return LEFT_TO_RIGHT.sub(lambda run: f"\u2066{run[0]}\u2069", sentence)


def why_refused(batch: ImportBatch) -> str:
    """Why the whole file cannot be read; columns by their headings."""
    values = dict(batch.refusal.get("values", {}))
    if "columns" in values:
        comma = "، " if language() == "ar" else ", "
        values["columns"] = comma.join(heading_of(batch.kind, name) for name in values["columns"])
    return sentence(batch.refusal["code"], values)


def who_is_meant(kind: str, cells: Mapping[str, Cell]) -> str:
    """What names a row to people, from its cells: first and last name, or the name of a structure."""
    tongue = language()
    named = KINDS[kind].name_columns
    for names in [named.get(tongue, ()), *named.values()]:
        words = [str(cells[name]) for name in names if cells.get(name)]
        if words:
            return " ".join(words)
    return ""
