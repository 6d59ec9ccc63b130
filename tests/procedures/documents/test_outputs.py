"""What a decision gives under conditions, what the seal says of a level, and how copies and papers are counted."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from procedures import api as p
from procedures.cases.models import Case
from procedures.cases.work import prepare_receipt
from procedures.checks import faults_of
from procedures.documents import services
from procedures.documents.models import Document
from procedures.resolving import resolve
from tests.procedures.documents.factories import CODE, decided, filed_case, issued_decision, prepared_decision
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import Visitor, a_person

GRANTED = {"granted": {"level": "BTP", "speciality": "ELEC-01"}}


@pytest.mark.parametrize(("country", "given"), [("MA", 1), ("DZ", 0)])
def test_an_output_whose_condition_does_not_hold_is_not_made(
    country: str, given: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    procedure = resolve(CODE)
    condition = p.given("foreign_certificate.country", country)
    conditional = replace(procedure, outputs=(replace(procedure.outputs[0], when=condition),))
    monkeypatch.setattr("procedures.documents.case_reading.resolve", lambda code, on: conditional)
    case = filed_case()
    assert len(services.prepare_documents(case=case, decision=decided(case, answers=GRANTED))) == given


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"replaces": "identity.id_number"}, "Only a duplicate replaces a document"),
        ({"claims": p.Claims(holder="identity", level="foreign_certificate.mode")}, "declares none for its choices"),
    ],
)
def test_the_check_refuses_an_output_that_the_engine_cannot_make(changes: dict[str, Any], sentence: str) -> None:
    procedure = resolve(CODE)
    planted = replace(procedure, outputs=(replace(procedure.outputs[0], **changes),))
    assert any(sentence in fault.sentence for fault in faults_of(planted))
    assert not faults_of(procedure)


def test_the_seal_holds_the_number_that_the_register_gives_a_level() -> None:
    assert prepared_decision().claims["level"] == 3


def test_every_copy_that_leaves_is_counted() -> None:
    document = issued_decision()
    holder = Client()
    holder.force_login(document.case.applicant)
    for _copy in range(2):
        assert holder.get(f"/ar/desk/documents/{document.public_id}/").getvalue().startswith(b"%PDF")
    assert Document.objects.get(pk=document.pk).prints == 2


def test_the_receipt_counts_the_papers_that_were_filed() -> None:
    """The receipt is a job, and the papers join the case in the transaction that promises it."""
    House()
    Visitor(a_person()).ready().file()
    case = Case.objects.get()
    assert not Document.objects.exists()
    prepare_receipt(case_id=case.pk)
    (line,) = [row for row in Document.objects.get().content["rows"] if row["label"]["en"] == "Papers received"]
    assert case.uploads.count() > 1
    assert line["value"]["en"] == f"{case.uploads.count()} files"
