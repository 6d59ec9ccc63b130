"""Numbers for people: `EQV-2026-000123-NN`, without gaps in a series and year, with two check digits."""

import re
from datetime import date

from django.db import transaction

from procedures.cases.models import Counter

SHAPE = re.compile(r"([A-Z]{3})-(\d{4})-(\d{6,})-(\d{2})")


def hold_series(*, series: str, on: date) -> Counter:
    """Lock the counter of a series and year until the caller's transaction ends; it is made where it is missing."""
    held = Counter.objects.select_for_update().filter(series=series, year=on.year)
    found = held.first()
    if found is None:
        Counter.objects.bulk_create([Counter(series=series, year=on.year)], ignore_conflicts=True)
        found = held.get()
    return found


def next_number(*, series: str, prefix: str, on: date, held: Counter | None = None) -> str:
    """Take the next number inside the caller's transaction, which may have `held` the series; rolled back, it was
    never given."""
    with transaction.atomic(savepoint=False):
        counter = held or hold_series(series=series, on=on)
        counter.last += 1
        counter.save(update_fields=["last"])
    return with_check_digits(prefix, on.year, counter.last)


def with_check_digits(prefix: str, year: int, serial: int) -> str:
    body = f"{prefix}-{year}-{serial:06d}"
    return f"{body}-{98 - _remainder(body + '00'):02d}"


def is_well_formed(number: str) -> bool:
    """Whether the check digits agree (ISO 7064 mod 97-10, letters as A=10 to Z=35): finds a slip before any query."""
    found = SHAPE.fullmatch(number.strip().upper())
    return bool(found) and _remainder(number.strip().upper()) == 1


def _remainder(written: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in written if sign != "-")) % 97
