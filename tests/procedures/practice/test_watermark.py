"""Everything that a practice space prints says across each page that it is worth nothing, and stays legible."""

import io
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from procedures.documents.issuing import rendered
from procedures.documents.key_making import make_keys
from procedures.documents.reading_back import text_of, words_of
from procedures.documents.rendering import print_sheet
from procedures.documents.sealing import sealed_pdf
from tests.procedures.documents.factories import issued_decision, prepared_decision

pytestmark = pytest.mark.django_db
WORDS = ("تدريب", "SANS VALEUR", "PRACTICE")


@pytest.fixture(autouse=True)
def _made(in_practice: Any) -> None:
    make_keys(in_practice.TAKWIN_KEYS)


def poppler(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout


def test_a_sealed_document_bears_it_and_is_read_as_before(
    in_practice: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("procedures.cases.services.finish_issuing", lambda *, case_id: None)
    document = issued_decision()
    assert document.state == "issued"  # the names were read back whole
    pdf = (Path(in_practice.TAKWIN_PRIVATE_STORAGE) / document.stored).read_bytes()
    assert all(word in text_of(pdf) for word in WORDS)
    for text in (poppler(pdf, tmp_path), text_of(pdf)):
        assert {"Yassine", "CHEIKH", "OUERTANI", "الورتاني"} <= words_of(text)


def test_a_long_sheet_bears_it_on_every_page() -> None:
    context = {
        "language": "fr",
        "title": "File",
        "number": "1",
        "chapters": [{"title": "x", "texts": ["word " * 4000]}],
    }
    pdf = print_sheet("documents/whole_file.html", context, identifier="1", issued_on=date(2026, 11, 18))
    opened = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in opened]
    opened.close()
    assert len(texts) > 1
    assert all(word in text for word in WORDS for text in texts)


def test_it_lies_under_the_text_across_the_page_and_covers_nothing(in_practice: Any) -> None:
    """The same document drawn with and without the words: much of the page differs, and what was dark stays dark."""
    document = prepared_decision()
    bearing = drawn(rendered(document))
    in_practice.TAKWIN_PRACTICE = False
    bare = drawn(rendered(document))
    assert sum(one != other for one, other in zip(bearing, bare, strict=True)) > 5000
    assert all(one <= other + 8 for one, other in zip(bearing, bare, strict=True) if other < 128)


def drawn(pdf: bytes) -> bytes:
    """The first page in greys."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return bytes(opened[0].render(scale=1, grayscale=True).to_pil().tobytes())
    finally:
        opened.close()


def test_the_file_is_still_sound_for_archives_and_readers(tmp_path: Path) -> None:
    for when, pdf in (("before", rendered(prepared_decision())), ("after", b"")):
        made = pdf or sealed_pdf(rendered(prepared_decision(serial=2)))
        path = tmp_path / f"{when}.pdf"
        path.write_bytes(made)
        told = subprocess.run([Path(sys.executable).parent / "outloud", path], capture_output=True, text=True).stdout
        assert " 0 error(s)" in told, told
        with pikepdf.open(io.BytesIO(made)) as opened:
            assert b'pdfaid:part="3" pdfaid:conformance="A"' in opened.Root.Metadata.read_bytes()
