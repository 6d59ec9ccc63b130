"""Specialities by code, in words and by sector."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from registers.history.selectors import believed, in_force
from registers.specialities.models import Moratorium, Retirement, Speciality
from registers.spelling import finds, heard

KEPT_SECONDS = 600
KEY = "specialities.rows"
COLUMNS = ("code", "sector_ar", "sector_fr", "sector_en", "name_ar", "name_fr", "name_en")


def by_sector(language: str) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """Sectors with the specialities (code, name) offered today, both in the alphabetical order of `language`."""
    sectors: dict[str, list[tuple[str, str]]] = {}
    today = timezone.localdate()
    for row in _rows():
        if _is_retired(row, today):
            continue
        sectors.setdefault(row[f"sector_{language}"], []).append((row["code"], row[f"name_{language}"]))
    return [(sector, sorted(found, key=lambda each: each[1])) for sector, found in sorted(sectors.items())]


def name_of(code: str, language: str) -> str:
    """The name of a speciality, or the code where it is not in the nomenclature."""
    return next((row[f"name_{language}"] for row in _rows() if row["code"] == code), code)


def names(language: str) -> Mapping[str, str]:
    """The name of every speciality by its code, retired or not: read once for a page that names many."""
    return {row["code"]: row[f"name_{language}"] for row in _rows()}


def named(matches: Callable[[str], bool]) -> list[str]:
    """The codes of the specialities offered today of which a name, in one language or another, matches."""
    today = timezone.localdate()
    return [
        row["code"]
        for row in _rows()
        if not _is_retired(row, today) and any(matches(row[f"name_{code}"]) for code in ("ar", "fr", "en"))
    ]


def search(words: str, language: str) -> list[dict[str, Any]]:
    """The rows offered today whose code, names or sector the words find, however spelt: sectors and names in order."""
    sought, today = heard(words), timezone.localdate()
    found = [row for row in _rows() if not _is_retired(row, today) and finds(sought, _heard_in(row))]
    return sorted(found, key=lambda row: (not finds(sought, _heard_names(row)), *_order(row, language)))


def row_of(code: str) -> dict[str, Any] | None:
    """What the nomenclature says of a speciality, retired or not."""
    return next((row for row in _rows() if row["code"] == code), None)


def moratorium_on(
    speciality: str, governorate: str, on: date, *, kind: str, believed_at: datetime | None = None
) -> Moratorium | None:
    """What halts a speciality in a governorate on a day, everywhere or there alone; None where nothing does."""
    held = in_force(Moratorium, on, believed_at=believed_at).filter(subject=speciality, kind=kind)
    there = held.filter(Q(governorate__isnull=True) | Q(governorate=governorate))
    return there.select_related("subject", "governorate").order_by("since").first()


def forget() -> None:
    """Read the nomenclature again at the next question: after it was loaded."""
    cache.delete(KEY)


def _heard_names(row: dict[str, Any]) -> tuple[str, ...]:
    return heard(row["name_ar"], row["name_fr"], row["name_en"])


def _heard_in(row: dict[str, Any]) -> tuple[str, ...]:
    return (*_heard_names(row), *heard(row["code"], row["sector_ar"], row["sector_fr"], row["sector_en"]))


def _order(row: dict[str, Any], language: str) -> tuple[str, str]:
    return row[f"sector_{language}"], row[f"name_{language}"]


def _is_retired(row: dict[str, Any], today: date) -> bool:
    return any(since <= today and (until is None or today < until) for since, until in row["retired"])


def _rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] | None = cache.get(KEY)
    if found is None:
        retired: dict[str, list[tuple[date, date | None]]] = {}
        for code, since, until in Retirement.objects.filter(believed()).values_list("subject", "since", "until"):
            retired.setdefault(code, []).append((since, until))
        found = [
            row | {"retired": retired.get(row["code"], [])} for row in Speciality.objects.values(*COLUMNS, "levels")
        ]
        cache.set(KEY, found, KEPT_SECONDS if found else 1)
    return found
