"""T8: markup in every field of every template is printed as it was typed, asks for nothing and embeds nothing."""

import io
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.template.loader import render_to_string
from lxml import html

from procedures.documents import engine_specimens, specimens
from procedures.documents.reading_back import text_of
from procedures.documents.rendering import render
from tests.procedures.documents.sheets import PAPER
from tests.procedures.documents.test_rendering_is_locked import HOSTILE

TEMPLATES: dict[str, Callable[[], specimens.Specimen]] = {
    "diploma": lambda: specimens.diploma(english=True),
    "certificate": lambda: specimens.certificate(english=True),
    "attestation": lambda: specimens.attestation(english=True),
    "convocation": lambda: specimens.convocation(english=True),
    "nominal_list": lambda: specimens.nominal_list(count=2),
    "verification_report": lambda: specimens.verification_report(count=2),
    "duplicate": specimens.duplicate,
    "decision": engine_specimens.decision,
    "receipt": engine_specimens.receipt,
    "refusal": engine_specimens.refusal,
    "minutes": lambda: engine_specimens.minutes(count=2),
}
DRAWN_BY_CODE = {"title_size", "density", "name_class", "kind", "motivation_dir", "template"}  # no words: ours alone
KEPT_WHOLE = {"number", "code", "host", "vote", "day", "clock"}  # never broken: long ones run off the sheet
BRACKETS = "<>{}"
WHOLE = "whole "
FOLDER = Path(engine_specimens.__file__).parent / "templates" / "documents"
PARTS = {"frame", "certified", "rows"}  # what others extend or include
MARK = re.compile(r"\bq(\d+)z\b")


def poisoned(value: Any, payload: str, told: list[str], name: str = "") -> Any:
    """The content with every text replaced by a mark of its own and the payload; `told` keeps each."""
    if isinstance(value, dict):
        return {key: poisoned(part, payload, told, key) for key, part in value.items()}
    if isinstance(value, list):
        return [poisoned(part, payload, told, name) for part in value]
    if not isinstance(value, str) or name in DRAWN_BY_CODE:
        return value
    told.append(f"q{len(told)}z {'' if name not in KEPT_WHOLE else WHOLE}{payload}")
    return told[-1]


def shape(page: Any) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes."""
    return [(str(element.tag), tuple(sorted(element.attrib))) for element in page.iter()]


def test_every_template_of_a_sealed_document_is_tried() -> None:
    there = {path.stem for path in FOLDER.glob("*.html")}
    assert there - PARTS == {make().template for make in TEMPLATES.values()}


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    asked: list[Any] = []

    def refuse(self: Any, address: Any) -> None:
        asked.append(address)
        raise OSError("no network in a rendering")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_told: refuse(None, address))
    return asked


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("name", TEMPLATES)
def test_what_is_typed_is_what_is_printed(name: str, payload: str, tried: list[Any]) -> None:
    specimen = TEMPLATES[name]()
    told: list[str] = []
    harmless: list[str] = []
    content = poisoned(specimen.content, payload, told)
    plain = poisoned(specimen.content, "x", harmless)
    drawn = {"issued": "2026-11-23T00:00:00Z", "qr": "data:,"}
    page = html.document_fromstring(render_to_string(f"documents/{specimen.template}.html", content | drawn))
    other = html.document_fromstring(render_to_string(f"documents/{specimen.template}.html", plain | drawn))
    words = page.text_content() + "".join(value for element in page.iter() for value in element.attrib.values())
    printed = {int(number) for number in MARK.findall(words)}
    assert len(printed) > 15
    assert all(told[number] in words for number in printed), "literally"
    assert shape(page) == shape(other), "no element and no attribute of theirs"
    pdf = render(specimen.template, content, PAPER)
    assert tried == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert list(opened.attachments) == ["credential.json"]
        assert not [item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/URI" in item]
    text = "".join(text_of(pdf).split())
    assert "root:" not in text
    kept_whole = {number for number in printed if WHOLE in told[number]}
    on_paper = {number for number in printed if f"q{number}z" in text}
    assert len(on_paper) > 15
    brackets = sum(text.count(sign) for sign in BRACKETS)  # in a line from right to left they are mirrored
    assert brackets >= sum(payload.count(sign) for sign in BRACKETS) * len(on_paper - kept_whole)
