"""Which column of a file is which: headings in any language of the portal, in any order, below a title or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from registers.imports.columns import Column
from registers.imports.reading.tables import Row
from registers.imports.refusals import FileRefused
from registers.imports.signs import bare

SEARCHED = 20  # rows above which a heading is looked for
REMARK = {bare(word) for word in ("ملاحظة", "Remarque", "Remark")}  # the column in which the example says what it is
INVENTED = {"ar": "مثال مختلق، لا يُستورد", "fr": "Exemple inventé, non importé", "en": "Invented example, not imported"}
_INVENTED = {bare(words) for words in INVENTED.values()}


@dataclass(frozen=True)
class Headings:
    """`row` counts from 1; `places` gives the place of each column from 0; `unknown` are headings nobody asks for."""

    row: int
    places: Mapping[str, int]
    unknown: tuple[str, ...] = ()
    remark: int | None = None

    def stored(self) -> dict[str, object]:
        return {"row": self.row, "places": dict(self.places), "unknown": list(self.unknown), "remark": self.remark}

    def is_example(self, row: Row) -> bool:
        return self.remark is not None and self.remark < len(row) and bare(str(row[self.remark])) in _INVENTED


def find_headings(rows: Iterable[Row], columns: Sequence[Column]) -> Headings:
    """Read on until a row heads at least half of the columns that must be there. Raises FileRefused.

    `rows` is left just below the headings. A column that may be missing may be missing as a whole.
    """
    known = {bare(words): column.name for column in columns for words in _words(column)}
    needed = {column.name for column in columns if column.required}
    for number, row in enumerate(rows, start=1):
        found = [known.get(bare(str(cell))) if cell is not None else None for cell in row]
        if len(needed.intersection(filter(None, found))) * 2 >= len(needed):
            return _checked(number, row, found, columns)
        if number >= SEARCHED:
            break
    raise FileRefused("no_heading")


def _checked(number: int, row: Row, found: Sequence[str | None], columns: Sequence[Column]) -> Headings:
    twice = [each.name for each in columns if found.count(each.name) > 1]
    if twice:
        raise FileRefused("twice_columns", columns=twice)
    missing = [each.name for each in columns if each.required and each.name not in found]
    if missing:
        raise FileRefused("missing_columns", columns=missing)
    remark = next((place for place, cell in enumerate(row) if bare(str(cell)) in REMARK), None)
    unknown = tuple(str(cell)[:80] for place, cell in enumerate(row) if cell and not found[place] and place != remark)
    return Headings(number, {name: place for place, name in enumerate(found) if name}, unknown[:20], remark)


def _words(column: Column) -> tuple[str, ...]:
    return (column.name, column.ar, column.fr, column.en, *column.also)
