"""A table as rows of plain cells, whether it came as XLSX or as CSV."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from registers.imports.reading.encodings import encoding_of
from registers.imports.reading.guards import CSV, MOST_COLUMNS
from registers.imports.refusals import FileRefused

Cell = str | int | float | bool | None
Row = list[Cell]
SEPARATORS = (";", ",", "\t")
TOLD = re.compile(r"sep=([;,\t])\r?\n", re.I)  # Excel's own first line
LONGEST_CELL = 100_000


def rows_of(file: BinaryIO, format: str) -> Iterator[Row]:
    """The rows of a file that passed the guards, in order, empty ones too. Raises FileRefused, also while it is read.

    Cells are text, numbers, booleans or None; days come as ISO text, whole numbers as int even where Excel keeps
    them with a decimal point.
    """
    if format == CSV:
        return _csv(file.read())
    return _xlsx(file)


def _xlsx(file: BinaryIO) -> Iterator[Row]:
    try:
        with CalamineWorkbook.from_filelike(file) as workbook:
            sheet = workbook.get_sheet_by_index(_first_that_people_see(workbook))
            before: Row = [None] * (sheet.start[1] if sheet.start else 0)  # rows begin at the first column that is used
            for row in sheet.iter_rows():
                yield before + [_plain(cell) for cell in row]
    except (CalamineError, IndexError, OSError, ValueError) as broken:
        raise FileRefused("damaged") from broken


def _first_that_people_see(workbook: CalamineWorkbook) -> int:
    """The place of the first sheet of cells that is not hidden; of the first of all where there is none."""
    seen = (
        place
        for place, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    )
    return next(seen, 0)


def _plain(cell: Any) -> Cell:
    kind = type(cell)
    if kind is str:
        return cell or None
    if kind is float:
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if kind is datetime:
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if kind is date:
        return str(cell.isoformat())
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell


def _csv(content: bytes) -> Iterator[Row]:
    text = content.decode(encoding_of(content))
    told = TOLD.match(text)
    separator = told[1] if told else _separator(text)
    source = io.StringIO(text[told.end() :] if told else text, newline="")
    rows = _records(csv.reader(source, delimiter=separator, strict=True))
    return _after_line(rows) if told else rows


def _after_line(rows: Iterable[Row]) -> Iterator[Row]:
    """Row numbers are those that a spreadsheet shows: the line about the separator is one of them."""
    yield []
    yield from rows


def _records(reader: Any) -> Iterator[Row]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        for record in reader:
            if len(record) > MOST_COLUMNS:
                raise FileRefused("too_wide")
            yield [cell or None for cell in record]
    except csv.Error as broken:
        raise FileRefused("quotes", row=reader.line_num) from broken
    finally:
        csv.field_size_limit(before)


def _separator(text: str) -> str:
    """The sign that parts the first line that has one; outside quotation marks only."""
    for line in text.splitlines()[:20]:
        bare = re.sub(r'"[^"]*"', "", line)
        most = max(SEPARATORS, key=bare.count)
        if most in bare:
            return most
    return ";"
