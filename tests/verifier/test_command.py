"""The command in an environment without Django: a PDF, a picture, an address, against a portal's keys and list."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.utils import timezone

from procedures.documents.models import Document, SealKey, StatusPeriod
from tests.procedures.documents.factories import issued_decision, keys_in
from tests.verifier.asking import scanned
from tests.verifier.conftest import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.real_time]


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Document:
    monkeypatch.setattr("procedures.cases.services.finish_issuing", lambda *, case_id: None)
    settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "private"
    keys_in(settings.TAKWIN_KEYS)
    return issued_decision()


@pytest.fixture
def paper(document: Document, tmp_path: Path) -> Path:
    return Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored


def pictured(paper: Path, folder: Path, kind: str) -> Path:
    """The last page as a scanner gives it, at 150 dots an inch."""
    with pypdfium2.PdfDocument(paper) as pdf:
        picture = pdf[len(pdf) - 1].render(scale=150 / 72).to_pil()
    picture.convert("RGB").save(folder / f"paper.{kind}", quality=70)
    return folder / f"paper.{kind}"


def test_a_pdf_is_answered_with_its_claims_and_the_seal_of_the_file(ask: Ask, paper: Path, document: Document) -> None:
    root = Path(settings.TAKWIN_KEYS) / "pdf-root.crt"
    said = ask(paper, "--root", str(root))

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("Genuine document, valid today")
    assert said.stdout.count("✓") == 4
    assert "PDF file: unchanged since it was sealed" in said.stdout
    assert "Yassine BEN CHEIKH OUERTANI" in said.stdout
    assert "ياسين بن الشيخ الورتاني" in said.stdout
    assert "somebody unknown" in ask(paper).stdout


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_a_picture_is_answered_alike(ask: Ask, paper: Path, document: Document, tmp_path: Path, kind: str) -> None:
    said = ask(pictured(paper, tmp_path, kind), "--json")

    assert said.returncode == 0, said.stdout + said.stderr
    [told] = json.loads(said.stdout)
    assert (told["said"], told["public_id"], told["state"]) == ("valid", document.public_id, "valid")
    assert told["claims"]["issued_on"] == document.issued_on.isoformat()


def test_an_address_is_answered_in_arabic_and_french(ask: Ask, document: Document) -> None:
    assert ask(scanned(document), "--lang", "ar").stdout.startswith("وثيقة أصلية، صالحة اليوم")
    assert ask(scanned(document), "--lang", "fr").stdout.startswith("Document authentique, valable aujourd’hui")


@pytest.mark.parametrize("state", ["revoked", "suspended", "replaced"])
def test_what_no_longer_holds_is_said_with_its_state(ask: Ask, document: Document, state: str) -> None:
    since = timezone.now() - timedelta(minutes=1)
    StatusPeriod.objects.create(document=document, status=state, since=since, reason="error")

    said = ask(scanned(document), "--json")

    assert said.returncode == 3
    assert json.loads(said.stdout)[0]["state"] == state


def test_without_a_list_nothing_is_called_valid(ask: Ask, document: Document) -> None:
    said = ask(scanned(document), lists=False)

    assert said.returncode == 4
    assert "status not checked" in said.stdout.splitlines()[0]


def test_another_host_another_id_and_a_revoked_key_are_not_genuine(ask: Ask, document: Document) -> None:
    text = scanned(document)
    assert ask(text, "--host", "verif.example.tn").returncode == 0
    other = ask(text, "--host", "elsewhere.example.tn")
    assert (other.returncode, "Yassine" in other.stdout) == (1, False)
    forged = ask(text.replace(document.public_id, "14BH31D2SA6T4T5W"))
    assert (forged.returncode, "Yassine" in forged.stdout) == (1, False)

    SealKey.objects.filter(purpose="qr").update(revoked_at=timezone.now())
    leaked = ask(text)
    assert leaked.returncode == 1
    assert "Revoked key" in leaked.stdout


@pytest.mark.parametrize("how", ["flip", "addition"])
def test_a_pdf_that_was_changed_is_not_genuine_though_its_code_is(
    ask: Ask, paper: Path, tmp_path: Path, how: str
) -> None:
    content = bytearray(paper.read_bytes())
    if how == "flip":
        content[content.index(b"pdfuaid:part") + 3] ^= 1  # in the description of the file, which no picture shows
    else:
        import pikepdf

        with pikepdf.open(paper) as pdf:
            pdf.add_blank_page()
            pdf.save(tmp_path / "other.pdf")
        content = bytearray((tmp_path / "other.pdf").read_bytes())
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(content)

    said = ask(changed, "--root", str(Path(settings.TAKWIN_KEYS) / "pdf-root.crt"))

    assert said.returncode == 1, said.stdout + said.stderr
    assert "PDF file: changed" in said.stdout


def test_a_page_as_large_as_a_field_is_read_within_bounds(ask: Ask, paper: Path, tmp_path: Path) -> None:
    import pikepdf

    with pikepdf.open(paper) as pdf:
        pdf.add_blank_page(page_size=(14_000, 14_000))
        pdf.save(tmp_path / "large.pdf")

    said = ask(tmp_path / "large.pdf", "--json")

    assert json.loads(said.stdout)[0]["said"] == "valid", said.stderr  # its code was read behind the large page
    assert said.returncode == 1  # and the file is not the one that was sealed


def test_what_cannot_be_read_is_refused_with_a_sentence(ask: Ask, document: Document, tmp_path: Path) -> None:
    (tmp_path / "empty.png").write_bytes(b"no picture")
    for what, sentence in (
        (tmp_path / "nothing.pdf", "There is no such file"),
        (tmp_path / "empty.png", "neither a picture nor a PDF"),
        ("https://verif.example.tn/elsewhere", "not the address of a sealed document"),
        ("https://verif.example.tn/V/84G7ZWYRD6Z1RV0Q#AA", "mistyped"),
    ):
        said = ask(what)
        assert (said.returncode, said.stdout) == (2, "")
        assert sentence in said.stderr
    assert "refused" in ask(scanned(document), list=b"\x80").stderr
    assert "JWKS" in ask(scanned(document), jwks={"keys": [{"alg": "ES256"}]}).stderr
