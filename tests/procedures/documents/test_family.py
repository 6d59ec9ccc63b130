"""Every member of the family, with the longest names and with what is missing: on its page, in its cell, readable."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from procedures.documents import letterhead
from procedures.documents import specimens as s
from procedures.documents.engine_specimens import decision, minutes, receipt, refusal
from procedures.documents.names import Names
from procedures.documents.reading_back import text_of, words_of
from procedures.documents.rendering.qr import LARGEST_VERSION, SMALLEST_MODULE_MM, module_mm, modules
from tests.procedures.documents import sheets

LEAST_SIZE, LEAST_CONTRAST = 8.0, 4.5
SAFE = 8 * sheets.MILLIMETRE  # what any printer prints
WIDTH, HEIGHT = 210 * sheets.MILLIMETRE, 297 * sheets.MILLIMETRE
LONG = Names("عبد الرحمان الصادق بن الحاج سالم ڨ", "Abderrahmane Sadok BEN EL HAJ SALEM KH")
LONGER = Names(
    "محمد عبد الرحمان الصادق المنصف بن الحاج سالم بن عمر الورتاني الكهرباوي",
    "Mohamed Abderrahmane Sadok Moncef BEN EL HAJ SALEM BEN AMOR OUERTANI KAHRABAOUI",
)
MANY = [(LONG.ar, LONG.lat), (LONGER.ar, LONGER.lat)]
ARABIC_ONLY, LATIN_ONLY = replace(LONG, lat=""), replace(LONG, ar="")
assert (len(LONG.ar), len(LONG.lat)) == (34, 38)

NAMED: dict[str, Callable[..., s.Specimen]] = {
    "diploma": s.diploma,
    "certificate": s.certificate,
    "attestation": s.attestation,
    "convocation": s.convocation,
    "duplicate": s.duplicate,
    "verification_report": s.verification_report,
    "decision": decision,
    "refusal": refusal,
    "receipt": receipt,
}
ENGLISH = ("diploma", "certificate", "attestation", "convocation")


def _emptied(specimen: s.Specimen) -> s.Specimen:
    """Without what may be missing: notes, a place of signature, a name under it, most rows, the letterhead."""
    content = dict(specimen.content)
    for name, nothing in (("notes", []), ("members", []), ("remarks", ""), ("promise", None), ("motivation", "")):
        if name in content:
            content[name] = nothing
    content["rows"] = content.get("rows", [])[:1]
    content["letterhead"] = {"state": {}, "authority": {}, "unit": content["letterhead"]["unit"]}
    if content.get("signatory"):
        content["signatory"] = {"place": s.day(s.ISSUED), "capacity": s.same(""), "name": ""}
    return s.Specimen(template=specimen.template, content=content)


SHEETS: dict[str, Callable[[], s.Specimen]] = {
    **{f"{name}, long names": (lambda make=make: make(LONG)) for name, make in NAMED.items()},
    **{f"{name}, longer names": (lambda make=make: make(LONGER)) for name, make in NAMED.items()},
    **{f"{name} in English": (lambda name=name: NAMED[name](LONG, english=True)) for name in ENGLISH},
    **{f"{name}, Arabic name alone": (lambda name=name: NAMED[name](ARABIC_ONLY)) for name in ENGLISH},
    **{f"{name}, Latin name alone": (lambda name=name: NAMED[name](LATIN_ONLY)) for name in ENGLISH},
    **{f"{name}, little known": (lambda make=make: _emptied(make())) for name, make in NAMED.items()},
    "duplicate of a decision": lambda: s.duplicate(LONG, of=decision),
    "duplicate of an attestation": lambda: s.duplicate(LONGER, of=s.attestation),
    "list of one": lambda: s.nominal_list(count=1),
    "list of many": lambda: s.nominal_list(
        count=120, persons=[(LONG.ar, LONG.lat), (LONGER.ar, LONGER.lat), *s.PERSONS]
    ),
    "report on many": lambda: s.verification_report(LONG, count=120),
    "minutes": minutes,
}
ONE_PAGE = [
    *(f"{name}, long names" for name in ENGLISH),
    *(f"{name}, longer names" for name in ENGLISH),
    *(f"{name} in English" for name in ENGLISH),
    "duplicate, long names",
    "verification_report, long names",
    "receipt, long names",
    "refusal, long names",
    "decision, long names",
]  # fmt: skip


@pytest.fixture(scope="module")
def drawn() -> dict[str, sheets.Sheet]:
    return {}


@pytest.fixture(params=SHEETS)
def sheet(request: pytest.FixtureRequest, drawn: dict[str, sheets.Sheet], monkeypatch: Any) -> sheets.Sheet:
    return _sheet(request.param, drawn, monkeypatch)


@pytest.fixture(autouse=True)
def _titled(monkeypatch: Any) -> None:
    """A letterhead of several lines, as a ministry has."""
    head = letterhead.Letterhead(
        s.said("الجمهورية التونسية", "République tunisienne"),
        s.said("وزارة التشغيل والتكوين المهني", "Ministère de l’Emploi et de la Formation professionnelle"),
    )
    monkeypatch.setattr(letterhead, "_source", lambda: head)


def _sheet(name: str, drawn: dict[str, sheets.Sheet], monkeypatch: Any) -> sheets.Sheet:
    if name not in drawn:
        drawn[name] = sheets.printed(SHEETS[name](), monkeypatch)
    return drawn[name]


def test_nothing_leaves_the_page_or_its_cell(sheet: sheets.Sheet) -> None:
    outside = [
        letter.sign
        for letter in sheet.letters
        if letter.box[0] < SAFE or letter.box[1] < SAFE or letter.box[2] > WIDTH - SAFE or letter.box[3] > HEIGHT - SAFE
    ]
    assert len(sheet.letters) > 300
    assert outside == []
    assert sheet.spills == ()


def test_no_letter_lies_on_another(sheet: sheets.Sheet) -> None:
    assert sheets.collisions(sheet.letters) == []


def test_no_letter_is_smaller_than_eight_points(sheet: sheets.Sheet) -> None:
    assert {letter.sign: letter.size for letter in sheet.letters if letter.size < LEAST_SIZE - 0.05} == {}


def test_every_letter_stands_out_from_its_ground(sheet: sheets.Sheet) -> None:
    assert {sign: round(found, 2) for sign, found in sheets.contrasts(sheet) if found < LEAST_CONTRAST} == {}


def test_the_code_is_read_from_a_picture_of_the_page(sheet: sheets.Sheet) -> None:
    assert sheets.code_on(sheet.pdf) == sheets.CODE_TEXT


def test_the_longest_code_keeps_modules_that_a_telephone_reads() -> None:
    side = len(modules(sheets.CODE_TEXT))
    assert (side - 17) // 4 <= LARGEST_VERSION
    assert module_mm(side) >= SMALLEST_MODULE_MM


@pytest.mark.parametrize("name", ONE_PAGE)
def test_what_is_promised_on_one_page_is_on_one(name: str, drawn: dict[str, sheets.Sheet], monkeypatch: Any) -> None:
    assert _sheet(name, drawn, monkeypatch).pages == 1


@pytest.mark.parametrize("name", SHEETS)
def test_every_word_is_read_back_whole(name: str, drawn: dict[str, sheets.Sheet], monkeypatch: Any) -> None:
    content = SHEETS[name]().content
    found = words_of(text_of(_sheet(name, drawn, monkeypatch).pdf))
    told = [content["title"], *(row[part] for row in content.get("rows", ()) for part in ("label", "value"))]
    told += [content[part] for part in ("lead", "place", "when", "closing") if content.get(part)]
    told += [content["holder"]] if content.get("holder") else []
    told += [{"ar": line["ar"], "fr": line["lat"]} for line in content.get("lines", ()) if "lat" in line]
    wanted = {word for text in told for language in ("ar", "fr", "lat") for word in words_of(text.get(language, ""))}
    assert len(wanted) > 3
    assert wanted - found == set()
