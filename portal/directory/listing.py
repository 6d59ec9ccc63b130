"""A page of results in rows: each structure with its standing on the day and what it teaches, in five queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, pgettext

from portal.directory.standing import remark, standing
from registers.history.selectors import in_force
from registers.programmes.models import Homologation
from registers.specialities.selectors import names
from registers.spelling import words_of
from registers.structures.models import Structure, StructureDetails, StructureStatus, Teaching

SHOWN_SPECIALITIES = 3


@dataclass(frozen=True)
class Taught:
    name: str
    found: bool  # it is what was searched


@dataclass(frozen=True)
class Row:
    number: str
    invented: bool
    name: str
    place: str
    branch_of: str
    specialities: Sequence[Taught]
    more: int
    status: str
    look: str
    remark: str


@dataclass(frozen=True)
class Known:
    """What the register holds on the day of some structures, by their keys."""

    details: dict[int, StructureDetails]
    statuses: dict[int, StructureStatus]
    taught: dict[int, list[str]]
    homologated: dict[int, set[str]]
    names: Mapping[str, str]  # of specialities, in the language of the page


def structures(keys: Sequence[int]) -> list[Structure]:
    """Those of some keys, in the order of the keys."""
    found = Structure.objects.select_related("parent").in_bulk(keys)
    return [found[key] for key in keys]


def rows(structures: Iterable[Structure], day: date, *, words: str, speciality: str, then: bool) -> list[Row]:
    shown = list(structures)
    known = known_of(shown, day)
    return [_row(structure, known, words=words, speciality=speciality, then=then) for structure in shown]


def known_of(structures: Sequence[Structure], day: date) -> Known:
    keys = [structure.pk for structure in structures]
    details = in_force(StructureDetails, day).filter(subject__in=keys).select_related("place", "delegation")
    statuses = in_force(StructureStatus, day).filter(subject__in=keys)
    taught, homologated = defaultdict(list), defaultdict(set)
    for key, code in in_force(Teaching, day).filter(subject__in=keys).values_list("subject", "speciality"):
        taught[key].append(code)
    held = in_force(Homologation, day).filter(subject__structure__in=keys)
    for key, code in held.values_list("subject__structure", "subject__programme__speciality"):
        homologated[key].add(code)
    return Known(
        details={each.subject_id: each for each in details},
        statuses={each.subject_id: each for each in statuses},
        taught=taught,
        homologated=homologated,
        names=names(_language()),
    )


def name_in_language(details: Any) -> str:
    """In the script of the page where there is a name in it."""
    return str((details.name_ar if get_language() == "ar" else details.name_fr) or details.name_ar)


def _row(structure: Structure, known: Known, *, words: str, speciality: str, then: bool) -> Row:
    details = known.details.get(structure.pk, structure)
    codes = known.taught[structure.pk]
    homologated = known.homologated[structure.pk]
    named = sorted(
        (_taught(code, known.names.get(code, code), words, speciality) for code in codes),
        key=lambda each: (not each.found, each.name),
    )
    held = standing(known.statuses.get(structure.pk), then=then)
    return Row(
        number=structure.number,
        invented=structure.invented,
        name=name_in_language(details),
        place=pgettext("list", ", ").join(str(place) for place in (details.place, details.delegation) if place),
        branch_of=structure.parent.number if structure.parent else "",
        specialities=named[:SHOWN_SPECIALITIES],
        more=max(0, len(named) - SHOWN_SPECIALITIES),
        status=held.word,
        look=held.look,
        remark=remark(held, taught=len(codes), homologated=len(homologated.intersection(codes))),
    )


def _language() -> str:
    return (get_language() or "ar")[:2]


def _taught(code: str, name: str, words: str, speciality: str) -> Taught:
    sought, own = words_of(words), words_of(name)
    among = bool(sought) and all(any(word.startswith(each) for word in own) for each in sought)
    return Taught(name, among or code == speciality)
