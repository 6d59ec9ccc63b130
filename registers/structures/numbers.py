"""The permanent number of a structure, `82-00042-0`: governorate, serial, and Damm's check digit."""

from __future__ import annotations

import re

from django.db import transaction

from registers.structures.errors import SeriesIsFull
from registers.structures.models import NumberSeries

SHAPE = re.compile(r"(\d{2})-(\d{5})-(\d)", re.ASCII)
LAST = 99_999
# Damm 2004: finds every wrong digit and every swap of neighbours.
TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def next_number(governorate: str) -> str:
    """Take the next number of a governorate ("82") inside the caller's transaction: rolled back, it was never given.

    Raises SeriesIsFull.
    """
    with transaction.atomic(savepoint=False):
        NumberSeries.objects.bulk_create([NumberSeries(governorate=governorate)], ignore_conflicts=True)
        series = NumberSeries.objects.select_for_update().get(governorate=governorate)
        if series.last >= LAST:
            raise SeriesIsFull(governorate)
        series.last += 1
        series.save(update_fields=["last"])
    return written(governorate, series.last)


def written(governorate: str, serial: int) -> str:
    return f"{governorate}-{serial:05d}-{_damm(f'{governorate}{serial:05d}')}"


def is_well_formed(number: str) -> bool:
    """Whether the check digit agrees: finds a slip before any query."""
    found = SHAPE.fullmatch(number.strip())
    return found is not None and _damm("".join(found.groups())) == 0


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = TABLE[interim][int(digit)]
    return interim
