"""What a plugin names becomes a sealed paper: typed contents, one seal over the rows, duplicates of what is lost."""

import hashlib
import io
import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import cbor2
import pikepdf
import pytest
from django.conf import settings
from django.utils import timezone

from procedures import api as p
from procedures.audit.selectors import entries_about
from procedures.checks import faults_of
from procedures.definition import Duplicate, Output
from procedures.documents import codes, engine_specimens, services, specimens
from procedures.documents.issuing import seal_document
from procedures.documents.models import Document, StatusPeriod
from procedures.documents.reading_back import text_of
from procedures.refusal import Refusal
from procedures.registry import procedure
from procedures.snapshot import take_snapshot
from tests.procedures.documents.factories import CODE, FILED, IDENTITY, decided, filed_case, issued_decision
from tests.procedures.documents.school import BODY, TRAINEES, granted, output, sealed, teaching
from tests.procedures.installed import installed

LIST = p.NominalList("trainees", columns=("trainees.id_number", "trainees.born_on"))
CALL = p.Convocation("exam.day", time="exam.hour", place="exam.room")
REPORT = p.VerificationReport("asked", codes="asked.code")
REPEATED = replace(output(p.Duplicate("lost.why"), "again", replaces="lost.code"), number=9101)
MEMBERS: dict[str, tuple[Output, Callable[[], specimens.Specimen]]] = {
    "diploma": (output(p.Diploma(), body=BODY), specimens.diploma),
    "certificate": (output(p.Certificate()), specimens.certificate),
    "attestation": (output(p.Attestation(), english=True), specimens.attestation),
    "nominal_list": (output(LIST), specimens.nominal_list),
    "convocation": (output(CALL, body=BODY), specimens.convocation),
    "verification_report": (output(REPORT), specimens.verification_report),
    "decision": (output(p.Act()), engine_specimens.decision),
}


def file_of(document: Document) -> bytes:
    return (Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored).read_bytes()


def payload_of(document: Document) -> list[Any]:
    return list(cbor2.loads(cbor2.loads(bytes(document.cose))[2]))


def credential_of(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        told: dict[str, Any] = json.loads(opened.attachments["credential.json"].get_file().read_bytes())
        return told


@pytest.mark.parametrize("name", MEMBERS)
def test_an_output_is_printed_and_sealed_in_the_frame_that_its_plugin_names(name: str) -> None:
    asked, specimen = MEMBERS[name]
    with installed(teaching(asked)):
        _case, (document,) = granted()
        issued = sealed(document)
    assert (issued.frame, issued.state) == (name, Document.State.ISSUED)
    assert set(specimen().content) == set(issued.content), "the pictures show what is issued"
    assert "Yassine" in text_of(file_of(issued))


@pytest.mark.parametrize(("kind", "specimen"), [("refuse", "refusal"), ("receipt", "receipt")])
def test_the_pictures_of_the_engine_s_own_letters_hold_what_is_issued(kind: str, specimen: str) -> None:
    case = filed_case()
    if kind == "receipt":
        document = services.prepare_receipt(case=case)
    else:
        decision = decided(case, kind="refuse", reasons=["body_not_recognised"], motivation="")
        (document,) = services.prepare_documents(case=case, decision=decision)
    assert set(getattr(engine_specimens, specimen)().content) == set(document.content) - {"appeal_basis"}


def test_the_first_paragraph_certifies_and_the_others_are_notes_with_the_answers_put_in() -> None:
    with installed(teaching(MEMBERS["diploma"][0])):
        _case, (document,) = granted()
    assert document.content["lead"]["fr"] == "It is certified, on Soudage, that the jury passed"
    assert [note["fr"] for note in document.content["notes"]] == ["Keep this paper: it is given once."]


def test_a_convocation_shows_the_day_the_hour_and_the_place_large_and_once() -> None:
    with installed(teaching(replace(MEMBERS["convocation"][0], shows=("exam.day", "exam.subject")))):
        _case, (document,) = granted()
    told = document.content
    assert told["when"]["fr"] == "14\u00a0décembre\u00a02026"
    assert (told["clock"]["fr"], told["place"]["fr"]) == ("08:30", "Salle 3")
    assert "Soudage" in [row["value"]["fr"] for row in told["rows"]]
    assert not any("décembre" in row["value"]["fr"] for row in told["rows"])


def test_a_document_of_a_row_prints_its_own_number() -> None:
    with installed(teaching(replace(output(p.Diploma()), each="trainees", claims=p.Claims(holder="trainees")))):
        case, documents = granted()
    assert [document.number for document in documents] == [f"{case.number}/1", f"{case.number}/2"]
    assert [document.content["number"] for document in documents] == [document.number for document in documents]
    assert [document.holder_lat for document in documents] == ["Ahmed MELLOULI", "Imen GRIA"]


def test_one_code_binds_every_row_and_anybody_works_the_digest_out_from_the_file() -> None:
    with installed(teaching(MEMBERS["nominal_list"][0])):
        _case, (document,) = granted()
        issued = sealed(document)
    rows = credential_of(file_of(issued))["rows"]
    text = json.dumps([[unicodedata.normalize("NFC", cell) for cell in row] for row in rows], ensure_ascii=False,
                      separators=(",", ":"))  # fmt: skip
    assert rows[0][:2] == ["أحمد الملولي", "Ahmed MELLOULI"]
    assert len(rows) == len(TRAINEES)
    assert payload_of(issued)[10] == hashlib.sha256(text.encode()).digest()
    assert issued.claims["rows_sha256"] == payload_of(issued)[10].hex()
    changed = text.replace("MELLOULI", "MELLOULY")
    assert payload_of(issued)[10] != hashlib.sha256(changed.encode()).digest()


def test_what_the_list_prints_is_what_the_seal_binds() -> None:
    with installed(teaching(MEMBERS["nominal_list"][0])):
        _case, (document,) = granted()
    text = text_of(file_of(sealed(document)))
    for row in document.content["bound"]:
        for word in (word for cell in row for word in cell.split()):
            assert word in text


def test_a_list_shows_the_last_three_digits_of_an_identity_paper_and_no_more() -> None:
    with installed(teaching(MEMBERS["nominal_list"][0])):
        _case, (document,) = granted()
    text = text_of(file_of(sealed(document)))
    assert "•••••214" in text
    assert "01234214" not in text
    assert "01234214" not in json.dumps(document.content)


def asked_codes() -> list[dict[str, str]]:
    """A document in each situation, a code that was never given, and one that cannot be."""
    documents = [issued_decision(serial=number) for number in range(1, 6)]
    now = timezone.now()
    for document, status in zip(documents[1:4], StatusPeriod.Status, strict=True):
        StatusPeriod.objects.create(document=document, status=status, since=now, reason="error")
    documents[4].expires_on = timezone.localdate() - timedelta(days=1)
    documents[4].save()
    typed = [*(codes.grouped(each.public_id) for each in documents), codes.new_id(), "84G7-ZWYR-D6Z1-RV0Q"]
    return [{"_row": f"r{place}", "code": code} for place, code in enumerate(typed)]


def test_a_report_says_of_each_code_what_the_register_says_and_its_own_seal_binds_it(
    django_assert_max_num_queries: Any,
) -> None:
    asked = asked_codes()
    with installed(teaching(MEMBERS["verification_report"][0])):
        _case, (document,) = granted(serial=9, asked=asked)
        issued = sealed(document)
    states = ["valid", "suspended", "revoked", "replaced", "expired", "unknown", "mistyped"]
    assert [row[-1] for row in issued.content["bound"]] == states
    assert [each["count"] for each in issued.content["tally"]] == [1] * 7
    assert (
        payload_of(issued)[10]
        == hashlib.sha256(
            json.dumps(issued.content["bound"], ensure_ascii=False, separators=(",", ":")).encode()
        ).digest()
    )
    from procedures.documents.reports import report_of

    with django_assert_max_num_queries(3):
        report_of([row["code"] for row in asked] * 70, asked_by={}, at={})


def a_loss(first: Document, *, serial: int = 7) -> Document:
    lost = {"code": first.public_id, "why": "Perdu en voyage"}
    names = {"first_name_ar": "سارق", "last_name_ar": "الاسم", "first_name_lat": "Name", "last_name_lat": "Thief"}
    with installed(teaching(REPEATED)):
        _case, (again,) = granted(serial=serial, lost=lost, identity=IDENTITY | names)
    return again


def test_a_duplicate_keeps_every_name_of_the_first_and_bears_its_mark_its_number_and_the_reason() -> None:
    first = issued_decision()
    again = sealed(a_loss(first))
    text = " ".join(text_of(file_of(again)).split())
    assert (again.holder_ar, again.holder_lat, again.frame) == (first.holder_ar, first.holder_lat, first.frame)
    assert payload_of(again)[2:5] == payload_of(first)[2:5]
    assert again.content["articles"] == first.content["articles"]
    assert (again.public_id != first.public_id, again.number != first.number) == (True, True)
    for word in ("نظير", "Duplicata", first.number, "Perdu en voyage", "Yassine", "OUERTANI"):
        assert word in text
    assert "THIEF" not in text.upper()


def test_the_first_is_replaced_when_its_duplicate_is_issued_and_not_before() -> None:
    first = issued_decision()
    again = a_loss(first)
    assert services.status_of(first) == "valid"
    sealed(again)
    seal_document(again.pk)  # a second delivery of the same job
    assert services.status_of(first) == "replaced"
    assert [period.replaced_by for period in first.periods.all()] == [again]
    assert entries_about(first).filter(action="document.replaced").count() == 1
    assert services.status_of(again) == "valid"


def test_a_duplicate_is_held_where_the_first_was_revoked_meanwhile() -> None:
    first = issued_decision()
    again = a_loss(first)
    StatusPeriod.objects.create(document=first, status="revoked", since=timezone.now(), reason="court")
    assert sealed(again).state == Document.State.HELD
    assert again.stored == ""
    assert services.status_of(first) == "revoked"


@pytest.mark.parametrize("how", ["revoked", "replaced", "unknown"])
def test_nothing_is_repeated_that_is_not_in_force(how: str) -> None:
    first = issued_decision()
    if how == "unknown":
        first.public_id = codes.new_id()
    else:
        StatusPeriod.objects.create(document=first, status=how, since=timezone.now(), reason="court")
    with pytest.raises(Refusal):
        a_loss(first)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (output(p.Duplicate("lost.why")), "needs the document it repeats"),
        (output(p.Diploma(), replaces="lost.code"), "Only a duplicate replaces"),
        (output(p.NominalList("exam")), "exam is no group"),
        (output(p.NominalList("trainees", columns=("exam.day",))), "exam.day is no question of the group trainees"),
        (output(p.NominalList("trainees", columns=("trainees.born_on",) * 5)), "room for 4 columns"),
        (replace(output(LIST), each="trainees"), "every row on one sheet"),
        (output(p.Act(), english=True), "prints no English"),
        (output(p.Convocation("exam.dya")), "Nothing has the address exam.dya"),
        (output(p.Diploma(), body="On %(exam.dya)s"), "Nothing has the address exam.dya"),
    ],
)
def test_the_check_says_what_a_frame_is_told_wrongly(asked: Output, sentence: str) -> None:
    assert any(sentence in fault.sentence for fault in faults_of(teaching(asked)))


@pytest.mark.parametrize("name", MEMBERS)
def test_the_check_finds_nothing_in_a_frame_that_is_told_rightly(name: str) -> None:
    asked = MEMBERS[name][0]
    said = [fault.sentence for fault in faults_of(teaching(asked, REPEATED)) if fault.address.startswith("output.")]
    assert said == []


def test_what_was_released_reads_as_before() -> None:
    (kept,) = take_snapshot(procedure(CODE), on=FILED.date())["outputs"]
    assert kept["frame"] == "decision"
    assert not {"frame_told", "english"} & set(kept)
    (told,) = take_snapshot(teaching(MEMBERS["convocation"][0]), on=FILED.date())["outputs"]
    assert told["frame_told"] == {"day": "exam.day", "time": "exam.hour", "place": "exam.room"}
    assert isinstance(REPEATED.frame, Duplicate)
