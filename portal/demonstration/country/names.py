"""What the invented country is called: words that mean nothing for structures, common names for people."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from registers.people.given_names import Spelt, common_names

ROOTS = Path(__file__).with_name("data") / "roots.csv"
STRUCTURES = (
    ("مركز {} للتكوين المهني", "Centre {} de formation professionnelle"),
    ("مدرسة {} للمهن", "École {} des métiers"),
    ("دار {} للتكوين", "Maison {} de la formation"),
    ("ورشات {} للتكوين", "Ateliers {} de formation"),
    ("مركز {} للمهارات", "Centre {} de compétences"),
)
COMPANIES = (("شركة {} للتكوين", "Société {} Formation"), ("شركة {} للخدمات", "Société {} Services"))


class Named(NamedTuple):
    """A person's names as they are written in both scripts, and their sex."""

    first: Spelt
    last: Spelt
    sex: str


@cache
def roots() -> Sequence[Spelt]:
    """Words made up for this country, in the order in which they are given out."""
    with ROOTS.open(newline="", encoding="utf-8") as file:
        return [Spelt(row["arabic"], row["latin"]) for row in csv.DictReader(file)]


def root(position: int) -> Spelt:
    """The root at a position; after the last, two are joined, so that no two are alike."""
    found = roots()
    again, place = divmod(position, len(found))
    if not again:
        return found[place]
    other = found[(place + again) % len(found)]
    return Spelt(f"{found[place].arabic} {other.arabic}", f"{found[place].latin} {other.latin}")


def structure_names(position: int) -> dict[str, str]:
    """Names of a structure by language."""
    return _filled(STRUCTURES[position % len(STRUCTURES)], root(position))


def organisation_names(position: int) -> dict[str, str]:
    """Names of the organisation that owns the structure at a position, by language."""
    return _filled(COMPANIES[position % len(COMPANIES)], root(position))


def person_names(chance: Random) -> Named:
    """Given and family name, drawn apart from each other."""
    known = common_names()
    sex = chance.choice(("f", "m"))
    return Named(chance.choice(known.first[sex]), chance.choice(known.last), sex)


def _filled(pattern: tuple[str, str], word: Spelt) -> dict[str, str]:
    return {"ar": pattern[0].format(word.arabic), "fr": pattern[1].format(word.latin)}
