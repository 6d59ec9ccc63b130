"""What is printed is what is read: every word we know comes back whole from three programs that read PDFs."""

import io
import json
import re
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from django.conf import settings
from django.utils.translation import override

from procedures import fields as f
from procedures.documents.reading_back import text_of
from procedures.documents.rendering import Print, render
from procedures.fields.drawn import DRAWN, MARKS
from procedures.registry import procedures
from tests.procedures.printing import corpus

OURS = {"Naskh", "Titles", "Qallaline"}
PAPER = Print(
    public_id="84G7ZWYRD6Z1RV0P",
    issued_on=date(2026, 11, 23),
    code_text="HTTPS://A/V/B#CC",
    credential={"a": 1},
    field_title="Seal",
)
KINDS = {
    "lam-alef": "ل[\u064b-\u0652]*[اأإآ]",
    "shadda": "\u0651",
    "tanwin": "[\u064b-\u064d]",
    "ڨ": "ڨ",
    "گ": "گ",
    **{hamza: hamza for hamza in "أإآؤئء"},
    "the name of God": "لله$",
}


def poppler(pdf: bytes) -> str:
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return re.sub("[\u202a-\u202e]", " ", told)  # where a run of one direction ends


def mupdf(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf) as document:
        return "\n".join(page.get_text() for page in document)


READERS: dict[str, Callable[[bytes], str]] = {"poppler": poppler, "pdfium": text_of, "mupdf": mupdf}
readers = pytest.mark.parametrize("reader", READERS)


@cache
def printed(cells: tuple[tuple[str, str], ...], title: str = "قرار") -> bytes:
    """One document of many lines through the one door: Arabic on the right, French on the left."""
    frozen = json.loads((Path(settings.ROOT) / "bench/certificate/decision.json").read_text())["content"]
    both = {"ar": "", "fr": ""}
    rows = [{"label": both, "value": {"ar": arabic, "fr": french}} for arabic, french in cells]
    with override("ar"):
        return render("decision", frozen | {"rows": rows, "title": {"ar": title, "fr": "x"}, "title_size": 20}, PAPER)


@cache
def words_in(pdf: bytes, reader: str) -> frozenset[str]:
    return frozenset(corpus.words(READERS[reader](pdf)))


def lines_of(words: Sequence[str], many: int = 12) -> tuple[tuple[str, str], ...]:
    return tuple((" ".join(words[start : start + many]), "") for start in range(0, len(words), many))


@cache
def all_words() -> tuple[str, ...]:
    return tuple(corpus.arabic_words((*corpus.entries(), *corpus.sentences())))


@cache
def everything() -> bytes:
    latin = sorted({word for text in corpus.with_codes() for word in corpus.words(text) if word.isascii()})
    return printed((*lines_of(all_words()), *((text, "") for text in corpus.with_codes()), *lines_of(latin)))


@cache
def names_alone() -> bytes:
    return printed(tuple((name, "") for name in corpus.names()))


def test_the_words_are_many_and_of_every_kind() -> None:
    assert len(corpus.entries()) >= 1500
    assert len(corpus.names()) >= 400
    assert len(all_words()) >= 5000
    counted = {kind: sum(bool(re.search(form, word)) for word in all_words()) for kind, form in KINDS.items()}
    assert all(count >= (4 if kind == "the name of God" else 20) for kind, count in counted.items()), counted
    assert len(corpus.with_codes()) >= 20


@readers
def test_every_word_comes_back_whole(reader: str) -> None:
    found = words_in(everything(), reader)
    asked = {corpus.plain(word) for word in all_words()}
    asked |= {word for text in corpus.with_codes() for word in corpus.words(text)}
    assert sorted(asked - found) == []


def test_names_come_back_in_order_in_poppler() -> None:
    lines = {" ".join(line.split()) for line in poppler(names_alone()).splitlines()}
    assert [name for name in corpus.names() if corpus.plain(name) not in lines] == []


@readers
def test_every_name_is_whole_beside_its_french(reader: str) -> None:
    """As documents have it: both scripts on one line, where a reader may turn a line but tears no word."""
    some = corpus.names()[::9]
    found = words_in(printed(tuple((name, "Amel Ben Salah (née Gasmi)") for name in some)), reader)
    assert sorted({corpus.plain(word) for name in some for word in corpus.words(name)} - found) == []


@readers
def test_every_title_comes_back_whole_from_the_face_of_titles(reader: str) -> None:
    with override("ar"):
        titles = {str(output.title) for each in procedures().values() for output in each.outputs}
        titles |= {str(each.title) for each in procedures().values()} | set(corpus.entries()[-400:])
    asked = {corpus.plain(word) for title in titles for word in corpus.words(title)}
    assert len(asked) > 400
    assert sorted(asked - words_in(printed((), " ".join(sorted(asked))), reader)) == []


@readers
def test_every_letter_comes_back_from_every_place_in_a_word(reader: str) -> None:
    """All in one document: two letters that shared a drawing would come back as one."""
    letters = [sign for sign in sorted(DRAWN) if f.Arabic("Name").allows(sign) and sign.isalpha()]
    assert len(letters) > 200
    tried = [word for sign in letters for word in (f"{sign}بت", f"تب{sign}بت", f"تب{sign}", f"در{sign}", f"تل{sign}")]
    assert [word for word in tried if word not in words_in(printed(lines_of(tried)), reader)] == []


def test_every_sign_that_a_field_accepts_prints_from_our_fonts_alone_in_both_languages() -> None:
    accepted = "".join(sorted(DRAWN | MARKS))
    pdf = printed(tuple((line, line) for line, _empty in lines_of(accepted, 20)))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item]
        named = {str(font.BaseFont).lstrip("/").split("+")[-1].split("-")[0] for font in fonts}
    assert named <= OURS, named
    read = set(text_of(pdf))
    assert [sign for sign in accepted if sign.isalnum() and sign not in read] == []
