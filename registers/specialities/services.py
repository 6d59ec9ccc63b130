"""Loading the nomenclature of specialities from a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from registers.specialities.models import Speciality
from registers.specialities.selectors import COLUMNS, forget

OPTIONAL = {"sector": 12, "isced_f": 4, "isco08": 4, "levels": 60}  # columns that a table may leave out
LONGEST = {"code": 12, "sector_ar": 100, "sector_fr": 100, "sector_en": 100} | dict.fromkeys(COLUMNS[4:], 150)


class FaultyTable(Exception):
    """The table cannot be loaded; its faults, one a line, each with its row."""


@dataclass(frozen=True)
class Loaded:
    added: int
    changed: int


@transaction.atomic
def load_specialities(*, path: Path, invented: bool) -> Loaded:
    """Load a CSV table (UTF-8, columns code, sector_ar ... name_en), whole or not at all; raises FaultyTable.

    It may also say the code of the sector, ISCED-F, ISCO-08, and the levels ("CAP BTP") of each.
    A code that is there already takes the new names; what the table leaves out stays, for cases may name it.
    """
    rows = _read(path)
    known = set(Speciality.objects.values_list("code", flat=True))
    for row in rows:
        said: dict[str, Any] = {**row, "invented": invented}
        if "levels" in row:
            said["levels"] = row["levels"].split()
        Speciality.objects.update_or_create(code=row["code"], defaults=said)
    forget()
    added = sum(row["code"] not in known for row in rows)
    return Loaded(added=added, changed=len(rows) - added)


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as table:
            reader = csv.DictReader(table)
            missing = set(COLUMNS) - set(reader.fieldnames or ())
            if missing:
                raise FaultyTable(f"Columns are missing: {', '.join(sorted(missing))}.")
            columns = [*COLUMNS, *(column for column in OPTIONAL if column in (reader.fieldnames or ()))]
            rows = [{column: (row[column] or "").strip() for column in columns} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as broken:
        raise FaultyTable(f"{path} cannot be read as a UTF-8 table: {broken}") from broken
    faults = list(_faults(rows))
    if faults:
        raise FaultyTable("\n".join(faults))
    return rows


def _faults(rows: list[dict[str, str]]) -> Iterator[str]:
    if not rows:
        yield "The table has no row."
    seen: set[str] = set()
    for line, row in enumerate(rows, start=2):
        for column, longest in LONGEST.items():
            if not row[column]:
                yield f"Row {line}: {column} is empty."
            elif len(row[column]) > longest:
                yield f"Row {line}: {column} is longer than {longest} characters."
        for column in OPTIONAL.keys() & row.keys():
            if len(row[column]) > OPTIONAL[column]:
                yield f"Row {line}: {column} is longer than {OPTIONAL[column]} characters."
        if row["code"] in seen:
            yield f"Row {line}: the code {row['code']} stands twice."
        seen.add(row["code"])
