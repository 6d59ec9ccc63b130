"""The words that are printed and read back: every name, place and trade word that the portal brings along."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import polib
from django.conf import settings

from portal.demonstration.accounts import PEOPLE
from portal.demonstration.country.names import organisation_names, structure_names
from procedures.fields.drawn import MARK

ARABIC = "\u0620-\u065f\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08ff"
WORD = re.compile(rf"[{ARABIC}]+|[^\W_{ARABIC}]+")
HERE = Path(__file__).parent / "words"
TABLES = {
    "registers/people/data/names.csv": ("arabic",),
    "registers/places/data/delegations.demo.csv": ("name_ar",),
    "registers/specialities/data/specialities.demo.csv": ("name_ar", "sector_ar"),
    "registers/programmes/data/programmes.demo.csv": ("title_ar",),
    "portal/demonstration/country/data/roots.csv": ("arabic",),
    "bench/identity.csv": ("first", "last"),
    "bench/identity_second.csv": ("first", "last"),
}


def plain(text: str) -> str:
    """As it is printed: without vowel marks."""
    return MARK.sub("", text)


def words(text: str) -> list[str]:
    """The words of a text, cut where the script changes: a reader may leave no space between two cells of a line."""
    return WORD.findall(text)


@cache
def names() -> tuple[str, ...]:
    """Full names of people, as an identity gives them: given and family name."""
    found = [f"{row['first']} {row['last']}" for row in _rows("bench/identity.csv")]
    spelt = [row["arabic"] for row in _rows("registers/people/data/names.csv") if row["kind"] == "first"]
    family = [row["arabic"] for row in _rows("registers/people/data/names.csv") if row["kind"] != "first"]
    found += [f"{first} {last}" for first, last in zip(spelt, family, strict=False)]
    found += [person.name.split(" (")[0] for person in PEOPLE]
    return tuple(dict.fromkeys(found))


@cache
def entries() -> tuple[str, ...]:
    """Every name, place and title of the demonstration, the registers and the glossary, each as a whole."""
    return tuple(dict.fromkeys(_entries()))


@cache
def sentences() -> tuple[str, ...]:
    """What the portal itself says in Arabic: every string of every catalogue."""
    catalogues = sorted(Path(settings.ROOT).glob("**/locale/ar/LC_MESSAGES/django.po"))
    own = [path for path in catalogues if not {".venv", "var"} & set(path.relative_to(settings.ROOT).parts)]
    said = (text for path in own for entry in polib.pofile(str(path)) for text in _said(entry))
    return tuple(dict.fromkeys(said))


def arabic_words(texts: Iterable[str]) -> list[str]:
    """The distinct Arabic words of some texts, with their marks, in the order of the alphabet."""
    return sorted({word for text in texts for word in words(text) if re.match(f"[{ARABIC}]", word)})


def with_codes() -> tuple[str, ...]:
    """Titles as lists print them: the Latin code of a speciality or a level in brackets."""
    specialities = _rows("registers/specialities/data/specialities.demo.csv")
    levels = [f"شهادة ({level})" for row in specialities for level in row["levels"].split()]
    return tuple(dict.fromkeys([*(f"{row['name_ar']} ({row['code']})" for row in specialities), *levels]))


def _entries() -> Iterator[str]:
    for path, columns in TABLES.items():
        for row in _rows(path):
            yield from (row[column] for column in columns)
    governorates = json.loads((Path(settings.ROOT) / "registers/places/governorates.json").read_text())
    catalogue = json.loads((Path(settings.ROOT) / "cms_content/data/catalogue.json").read_text())
    yield from (each["ar"] for each in (*governorates, *catalogue))
    for position in range(60):
        yield structure_names(position)["ar"]
        yield organisation_names(position)["ar"]
    vocabulary = (Path(settings.ROOT) / "docs/vocabulary.md").read_text()
    yield from (line.split("|")[2].strip() for line in vocabulary.splitlines() if line.count("|") > 3)
    for name in ("trade.txt", "rare.txt"):
        yield from (HERE / name).read_text().splitlines()
    yield from names()
    yield from with_codes()


def _rows(path: str) -> list[dict[str, str]]:
    with (Path(settings.ROOT) / path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _said(entry: polib.POEntry) -> list[str]:
    placeholders = re.compile(r"%\([^)]*\)[sd]|<[^>]+>|\{[^}]*\}|&\w+;")
    return [placeholders.sub(" ", text) for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]
