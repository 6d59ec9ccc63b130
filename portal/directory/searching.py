"""What is searched in the directory, as the address has it; a value that means nothing is no filter."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language

from registers.history.selectors import in_force
from registers.places.selectors import governorate_names
from registers.specialities.selectors import named, names
from registers.spelling import words_of
from registers.structures.models import Status, Structure, Teaching, TrainingKind
from registers.structures.numbers import is_well_formed
from registers.structures.selectors import search

LONGEST_WORDS = 100
DIGITS = 8  # of a permanent number
FACETS: Mapping[str, tuple[str, ...]] = {
    "status": (Status.ACTIVE, Status.DECLARED, Status.SUSPENDED, Status.CLOSED),
    "homologated": ("yes", "no"),
    "kind": tuple(TrainingKind.values),
}


@dataclass(frozen=True)
class Asked:
    """Words, place and speciality choose structures; the ticked boxes of each facet narrow them."""

    day: date
    words: str = ""
    place: str = ""
    speciality: str = ""
    ticked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def by(cls, query: QueryDict, day: date) -> "Asked":
        language = (get_language() or "ar")[:2]
        place, speciality = query.get("place", ""), query.get("speciality", "")
        known = names(language) if speciality else {}
        ticked = {
            name: tuple(value for value in values if value in query.getlist(name)) for name, values in FACETS.items()
        }
        return cls(
            day=day,
            words=" ".join(query.get("q", "").replace("\x00", "").split())[:LONGEST_WORDS],
            place=place if place in governorate_names(language) else "",
            speciality=speciality if speciality in known else "",
            ticked={name: values for name, values in ticked.items() if values and len(values) < len(FACETS[name])},
        )

    @property
    def is_used(self) -> bool:
        return bool(self.words or self.place or self.speciality or self.ticked)

    def without(self, name: str) -> "Asked":
        """The same search without one filter."""
        if name in FACETS:
            return replace(self, ticked={key: value for key, value in self.ticked.items() if key != name})
        return replace(self, **dict.fromkeys((name,), ""))  # type: ignore[arg-type]  # one of the three words

    def query(self, as_of: str) -> str:
        """As the address has it; `as_of` is the day in the short form of links, or nothing."""
        pairs: list[tuple[str, Any]] = [("q", self.words), ("place", self.place), ("speciality", self.speciality)]
        pairs += [(name, value) for name, values in self.ticked.items() for value in values]
        asked = urlencode([(name, value) for name, value in pairs if value])
        return "?" + "&".join(part for part in (asked, as_of.lstrip("?")) if part) if asked or as_of else ""

    def structures(self) -> QuerySet[Structure]:
        """Structures that the register knows on the day and that answer to words, place and speciality."""
        chosen = search(place=self.place, speciality=self.speciality, on=self.day)
        return chosen.filter(self._sought()) if self.words else chosen

    def _sought(self) -> Q:
        """A number, or words of a name, of a former number or of a speciality that is taught on the day."""
        if number := typed_number(self.words):
            return Q(number=number)
        found = Q(pk__in=search(self.words, on=self.day).values("pk")) | Q(legacy_number__iexact=self.words)
        if codes := specialities_named(self.words):
            found |= Q(pk__in=in_force(Teaching, self.day).filter(speciality__in=codes).values("subject"))
        return found


def typed_number(words: str) -> str:
    """A permanent number however it was typed, "82000427" or with Arabic digits; empty where it is none."""
    digits = "".join(str(int(sign)) for sign in words if sign.isdecimal())
    rest = "".join(sign for sign in words if not sign.isdecimal() and sign not in " -\u2010\u2013/.")
    return f"{digits[:2]}-{digits[2:7]}-{digits[7]}" if len(digits) == DIGITS and not rest else ""


def is_mistyped(words: str) -> bool:
    """Looks like a number, and no structure can bear it."""
    number = typed_number(words)
    return bool(number) and not is_well_formed(number)


def specialities_named(words: str) -> list[str]:
    """The specialities that the words name, in the language of the page or another."""
    sought = words_of(words)
    return named(lambda name: _begins(words_of(name), sought)) if sought else []


def _begins(own: tuple[str, ...], sought: tuple[str, ...]) -> bool:
    return all(any(word.startswith(each) for word in own) for each in sought)
