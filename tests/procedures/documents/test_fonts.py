"""Every name that a form accepts prints from our own fonts, and their files are the ones that were tried."""

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from procedures import fields as f
from procedures.documents.issuing import rendered
from procedures.documents.reading_back import carries_names
from procedures.documents.rendering import printable
from procedures.documents.rendering.fonts import FOLDER, PINNED
from procedures.fields.drawn import ARABIC as ARABIC_DRAWN
from procedures.fields.drawn import LATIN as LATIN_DRAWN
from tests.procedures.documents.factories import IDENTITY, prepared_decision

LATIN = sorted(name for name in PINNED if name.startswith("QallalineDocument"))
ARABIC = sorted(name for name in PINNED if name.startswith("QallalineNaskh"))
LETTERS = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
NAMES = [("Şükrü Čapek", "Łęcki Ñandú"), ("Nguyễn Thị", "Phạm Ọlọrun"), ("Əliyev Straße", "D'Éon-Œuvrard Ţurcan")]


@pytest.mark.parametrize("name", LATIN)
def test_every_letter_that_a_latin_field_accepts_is_in_the_font(name: str) -> None:
    drawn = TTFont(FOLDER / name).getBestCmap()
    accepted = [letter for letter in LETTERS if f.Latin("Name").allows(letter)]
    assert len(accepted) > 300
    assert [letter for letter in accepted if ord(letter) not in drawn] == []


@pytest.mark.parametrize(("name", "drawn"), [*((n, LATIN_DRAWN) for n in LATIN), *((n, ARABIC_DRAWN) for n in ARABIC)])
def test_the_signs_that_fields_ask_for_are_those_of_the_font(name: str, drawn: frozenset[str]) -> None:
    assert set(map(chr, TTFont(FOLDER / name).getBestCmap())) == drawn


def test_every_sign_that_an_arabic_field_accepts_is_drawn_or_a_mark_that_is_left_out() -> None:
    accepted = [letter for letter in LETTERS if f.Arabic("Name").allows(letter)]
    assert len(accepted) > 200
    drawn = ARABIC_DRAWN | LATIN_DRAWN
    assert [letter for letter in accepted if letter not in drawn and printable(letter)] == []


@pytest.mark.parametrize("name", ARABIC)
def test_no_two_letters_share_a_drawing_and_none_joins_another(name: str) -> None:
    """Where they did, a program that reads the print back took one letter for the other."""
    font = TTFont(FOLDER / name)
    lookups = font["GSUB"].table.LookupList.Lookup
    assert {lookup.LookupType for lookup in lookups} == {1, 6}
    drawn = list(font.getBestCmap().values())
    forms = [made for lookup in lookups if lookup.LookupType == 1 for made in lookup.SubTable[0].mapping.values()]
    assert len(forms) > 300
    assert len({*drawn, *forms}) == len(set(drawn)) + len(forms)


@pytest.mark.parametrize("name", LATIN)
def test_the_reserved_name_stands_in_no_name_of_a_changed_font(name: str) -> None:
    names = [str(record) for record in TTFont(FOLDER / name)["name"].names]
    assert names
    assert not any("plex" in text.casefold() for text in names)


def test_the_copies_for_arabic_are_drawn_at_87_percent() -> None:
    units = {name: TTFont(FOLDER / name)["head"].unitsPerEm for name in LATIN}
    assert {units[name] for name in LATIN if "RTL" in name} == {1150}
    assert {units[name] for name in LATIN if "RTL" not in name} == {1000}


@pytest.mark.parametrize(("first", "last"), NAMES)
def test_a_foreign_name_prints_from_our_fonts_alone(first: str, last: str) -> None:
    field = f.Latin("Name")
    assert [field.clean(first), field.clean(last)] == [first, last]
    document = prepared_decision(identity=IDENTITY | {"first_name_lat": first, "last_name_lat": last})
    pdf = rendered(document)
    assert carries_names(pdf, document.holder_lat)
    assert {name.split("-")[0] for name in fonts_of(pdf)} <= {"Titles", "Naskh", "Qallaline"}


def fonts_of(pdf: bytes) -> set[str]:
    """The fonts in a file, as the frame calls them, without the mark of their subset."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        named = [
            str(item.BaseFont)
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        ]
    return {name.lstrip("/").split("+")[-1] for name in named}


def test_each_font_lies_beside_the_licence_it_is_under() -> None:
    for name in ("OFL-IBMPlex.txt", "OFL-NotoNaskhArabic.txt", "OFL-Amiri.txt"):
        text = (FOLDER / name).read_text()
        assert text.startswith("Copyright ")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text


def test_the_arabic_fonts_are_what_their_recipe_makes_of_the_originals(tmp_path: Path) -> None:
    originals = Path(settings.ROOT) / "bench/certificate/fonts"
    subprocess.run([sys.executable, FOLDER / "make_arabic_fonts.py", originals, tmp_path], check=True)
    made = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()}
    assert len(made) == 3
    assert made.items() <= PINNED.items()


@pytest.mark.parametrize("recipe", ["make_document_fonts.py", "make_arabic_fonts.py"])
def test_the_recipe_says_what_it_needs_when_it_is_not_there(recipe: str, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, FOLDER / recipe, tmp_path, tmp_path], capture_output=True)
    assert done.returncode != 0
    assert list(tmp_path.iterdir()) == []
