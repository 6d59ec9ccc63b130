"""A holder's names in both scripts, whole and as a stranger may read them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Names:
    """A holder in both scripts; either may be missing."""

    ar: str = ""
    lat: str = ""
    short_ar: str = ""
    short_lat: str = ""

    def shortened(self) -> dict[str, str]:
        """First name and first letter of the family name: what a stranger with the code alone may read."""
        return {"ar": self.short_ar or _guessed(self.ar), "lat": self.short_lat or _guessed(self.lat)}


def named(found: Any) -> Names:
    """The names behind a block of identity, a legal person, or one answer."""
    if not isinstance(found, dict):
        return Names(ar=str(found)) if found else Names()
    if "denomination_ar" in found or "denomination_fr" in found:
        company = _squeezed(found.get("denomination_ar")), _squeezed(found.get("denomination_fr"))
        return Names(*company, *company)  # a company is no person: its name is public
    first, last = _squeezed(found.get("first_name_ar")), _squeezed(found.get("last_name_ar"))
    first_lat, last_lat = _squeezed(found.get("first_name_lat")), _squeezed(found.get("last_name_lat")).upper()
    return Names(
        _squeezed(first, last), _squeezed(first_lat, last_lat), _short(first, last), _short(first_lat, last_lat)
    )


def _squeezed(*parts: Any) -> str:
    return " ".join(" ".join(str(part) for part in parts if part).split())


def _short(first: str, last: str) -> str:
    return f"{first} {last.removeprefix('ال')[:1]}." if first and last else first


def _guessed(whole: str) -> str:
    first, _space, last = whole.partition(" ")
    return _short(first, last)
