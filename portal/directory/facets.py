"""The boxes beside the results with their counts, the filters in use, and what would widen a search without result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from portal.directory.days import AsOf
from portal.directory.searching import FACETS, Asked
from portal.directory.standing import word
from registers.places.selectors import governorate_names
from registers.specialities.selectors import name_of
from registers.structures.models import TrainingKind


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    ticked: bool


@dataclass(frozen=True)
class Facet:
    name: str
    legend: str
    options: Sequence[Option]


@dataclass(frozen=True)
class Chip:
    label: str
    url: str  # the same search without it


def facets(asked: Asked, counted: Mapping[str, int]) -> list[Facet]:
    legends = {
        "status": _("Status"),
        "homologated": pgettext("directory", "Homologation"),
        "kind": _("Kind of training"),
    }
    return [
        Facet(name, legends[name], [_option(asked, counted, name, value) for value in values])
        for name, values in FACETS.items()
    ]


def _option(asked: Asked, counted: Mapping[str, int], name: str, value: str) -> Option:
    ticked = value in asked.ticked.get(name, FACETS[name] if name == "status" else ())
    return Option(value, label_of(name, value), counted[f"{name}_{value}"], ticked)


def label_of(name: str, value: str) -> str:
    if name == "status":
        return word(value)
    if name == "kind":
        return str(TrainingKind(value).label)
    return _("Has a homologated speciality") if value == "yes" else _("Has none")


def chips(asked: Asked, as_of: AsOf) -> list[Chip]:
    """Every filter in use, each with the way to take it off."""
    language = (get_language() or "ar")[:2]
    used: list[tuple[str, str]] = [("words", asked.words), ("place", governorate_names(language).get(asked.place, ""))]
    used += [("speciality", name_of(asked.speciality, language) if asked.speciality else "")]
    used += [(name, _list(name, values)) for name, values in asked.ticked.items()]
    found = [Chip(label, address(asked.without(name), as_of)) for name, label in used if label]
    if not as_of.is_today:
        found.append(Chip(_("Back to today"), reverse("directory:search") + asked.query("")))
    return found


def widen(asked: Asked, as_of: AsOf) -> list[tuple[str, str]]:
    """What to try after a search without result, the likeliest first: a sentence and, where there is one, its link."""
    ways: list[tuple[str, str]] = []
    if asked.words:
        ways.append((_("Try fewer words, or the name in the other script: Arabic or Latin."), ""))
    if asked.ticked:
        wide = asked
        for name in asked.ticked:
            wide = wide.without(name)
        ways.append((_("Untick the filters"), address(wide, as_of)))
    if asked.place:
        ways.append((_("Search in all governorates"), address(asked.without("place"), as_of)))
    if asked.speciality:
        ways.append((_("Search in all specialities"), address(asked.without("speciality"), as_of)))
    if not as_of.is_today:
        ways.append((_("Search as of today"), reverse("directory:search") + asked.query("")))
    return [*ways, (_("Show the whole directory"), reverse("directory:search"))]


def address(asked: Asked, as_of: AsOf) -> str:
    return reverse("directory:search") + asked.query(as_of.query)


def _list(name: str, values: Sequence[Any]) -> str:
    return pgettext("list", ", ").join(label_of(name, value) for value in values)
