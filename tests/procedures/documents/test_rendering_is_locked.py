"""Hostile words stay words: nothing is fetched, nothing is embedded, and what was typed is what is printed."""

import socket
from datetime import date
from typing import Any

import pikepdf
import pytest

from procedures.documents.rendering import NotRendered, Print, fetching, render
from procedures.documents.rendering.fonts import PINNED, ForeignFont, check_fonts
from procedures.documents.rendering.qr import SIDE_MM, TooLongForCode, module_mm, modules
from tests.procedures.documents.factories import IDENTITY, issued_decision, prepared_decision

HOSTILE = [
    '<img src="http://127.0.0.1:9/x.png">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "<style>@import url(http://127.0.0.1:9/a.css);</style>",
    '<div style="background:url(http://127.0.0.1:9/b.png)">x</div>',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="http://127.0.0.1:9/">',
    '<iframe src="http://127.0.0.1:9/"></iframe>',
    '<svg><image href="file:///etc/passwd"/></svg>',
    '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
    "<base href='http://127.0.0.1:9/'>",
    "</style><script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% load x %}",
]
PAPER = Print(
    public_id="84G7ZWYRD6Z1RV0P",
    issued_on=date(2026, 11, 23),
    code_text="HTTPS://A/V/B#CC",
    credential={"a": 1},
    field_title="Seal",
)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    tried: list[Any] = []

    def refuse(self: Any, address: Any) -> None:
        tried.append(address)
        raise OSError("no network in a rendering")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried


def pdf_files(raw: bytes) -> list[str]:
    import io

    with pikepdf.open(io.BytesIO(raw)) as pdf:
        return list(pdf.attachments)


@pytest.mark.parametrize("frame", ["decision", "receipt", "refusal"])
def test_hostile_values_in_every_field_are_printed_as_they_are(frame: str, no_network: list[Any]) -> None:
    content = dict(prepared_decision().content)
    row = {"label": dict.fromkeys(("ar", "fr"), "x"), "value": {}}
    hostile = [dict(row, value=dict.fromkeys(("ar", "fr"), text)) for text in HOSTILE]
    both = [dict.fromkeys(("ar", "fr"), text) for text in HOSTILE]
    reasons = [{"text": each, "basis": each, "mend": each} for each in both]
    steps = [{"title": each, "text": each} for each in both]
    content |= {"rows": hostile, "whereas": both, "articles": both, "reasons": reasons, "steps": steps}
    content |= {"motivation": "".join(HOSTILE), "name": both[2], "title": both[3], "number": HOSTILE[0]}
    content |= {"summary": both[4], "appeal": both[5], "holder": {"ar": HOSTILE[6], "lat": HOSTILE[7]}}
    pdf = render(frame, content, PAPER)
    assert no_network == []
    assert pdf_files(pdf) == ["credential.json"]
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "root:" not in text
    assert "SECRET_KEY" in text.replace("\n", "").replace("\r", "") or frame == "receipt"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x",
        "https://example.tn/x",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "portal:../../settings.py",
        "portal:fonts/../../keys.py",
        "portal:/etc/passwd",
        "data:text/html;base64,PGI+",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png,raw",
        "jar:file:///x!/y",
        "//127.0.0.1/x",
        "data:image/png;base64," + "A" * 500_000,
    ],
)
def test_an_address_outside_the_list_is_refused(address: str) -> None:
    with pytest.raises(fetching.Locked):
        fetching.LockedFetcher().fetch(address)


def test_a_template_that_asks_for_a_foreign_address_is_an_ordinary_error(
    monkeypatch: pytest.MonkeyPatch, no_network: list[Any]
) -> None:
    monkeypatch.setattr(
        "procedures.documents.rendering.render_to_string", lambda *_: '<img src="http://127.0.0.1:9/x.png">'
    )
    with pytest.raises(NotRendered):
        render("decision", {}, PAPER)
    assert no_network == []


def test_every_font_is_the_pinned_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(PINNED) == 7
    check_fonts.cache_clear()
    check_fonts()
    monkeypatch.setitem(PINNED, "QallalineTitles-Bold.ttf", "0" * 64)
    check_fonts.cache_clear()
    with pytest.raises(ForeignFont, match="QallalineTitles"):
        check_fonts()
    monkeypatch.undo()
    check_fonts.cache_clear()


def test_the_longest_names_still_give_a_readable_code() -> None:
    names = {
        "first_name_ar": "عبد الرحمان الصادق",
        "last_name_ar": "بن الحاج سالم",
        "first_name_lat": "Abderrahmane Sadok",
    }
    document = issued_decision(identity=IDENTITY | names | {"last_name_lat": "Ben El Haj Salem"})
    assert document.state == "issued"


def test_a_code_that_phones_would_not_read_is_refused_with_its_reason() -> None:
    symbol = modules("HTTPS://VERIF.EXAMPLE.TN/V/84G7ZWYRD6Z1RV0P#" + "A" * 340)
    assert module_mm(len(symbol)) >= 0.52
    assert SIDE_MM == 40.0
    with pytest.raises(TooLongForCode, match="Shorten the Latin name"):
        modules("HTTPS://VERIF.EXAMPLE.TN/V/84G7ZWYRD6Z1RV0P#" + "A" * 460)
