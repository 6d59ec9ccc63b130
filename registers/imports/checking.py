"""Read a table and check it: slices of rows, each with what is wrong, in the memory of one slice."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import BinaryIO

from registers.imports.headings import Headings, find_headings
from registers.imports.kinds.base import Kind, Line
from registers.imports.reading.guards import MOST_ROWS
from registers.imports.reading.tables import Row, rows_of
from registers.imports.refusals import FileRefused
from registers.imports.scenes import Scene

SLICE = 1_000
MOST_ROWS_OF_A_STRUCTURE = 20_000  # whatever the number of its groups; an assumption


@dataclass
class Read:
    """A row of the file as it stood, and what was made of it."""

    line: Line
    cells: Row


@dataclass
class Table:
    """An opened table: what heads it, and its rows below the headings with their numbers. Empty rows are left out."""

    headings: Headings
    numbered: Iterator[tuple[int, Row]]


def open_rows(file: BinaryIO, format: str, kind: Kind) -> Table:
    """Find the headings of a stored file. Raises FileRefused, also later, while the rows are read."""
    rows = rows_of(file, format)
    headings = find_headings(rows, kind.columns)
    return Table(headings, _filled(rows, headings))


def slices(table: Table, kind: Kind, scene: Scene, *, size: int = SLICE) -> Iterator[list[Read]]:
    """Rows read and checked, `size` at a time. Raises FileRefused where there are more than may be."""
    most, count = MOST_ROWS if scene.is_office else MOST_ROWS_OF_A_STRUCTURE, 0
    while part := list(islice(table.numbered, size)):
        count += len(part)
        if count > most:
            raise FileRefused("too_many_rows", limit=most)
        read = [Read(kind.read(number, row, table.headings.places, scene.today), row) for number, row in part]
        lines = [each.line for each in read]
        kind.check_repetitions(lines, scene)
        kind.check(lines, scene)
        yield read
    if not count:
        raise FileRefused("no_rows")


def chosen(table: Table, lines: Collection[int], kind: Kind, today: date) -> Iterator[Read]:
    """The rows with these numbers, ascending, read again."""
    left = len(lines)
    for number, row in table.numbered:
        if not left:
            return
        if number in lines:
            left -= 1
            yield Read(kind.read(number, row, table.headings.places, today), row)


def _filled(rows: Iterator[Row], headings: Headings) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(rows, start=headings.row + 1):
        if any(cell is not None and cell != "" and cell != " " for cell in row) and not headings.is_example(row):
            yield number, row
