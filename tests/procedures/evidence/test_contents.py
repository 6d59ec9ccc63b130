"""What is received and what is refused, by content alone."""

import io
import time
from typing import Any

import pikepdf
import pytest
from django.utils import translation
from PIL import Image

from procedures.evidence.contents import check_content
from procedures.evidence.names import cleaned_name
from procedures.evidence.refusals import REASONS, PaperRefused
from tests.procedures.evidence.corpus import bad_papers, good_papers, heic, pdf, photograph, picture

BAD, GOOD = bad_papers(), good_papers()


@pytest.mark.parametrize("which", BAD)
def test_a_bad_paper_is_refused_for_its_own_reason(which: str) -> None:
    _name, content, reason = BAD[which]
    started = time.monotonic()
    with pytest.raises(PaperRefused) as refusal:
        check_content(content)
    assert refusal.value.code == reason
    assert time.monotonic() - started < 8


@pytest.mark.parametrize("which", GOOD)
def test_a_paper_as_people_have_them_is_received(which: str) -> None:
    _name, content = GOOD[which]
    kept = check_content(content)
    assert kept.pages >= 1
    if kept.kind.startswith("image/"):
        assert len(kept.content) <= 3 * 1024 * 1024


def test_every_reason_is_said_in_arabic_and_french() -> None:
    for code, sentence in REASONS.items():
        english = str(sentence)
        for language in ("ar", "fr"):
            with translation.override(language):
                assert str(sentence) != english, (code, language)
        with translation.override("ar"):
            assert any("\u0600" <= sign <= "\u06ff" for sign in str(sentence)), code


def test_a_photograph_is_turned_upright_and_forgets_where_it_was_taken() -> None:
    kept = check_content(photograph((1200, 800), orientation=6))
    image = Image.open(io.BytesIO(kept.content))
    assert image.size == (800, 1200)
    assert not image.getexif()
    assert b"Phone 9" not in kept.content


def test_a_photograph_in_heic_is_kept_as_jpeg_without_its_notes() -> None:
    kept = check_content(heic((1200, 900)))
    assert kept.kind == "image/jpeg"
    assert Image.open(io.BytesIO(kept.content)).size == (1200, 900)
    assert b"Phone 9" not in kept.content
    assert cleaned_name("IMG_0001.HEIC", kept.kind) == "IMG_0001.jpg"


def test_a_flood_of_pixels_in_heic_is_refused_before_it_is_drawn(settings: Any) -> None:
    settings.TAKWIN_UPLOAD_MAX_PIXELS = 1000
    with pytest.raises(PaperRefused) as refusal:
        check_content(heic())
    assert refusal.value.code == "too_many_pixels"


def test_a_pdf_forgets_who_wrote_it() -> None:
    kept = check_content(pdf())
    with pikepdf.open(io.BytesIO(kept.content)) as document:
        assert "/Info" not in document.trailer
        assert "/Metadata" not in document.Root


def test_a_signed_pdf_is_kept_to_the_byte() -> None:
    def sign(document: pikepdf.Pdf) -> None:
        document.Root.Probe = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents=pikepdf.String("00"))
        )

    signed = pdf(change=sign)
    assert check_content(signed).content == signed


def test_a_large_picture_keeps_its_writing_and_loses_its_weight() -> None:
    kept = check_content(picture(size=(8000, 6000)))
    assert max(Image.open(io.BytesIO(kept.content)).size) <= 4000


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\diploma.PDF", "diploma.pdf"),
        ("dip\u202efdp.exe", "dipfdp.exe.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("شهادة التكوين.pdf", "شهادة التكوين.pdf"),
        ("", "document.pdf"),
        (" . ", "document.pdf"),
        ("double.pdf.exe", "double.pdf.exe.pdf"),
    ],
)
def test_an_odd_name_is_made_safe_to_show(given: str, kept: str) -> None:
    assert cleaned_name(given, "application/pdf") == kept


def test_a_name_of_five_thousand_signs_is_shortened_and_keeps_its_ending() -> None:
    name = cleaned_name("x" * 5000 + ".pdf", "application/pdf")
    assert len(name) <= 130
    assert name.endswith(".pdf")
