"""From a decided case to a sealed file, and what a stranger can read and prove of it."""

import contextlib
import hashlib
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.core.management import call_command

from procedures.audit.models import Entry
from procedures.documents import issuing, services
from procedures.documents.issuing import rendered, seal_document, store
from procedures.documents.keys import NoKey, jwk_set
from procedures.documents.models import Document
from procedures.fields.drawn import MARK
from procedures.jobs.models import Job
from tests.procedures.documents.factories import IDENTITY, decided, filed_case, issued_decision, prepared_decision


def file_of(document: Document) -> Path:
    return Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored


def text_of(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


def test_a_grant_promises_one_document_and_its_sealing_once() -> None:
    case = filed_case()
    decision = decided(case, answers={"granted": {"level": "BTP", "speciality": "ELEC-01"}})
    first = services.prepare_documents(case=case, decision=decision)
    again = services.prepare_documents(case=case, decision=decision)
    assert [document.pk for document in first] == [document.pk for document in again]
    assert Job.objects.filter(kind="documents.seal").count() == 1
    assert first[0].number == case.number
    assert first[0].state == Document.State.PREPARING


def test_a_stranger_verifies_the_printed_paper_without_us(tmp_path: Path) -> None:
    import json

    document = issued_decision()
    keys = tmp_path / "jwks.json"
    keys.write_text(json.dumps(jwk_set()))
    verifier = Path(settings.ROOT) / "tests/journeys/verify_paper.py"
    told = subprocess.run(
        [sys.executable, verifier, file_of(document), keys], capture_output=True, text=True, cwd=tmp_path
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert document.public_id in told.stdout
    assert "Yassine BEN CHEIKH OUERTANI" in told.stdout


def test_two_processes_render_the_same_bytes(tmp_path: Path) -> None:
    import json

    document = prepared_decision()
    frozen = tmp_path / "content.json"
    frozen.write_text(json.dumps(document.content))
    script = textwrap.dedent(
        """
        import datetime, hashlib, json, sys
        import django
        django.setup()
        from procedures.documents.rendering import Print, render
        paper = Print(public_id="84G7ZWYRD6Z1RV0P", issued_on=datetime.date(2026, 11, 23), code_text="HTTPS://A/V/B#CC",
                      credential={"a": 1}, field_title="Seal")
        print(hashlib.sha256(render("decision", json.load(open(sys.argv[1])), paper)).hexdigest())
        """
    )
    import os

    told = {
        subprocess.run(
            [sys.executable, "-c", script, frozen],
            check=True,
            capture_output=True,
            text=True,
            cwd=settings.ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_the_content_is_frozen_so_that_rendering_again_gives_the_stored_hash() -> None:
    document = issued_decision()
    assert hashlib.sha256(rendered(document)).hexdigest() == document.unsealed_sha256


def test_the_holder_s_name_is_read_back_whole_in_both_scripts() -> None:
    text = text_of(file_of(issued_decision()))
    for word in ["ياسين", "بن", "الشيخ", "الورتاني", "Yassine", "BEN", "CHEIKH", "OUERTANI"]:
        assert word in text


def test_a_name_with_vowel_marks_prints_without_them_and_is_kept_with_them() -> None:
    document = issued_decision(identity=IDENTITY | {"first_name_ar": "محمّد", "last_name_ar": "الشطّي"})
    assert document.holder_ar == "محمّد الشطّي"
    assert MARK.sub("", "الشطّي") in text_of(file_of(document))


def test_the_sealed_file_is_valid_and_wholly_signed() -> None:
    told = subprocess.run(["pdfsig", file_of(issued_decision())], capture_output=True, text=True).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "Not total document signed" not in told


@pytest.mark.parametrize("when", ["before", "after"])
def test_outloud_finds_no_error_before_and_after_the_seal(when: str, tmp_path: Path) -> None:
    document = issued_decision()
    path = tmp_path / "document.pdf"
    path.write_bytes(rendered(document) if when == "before" else file_of(document).read_bytes())
    told = subprocess.run([Path(sys.executable).parent / "outloud", path], capture_output=True, text=True).stdout
    assert " 0 error(s)" in told, told


def test_qpdf_finds_no_fault() -> None:
    assert subprocess.run(["qpdf", "--check", file_of(issued_decision())], capture_output=True).returncode == 0


def test_one_credential_is_attached_once_and_parts_carry_language_and_scope() -> None:
    with pikepdf.open(file_of(issued_decision())) as pdf:
        assert len(pdf.Root.AF) == 1
        assert list(pdf.attachments) == ["credential.json"]
        assert str(pdf.Root.Lang) == "ar"
        elements = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        assert any(str(item.get("/Lang", "")) == "fr" for item in elements)
        headers = [item for item in elements if item.S == "/TH"]
        assert headers
        assert all(item.A.Scope == "/Row" for item in headers)
        assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize("how", ["flip", "rewrite", "append"])
def test_a_changed_file_is_found_out(how: str, tmp_path: Path) -> None:
    import io

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError

    from procedures.documents.sealing import current_chain, validation_context

    raw = file_of(issued_decision()).read_bytes()

    def holds(content: bytes) -> bool:
        signature = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
        return bool(validate_pdf_signature(signature, validation_context(current_chain())).bottom_line)

    assert holds(raw)
    if how == "flip":
        place = raw.index(b"stream\n") + 60
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
    elif how == "append":
        writer = IncrementalPdfFileWriter(io.BytesIO(raw))
        writer.root["/Extra"] = writer.root["/Lang"]
        writer.update_root()
        out = io.BytesIO()
        writer.write(out)
        changed = out.getvalue()
    else:
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            out = io.BytesIO()
            pdf.save(out)
        changed = out.getvalue()
    with contextlib.suppress(PdfError, SignatureValidationError):  # refusing to read it is finding out
        assert not holds(changed)


def test_sealing_again_changes_nothing() -> None:
    document = issued_decision()
    seal_document(document.pk)
    again = Document.objects.get(pk=document.pk)
    assert (again.stored, again.file_sha256) == (document.stored, document.file_sha256)


def test_a_file_that_no_row_names_harms_nothing() -> None:
    document = prepared_decision()
    store(document, b"left by a worker that was killed before its row was written")
    seal_document(document.pk)
    document.refresh_from_db()
    assert document.state == Document.State.ISSUED
    assert file_of(document).read_bytes().startswith(b"%PDF")


def cut(*_args: Any, **_more: Any) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("after", ["announce", "_finish_case", "replace_first"])
def test_a_job_that_is_cut_after_the_file_was_written_ends_the_next_time_with_one_issue(
    after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, written = prepared_decision(), []
    with monkeypatch.context() as patch:
        patch.setattr(issuing, "store", lambda *given: written.append(store(*given)) or written[-1])
        patch.setattr(issuing, after, cut)
        with pytest.raises(KeyboardInterrupt):
            seal_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.stored) == (Document.State.PREPARING, "")
    assert (Path(settings.TAKWIN_PRIVATE_STORAGE) / written[0]).is_file()

    seal_document(document.pk)
    document.refresh_from_db()

    assert document.state == Document.State.ISSUED
    assert hashlib.sha256(file_of(document).read_bytes()).hexdigest() == document.file_sha256
    assert Entry.objects.filter(action="document.issued").count() == 1


def test_of_two_workers_who_make_one_file_the_first_issues_it_and_the_second_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document, made = prepared_decision(), issuing.sealed_pdf

    def overtaken(pdf: bytes) -> bytes:
        with monkeypatch.context() as patch:
            patch.setattr(issuing, "sealed_pdf", made)
            seal_document(document.pk)
        return made(pdf)

    monkeypatch.setattr(issuing, "sealed_pdf", overtaken)
    seal_document(document.pk)
    document.refresh_from_db()
    assert hashlib.sha256(file_of(document).read_bytes()).hexdigest() == document.file_sha256
    told = Entry.objects.get(action="document.issued").data
    assert told["file_sha256"] == document.file_sha256


def test_a_name_that_is_not_read_back_holds_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procedures.documents.reading_back.text_of", lambda pdf: "أمني without the name")
    document = prepared_decision()
    seal_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.stored) == (Document.State.HELD, "")


def test_a_sign_that_no_font_of_ours_draws_holds_the_document() -> None:
    document = prepared_decision()
    document.content["rows"][-1]["value"]["fr"] = "Иванов"
    document.save()
    seal_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.stored) == (Document.State.HELD, "")
    assert Entry.objects.get(action="document.held").data == {"why": "signs without a font"}


def test_a_refusal_gives_its_letter_with_reason_and_basis() -> None:
    case = filed_case()
    decision = decided(case, kind="refuse", reasons=["body_not_recognised"], motivation="")
    (letter,) = services.prepare_documents(case=case, decision=decision)
    seal_document(letter.pk)
    letter.refresh_from_db()
    assert (letter.output, letter.kind_number, letter.state) == ("refusal", 902, "issued")
    assert letter.content["reasons"][0]["text"]["ar"]
    assert "hypothèse" in text_of(file_of(letter))


def test_a_receipt_announces_its_day_and_what_happens_next() -> None:
    receipt = services.prepare_receipt(case=filed_case())
    seal_document(receipt.pk)
    receipt.refresh_from_db()
    assert (receipt.output, receipt.kind_number, receipt.state) == ("receipt", 901, "issued")
    assert receipt.content["promise"]["day"]["fr"] == "27\u00a0janvier\u00a02027"
    assert len(receipt.content["steps"]) == 5
    assert "27 janvier 2027" in text_of(file_of(receipt)).replace("\u00a0", " ")


def test_a_demonstration_s_paper_says_so(settings: Any) -> None:
    settings.TAKWIN_DEMONSTRATION = True
    assert "démonstration" in text_of(file_of(issued_decision())).casefold()


def test_a_key_that_is_retired_while_a_file_is_made_has_the_file_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    document = prepared_decision()
    leaked, made = document.kid, issuing.sealed_pdf

    def made_slowly(pdf: bytes) -> bytes:
        call_command("retire_seal_key", leaked)
        return made(pdf)

    monkeypatch.setattr(issuing, "sealed_pdf", made_slowly)
    with pytest.raises(NoKey, match="made anew"):
        seal_document(document.pk)
    monkeypatch.setattr(issuing, "sealed_pdf", made)
    seal_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.kid == leaked) == (Document.State.ISSUED, False)
