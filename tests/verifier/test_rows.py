"""The command on a list: its rows are worked out again from the file, and changed ones are found whatever its code."""

import copy
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.conf import settings

from procedures import api as p
from procedures.documents.models import Document
from tests.procedures.documents.factories import keys_in
from tests.procedures.documents.school import TRAINEES, granted, output, sealed, teaching
from tests.procedures.installed import installed
from tests.verifier.asking import scanned
from tests.verifier.conftest import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.real_time]
LIST = p.NominalList("trainees", columns=("trainees.id_number", "trainees.born_on"))
ROOT_CERTIFICATE = "pdf-root.crt"


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Document:
    monkeypatch.setattr("procedures.cases.services.finish_issuing", lambda *, case_id: None)
    settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "private"
    keys_in(settings.TAKWIN_KEYS)
    with installed(teaching(output(LIST))):
        _case, (document,) = granted()
        return sealed(document)


@pytest.fixture
def paper(document: Document) -> Path:
    return Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored


def with_credential(paper: Path, folder: Path, change: Callable[[dict[str, Any]], bytes | None]) -> Path:
    """The same pages, with what `change` makes of the attached credential: nothing where it gives None."""
    with pikepdf.open(paper) as pdf:
        told = json.loads(pdf.attachments["credential.json"].get_file().read_bytes())
        made = change(copy.deepcopy(told))
        del pdf.attachments["credential.json"]
        if made is not None:
            pdf.attachments["credential.json"] = pikepdf.AttachedFileSpec(pdf, made, filename="credential.json")
        pdf.save(folder / "changed.pdf")
    return folder / "changed.pdf"


def another_name(told: dict[str, Any]) -> bytes:
    told["rows"][0][1] = told["rows"][0][1].replace("MELLOULI", "MELLOULY")
    return json.dumps(told, ensure_ascii=False).encode()


def a_row_more(told: dict[str, Any]) -> bytes:
    told["rows"].append(told["rows"][0])
    return json.dumps(told, ensure_ascii=False).encode()


def another_order(told: dict[str, Any]) -> bytes:
    told["rows"].reverse()
    return json.dumps(told, ensure_ascii=False).encode()


def rows_twice(told: dict[str, Any]) -> bytes:
    return b'{"rows": [["other"]], ' + json.dumps(told, ensure_ascii=False).encode()[1:]


def a_number_for_a_cell(told: dict[str, Any]) -> bytes:
    told["rows"][0][2] = 7
    return json.dumps(told, ensure_ascii=False).encode()


def half_a_sign(told: dict[str, Any]) -> bytes:
    told["rows"][0][1] = "\ud800"
    return json.dumps(told).encode()


def no_json(told: dict[str, Any]) -> bytes:
    return b"rows"


FALSE = (another_name, a_row_more, another_order, rows_twice, a_number_for_a_cell, half_a_sign, no_json)


def test_the_rows_of_a_list_are_worked_out_again_and_told_to_compare(ask: Ask, paper: Path, document: Document) -> None:
    said = ask(paper, "--root", str(Path(settings.TAKWIN_KEYS) / ROOT_CERTIFICATE))

    assert (said.returncode, said.stderr) == (0, "")
    assert "✓ Rows: those that the seal binds" in said.stdout
    assert said.stdout.count("✓") == 5
    assert "1. أحمد الملولي · Ahmed MELLOULI" in said.stdout
    [told] = json.loads(ask(paper, "--json").stdout)
    assert told["rows"] == {"result": "holds", "why": "rows"}
    assert told["listed"] == document.content["bound"]
    assert len(told["listed"]) == len(TRAINEES)


@pytest.mark.parametrize("change", FALSE, ids=lambda change: change.__name__)
def test_a_list_whose_rows_were_changed_is_not_genuine_though_its_code_is(
    ask: Ask, paper: Path, tmp_path: Path, change: Callable[[dict[str, Any]], bytes]
) -> None:
    said = ask(with_credential(paper, tmp_path, change), "--json")

    [told] = json.loads(said.stdout)
    assert said.returncode == 1
    assert told["seal"]["result"] == "holds"  # the code is the genuine one
    assert (told["said"], told["rows"]) == ("not genuine", {"result": "fails", "why": "rows changed"})
    assert (told["claims"], told["listed"]) == (None, [])


def test_the_answer_in_words_says_that_the_rows_were_changed(ask: Ask, paper: Path, tmp_path: Path) -> None:
    said = ask(with_credential(paper, tmp_path, another_name), "--lang", "fr")

    assert said.stdout.startswith("N’acceptez pas ce document")
    assert "✗ Lignes : elles ont été modifiées après le cachet" in said.stdout
    assert "MELLOUL" not in said.stdout


def test_two_attachments_of_that_name_are_refused(ask: Ask, paper: Path, tmp_path: Path) -> None:
    with pikepdf.open(paper) as pdf:
        told = pdf.attachments["credential.json"].get_file().read_bytes()
        pdf.attachments["another"] = pikepdf.AttachedFileSpec(pdf, told, filename="credential.json")
        pdf.save(tmp_path / "two.pdf")

    [said] = json.loads(ask(tmp_path / "two.pdf", "--json").stdout)
    assert said["rows"]["result"] == "fails"


def test_composed_and_decomposed_letters_are_one_text(ask: Ask, paper: Path, tmp_path: Path) -> None:
    import unicodedata

    def decomposed(told: dict[str, Any]) -> bytes:
        text = json.dumps(told, ensure_ascii=False)
        assert unicodedata.normalize("NFD", text) != text
        return unicodedata.normalize("NFD", text).encode()

    [said] = json.loads(ask(with_credential(paper, tmp_path, decomposed), "--json").stdout)
    assert said["rows"]["result"] == "holds"


def test_where_the_rows_are_not_there_they_are_said_to_be_unchecked(
    ask: Ask, paper: Path, document: Document, tmp_path: Path
) -> None:
    with pypdfium2.PdfDocument(paper) as pdf:
        pdf[len(pdf) - 1].render(scale=150 / 72).to_pil().save(tmp_path / "paper.png")
    nothing = {"result": "not done", "why": "no rows"}
    for what in (scanned(document), tmp_path / "paper.png"):
        said = ask(what, "--json")
        assert (said.returncode, json.loads(said.stdout)[0]["rows"]) == (0, nothing)
    stripped = ask(with_credential(paper, tmp_path, lambda told: None), "--json")
    assert json.loads(stripped.stdout)[0]["rows"] == nothing
    assert stripped.returncode == 1  # the file is not the one that was sealed
    assert "Rows: not checked" in ask(scanned(document)).stdout


def test_rows_are_compared_by_the_library_too(paper: Path, document: Document, tmp_path: Path) -> None:
    from takwin_verify import BadRows, digest_of, rows_in

    rows = rows_in(paper)
    assert rows is not None
    assert digest_of(rows).hex() == document.claims["rows_sha256"]
    with pytest.raises(BadRows):
        rows_in(with_credential(paper, tmp_path, no_json))
    (tmp_path / "none.pdf").write_bytes(io.BytesIO(b"%PDF-").getvalue())
    with pytest.raises(BadRows):
        rows_in(tmp_path / "none.pdf")
