"""A list of reference as a CSV table: its rows, its faults with their remedies, and what it would change."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from procedures.refusal import Refusal

MOST_BYTES = 1024 * 1024
MOST_ROWS = 5000
BEFORE_A_SIGN = re.compile(" (?=[:;!?»])")
UNSEEN = str.maketrans("", "", "\ufeff\u200b\u200e\u200f\u202a\u202b\u202c")

Row = dict[str, str]


@dataclass(frozen=True)
class Column:
    """One column: how long its texts may be, whether they may be empty, and what they look like."""

    name: str
    longest: int
    needed: bool = True
    looks: re.Pattern[str] | None = field(default=None, compare=False)
    example: str = ""


@dataclass(frozen=True)
class Fault:
    line: int  # in the file, its head being line 1
    column: str
    value: str
    remedy: str


@dataclass(frozen=True)
class Change:
    code: str
    was: Row
    now: Row


@dataclass(frozen=True)
class Difference:
    """What a table would do to a list: codes that are new, codes that change, and how many stay as they are."""

    added: Sequence[Row]
    changed: Sequence[Change]
    same: int


def text_of(content: bytes) -> str:
    """The text of a CSV file. Raises Refusal (too large, not UTF-8)."""
    if len(content) > MOST_BYTES:
        raise Refusal(_("The file is larger than 1 MB. Divide it, then load its parts."), "table")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _not_utf8() -> Refusal:
    words = _("The file is not in UTF-8. In your spreadsheet, save it as “CSV UTF-8”, then choose it again.")
    return Refusal(words, "table")


def read(text: str, columns: Sequence[Column]) -> tuple[list[Row], list[Fault]]:
    """Rows and faults of a table whose first line names its columns; commas and semicolons both part them.

    Columns that may be empty may be missing. Raises Refusal (no such columns, no row, too many rows).
    """
    if "\x00" in text:  # what other encodings are full of, and no database keeps
        raise _not_utf8()
    head = text.split("\n", 1)[0]
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",", strict=True)
        present = {str(name).strip(): name for name in reader.fieldnames or ()}
        missing = [column.name for column in columns if column.needed and column.name not in present]
        if missing:
            names = ", ".join(missing)
            raise Refusal(_("Columns are missing: %(names)s. Name them in the first line.") % {"names": names}, "table")
        rows = [(reader.line_num, _row(found, present, columns)) for found in reader]
    except csv.Error as broken:
        raise Refusal(_("The file is no table: a quotation mark does not close. Save it anew."), "table") from broken
    rows = [(line, row) for line, row in rows if any(row.values())]
    if not rows or len(rows) > MOST_ROWS:
        words = _("The table has no row.") if not rows else _("The table has more than 5000 rows. Divide it.")
        raise Refusal(words, "table")
    return [row for _line, row in rows], list(_faults(rows, columns))


def compare(rows: Iterable[Row], known: Mapping[str, Row]) -> Difference:
    """What these rows would change in a list kept by `code`; a column that the table leaves out stays as it is."""
    added, changed, same = [], [], 0
    for row in rows:
        before = known.get(row["code"])
        now = {name: value for name, value in row.items() if before is not None and before.get(name, "") != value}
        if before is None:
            added.append(row)
        elif now:
            changed.append(Change(row["code"], {name: before.get(name, "") for name in now}, now))
        else:
            same += 1
    return Difference(added, changed, same)


def _row(found: Mapping[Any, Any], present: Mapping[str, str], columns: Sequence[Column]) -> Row:
    held = [column.name for column in columns if column.name in present]
    return {name: _tidy(str(found[present[name]] or "")) for name in held}


def _tidy(cell: str) -> str:
    """Single spaces; the one before a French colon keeps it with its word."""
    return BEFORE_A_SIGN.sub("\u00a0", " ".join(cell.translate(UNSEEN).split()))


def _faults(rows: Sequence[tuple[int, Row]], columns: Sequence[Column]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for line, row in rows:
        for column in columns:
            if column.name in row and (remedy := _remedy(column, row[column.name])):
                yield Fault(line, column.name, row[column.name], remedy)
        code = row.get("code", "")
        if code in seen:
            words = _("This code stands in line %(line)s already. Keep one of the two.") % {"line": seen[code]}
            yield Fault(line, "code", code, words)
        seen.setdefault(code, line)


def _remedy(column: Column, value: str) -> str:
    if not value:
        return _("Fill this cell in.") if column.needed else ""
    if len(value) > column.longest:
        return _("Shorten it to %(most)s characters.") % {"most": column.longest}
    if column.looks and not column.looks.fullmatch(value):
        return _("Write it as in this example: %(example)s.") % {"example": column.example}
    return ""
