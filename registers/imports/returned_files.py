"""The same file back: every row as it was, faulty cells red, and a column that says how to mend each row."""

from __future__ import annotations

from collections.abc import Mapping
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from procedures.spreadsheets import SAFE, write_cell
from registers.imports.models import ImportBatch, ImportRow
from registers.imports.reading.tables import rows_of
from registers.imports.shelf import open_table
from registers.imports.wording import heading_of, how_to_mend, language

ERRORS = {"ar": "أخطاء", "fr": "Erreurs", "en": "Errors"}
FAULTY = (ImportRow.State.FAULTY, ImportRow.State.REFUSED)
RUMMAN, PALE = "#A31D34", "#FCECEE"


def returned_file(batch: ImportBatch) -> IO[bytes]:
    """An XLSX in words of the active language, in a temporary file open at its beginning.

    Raises FileNotFoundError where the file was purged.

    Every text is written as text and marked as such, so that no cell becomes a formula, here or in a CSV made of it.
    """
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    faults = {row.line: row.errors for row in batch.rows.filter(state__in=FAULTY).only("line", "errors")}
    places, head = batch.headings["places"], batch.headings["row"]
    with open_table(batch) as file, xlsxwriter.Workbook(target, SAFE) as book:
        sheet = book.add_worksheet()
        if language() == "ar":
            sheet.right_to_left()
        plain = book.add_format({"quote_prefix": True})
        red = book.add_format({"bg_color": PALE, "border": 2, "border_color": RUMMAN, "quote_prefix": True})
        said = book.add_format({"font_color": RUMMAN, "bold": True, "quote_prefix": True})
        added = 0  # the place of the column of errors: right after the last heading
        for number, row in enumerate(rows_of(file, batch.format), start=1):
            if number == head:
                added = len(row)
                sheet.set_column(added, added, 60)
            found = faults.get(number, ())
            wrong = {places.get(fault["column"]) for fault in found}
            for place, cell in enumerate(row):
                write_cell(sheet, number - 1, place, cell, red if place in wrong else plain)
            for place in wrong - {None}:
                if place >= len(row) or row[place] is None:
                    sheet.write_blank(number - 1, place, None, red)
            if number == head:
                sheet.write_string(number - 1, added, ERRORS[language()], said)
            elif found:
                sheet.write_string(number - 1, added, _told(batch.kind, found), said)
    target.seek(0)
    return target


def _told(kind: str, found: list[Mapping[str, Any]]) -> str:
    """Each fault with the heading of its column, for one row may have several."""
    return "\n".join(f"{heading_of(kind, fault['column'])}: {how_to_mend(kind, fault)}" for fault in found)
