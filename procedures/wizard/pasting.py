"""Rows pasted from a spreadsheet: cells as a person copies them, turned into what the boxes of a row would hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from procedures.asking import new_row_id, row_ids
from procedures.definition import LANGUAGES, Group, spoken
from procedures.fields.tidying import western_digits
from procedures.refusal import Refusal

MOST_SIGNS = 150_000  # of what is pasted at once
YES = frozenset({"yes", "oui", "نعم", "true", "vrai", "1", "x"})
NO = frozenset({"no", "non", "لا", "false", "faux", "0"})
DAY = re.compile(r"(\d{1,2})[\s./-](\d{1,2})[\s./-](\d{2,4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")

Cells = dict[str, list[str]]


def paste(group: Group, text: str, data: MultiValueDict[str, str], *, replace: bool = False) -> int:
    """Put the pasted rows into `data` after those that are there, or in their place; returns how many.

    Wrong cells are put in as they are: the row says what to mend. Raises Refusal, and changes nothing, where the text
    is no table of this group: no row, too many rows or columns, too long.
    """
    rows = list(read(group, text))
    kept = [] if replace else [row for row in row_ids(data, group.code) if _is_filled(group.code, row, data)]
    _refuse_too_many(group, len(kept), len(rows))
    for row in set(row_ids(data, group.code)) - set(kept):
        for name in [name for name in data if name.startswith(f"{group.code}-{row}-")]:
            del data[name]
    for cells in rows:
        row = new_row_id()
        kept.append(row)
        for name, values in cells.items():
            data.setlist(f"{group.code}-{row}-{name}", values)
    data.setlist(f"{group.code}-row", kept)
    return len(rows)


def read(group: Group, text: str) -> Iterator[Cells]:
    """What the boxes of each row hold, by name; a first line of titles says which column is which."""
    if len(text) > MOST_SIGNS:
        raise Refusal(_("You pasted too much at once. Paste it in two parts."), "table")
    table = [(number, cells) for number, cells in enumerate(_cells(text), 1) if any(cells)]
    fields = group.asks.questions()
    columns = list(fields)
    if table and (titled := _columns(fields, table[0][1])):
        columns, table = titled, table[1:]
    if not table:
        raise Refusal(
            _("There is no row in what you pasted. Copy the rows in your spreadsheet, then paste them."), "table"
        )
    for number, cells in table:
        while len(cells) > len(columns) and not cells[-1]:
            cells.pop()
        if len(cells) > len(columns):
            sentence = _(
                "Line %(line)d has %(cells)d columns, and there are %(columns)d. Nothing was added. "
                "Correct it, then paste again."
            )
            said = {"line": number, "cells": len(cells), "columns": len(columns)}
            raise Refusal(sentence % said, "table")
        yield _boxes(fields, dict(zip(columns, cells, strict=False)))


def _cells(text: str) -> list[list[str]]:
    """Lines and cells; a spreadsheet parts cells by tabs, a CSV file by semicolons or commas."""
    text = text.replace("\0", "").replace("\r\n", "\n").strip("\n\ufeff")
    mark = next((mark for mark in "\t;" if mark in text), ",")
    try:
        return [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    except csv.Error:
        raise Refusal(
            _("What you pasted is no table. Copy the rows in your spreadsheet, then paste them."), "table"
        ) from None


def _columns(fields: Mapping[str, Any], cells: list[str]) -> list[str]:
    """The questions that the titles of a first line name, in its order; nothing where it is no line of titles."""
    known = {_plain(spoken(field.label, language)): name for name, field in fields.items() for language in LANGUAGES}
    known |= {_plain(name): name for name in fields}
    named = [known.get(_plain(cell), "") for cell in cells if cell]
    return named if named and all(named) and len(set(named)) == len(named) else []


def _boxes(fields: Mapping[str, Any], cells: Mapping[str, str]) -> Cells:
    found: Cells = {}
    for name, cell in cells.items():
        field = fields[name]
        if field.type == "Date":
            found |= _three_boxes(name, field, cell)
        elif cell:
            found[name] = _values(field, cell)
    return found


def _three_boxes(name: str, field: Any, cell: str) -> Cells:
    """Day, month and year; what is no date stands in the first box, to be seen and mended."""
    typed = western_digits(cell)
    if not typed:
        return {}
    if match := ISO_DAY.fullmatch(typed):
        parts = [match[3], match[2], match[1]]
    elif match := DAY.fullmatch(typed):
        parts = [match[1], match[2], match[3]]
    else:
        parts = [cell, "", ""]
    boxes = dict(zip(("day", "month", "year"), parts, strict=True))
    return {f"{name}{suffix}": [boxes[part]] for part, suffix in _suffixes(field)}


def _suffixes(field: Any) -> Iterable[tuple[str, str]]:
    return zip(("day", "month", "year"), field.widget.widgets_names, strict=True)


def _values(field: Any, cell: str) -> list[str]:
    """A cell as the boxes of its question send it: a label becomes its code, yes and no their signs."""
    if field.type in ("YesNo", "Accept"):
        word = _plain(cell)
        return ["True" if word in YES else "False" if word in NO else cell]
    if field.type == "Choices":
        return [_code(field, each.strip()) for each in re.split(r"[,،;|]", cell) if each.strip()]
    return [_code(field, cell) if getattr(field, "choices", None) else cell]


def _code(field: Any, cell: str) -> str:
    """The code of a choice that is named in any language or by its code; the cell itself where none is."""
    labels = getattr(field, "labels", None)
    if labels is None:  # choices worked out in the language of the page
        labels = {str(code): str(label) for code, label in field.choices if code}
    wanted = _plain(cell)
    for code, label in labels.items():
        if wanted in {_plain(str(code)), *(_plain(spoken(label, language)) for language in LANGUAGES)}:
            return str(code)
    return cell


def _plain(text: str) -> str:
    return re.sub(r"[\s_:*.]+", " ", text.casefold().replace("’", "'")).strip()


def _is_filled(code: str, row: str, data: MultiValueDict[str, str]) -> bool:
    prefix = f"{code}-{row}-"
    return any(value for name, values in data.lists() if name.startswith(prefix) for value in values)


def _refuse_too_many(group: Group, kept: int, added: int) -> None:
    if kept + added > group.most:
        sentence = _(
            "There is room for %(most)d rows: %(kept)d are here and you pasted %(added)d. "
            "Nothing was added. Paste fewer."
        )
        raise Refusal(sentence % {"most": group.most, "kept": kept, "added": added}, "table")
