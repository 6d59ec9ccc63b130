"""Tables that leave the portal: CSV line by line, XLSX row by row; no text of theirs is ever taken for a formula."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.utils import timezone

FORMULA = ("=", "+", "-", "@")
CONTROL = ("\t", "\r", "\n", "\x0b", "\x0c", "\x00")
UTF8 = "\ufeff"  # without it a spreadsheet reads Arabic as something else
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MOST_SIGNS = 32_000  # in a cell


class _Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def harmless(value: Any) -> str:
    """A cell as every spreadsheet reads it as text: an apostrophe leads what would begin a formula.

    Spreadsheets pass over leading blanks, and some over the width of a sign: so does this. A telephone keeps its "+".
    """
    text = _text(value)
    if isinstance(value, int | float | Decimal):
        return text
    first = unicodedata.normalize("NFKC", text).lstrip(" \u200b\u200e\u200f\u2060\ufeff")
    return f"'{text}" if text.startswith(CONTROL) or first.startswith((*FORMULA, *CONTROL)) else text


def csv_lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Each row as a line, with the mark of UTF-8 before the first."""
    writer = csv.writer(_Echo())
    mark = UTF8
    for row in rows:
        yield mark + str(writer.writerow([harmless(cell) for cell in row]))
        mark = ""


def xlsx_file(rows: Iterable[Sequence[Any]], *, right_to_left: bool = False, head: int = 1) -> IO[bytes]:
    """A workbook of one sheet in a temporary file open at its beginning; no more than a row is held in memory."""
    target = TemporaryFile()  # noqa: SIM115 - whoever asked closes it
    with xlsxwriter.Workbook(target, SAFE) as book:
        sheet = book.add_worksheet()
        if right_to_left:
            sheet.right_to_left()
        sheet.freeze_panes(head, 0)
        plain, bold = book.add_format({"quote_prefix": True}), book.add_format({"quote_prefix": True, "bold": True})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                write_cell(sheet, number, place, cell, bold if number < head else plain)
    target.seek(0)
    return target


def write_cell(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    """Numbers as numbers, everything else as text that is marked as text."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif text := _text(value)[:MOST_SIGNS]:
        sheet.write_string(row, column, text, style)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if timezone.is_aware(value) else str(value)
    return value.isoformat() if isinstance(value, date) else str(value)
