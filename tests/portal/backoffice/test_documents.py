"""Issued documents: found, shown with their status, and changed by two people only."""

import pytest
from django.test import Client
from django.urls import reverse

from procedures.audit.selectors import entries_about
from procedures.cases import services
from procedures.documents import codes
from procedures.documents.models import Document
from procedures.documents.selectors import open_proposal, status_of
from procedures.offices.models import Role
from tests.portal.backoffice.factories import answer_to, at_screen_of, page_of
from tests.procedures.kernel.factories import House, staff_of, the_directorate

pytestmark = pytest.mark.django_db
WORDS = {"change": "revoke", "reason": "false_paper", "note": "The school denies it. Letter 12."}


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def document(house: House) -> Document:
    """A sealed decision; the making of the file itself is tried elsewhere."""
    case = house.at_signature()
    services.sign(case=case, by=house.delegate, version=case.version)
    document = case.documents.get(output="equivalence")
    document.state = Document.State.ISSUED
    document.save()
    return document


@pytest.fixture
def administrator(house: House):
    return staff_of(house.central, Role.ADMINISTRATOR, "Houda")


def page(document: Document, name: str = "document") -> str:
    return reverse(f"backoffice:{name}", args=(document.public_id,))


def proposed(house: House, document: Document, **changes) -> Client:
    client = at_screen_of(house.officer)
    client.post(page(document, "propose"), WORDS | changes)
    return client


def test_a_document_is_found_by_its_number_and_by_its_code_however_it_is_typed(house, document):
    client, search = at_screen_of(house.officer), reverse("backoffice:documents")

    for typed in (document.number, document.number.lower(), codes.grouped(document.public_id).lower()):
        found = client.get(search, {"q": f" {typed} "}).context["found"]
        assert [each.public_id for each in found] == [document.public_id]
    assert "No issued document" in client.get(search, {"q": "EQV-2026-999999-00"}).content.decode()


def test_a_document_of_another_office_is_not_there(house, document):
    client = at_screen_of(staff_of(the_directorate("TN-82"), Role.REGIONAL_DIRECTOR))

    assert client.get(reverse("backoffice:documents"), {"q": document.number}).context["found"] == []
    for name in ("document", "file", "propose"):
        assert client.get(page(document, name)).status_code == 404


def test_the_page_tells_what_the_document_is_worth_and_its_reading_is_recorded(house, document):
    answer = at_screen_of(house.officer).get(page(document))

    assert "Valid since it was issued." in answer.content.decode()
    assert entries_about(document).get(action="document.read").actor == house.officer.pk
    assert page(document) in at_screen_of(house.officer).get(page_of(document.case)).content.decode()


def test_a_revocation_takes_two_people(house, document, administrator):
    proposed(house, document)
    assert status_of(document) == "valid"
    assert open_proposal(document).proposed_by == house.officer

    client = at_screen_of(administrator)
    assert "The school denies it" in client.get(reverse("backoffice:proposals")).content.decode()
    client.post(page(document, "decide"), answer_to(document, "yes"))

    assert status_of(document) == "revoked"
    assert "Revoked" in client.get(page(document)).content.decode()


def test_a_proposal_can_be_rejected(house, document, administrator):
    proposed(house, document)

    at_screen_of(administrator).post(page(document, "decide"), answer_to(document, "no"))

    assert status_of(document) == "valid"
    assert open_proposal(document) is None


def test_a_suspended_document_is_restored(house, document, administrator):
    proposed(house, document, change="suspend", reason="inquiry")
    at_screen_of(administrator).post(page(document, "decide"), answer_to(document, "yes"))
    assert status_of(document) == "suspended"

    proposed(house, document, change="restore", reason="settled")
    at_screen_of(administrator).post(page(document, "decide"), answer_to(document, "yes"))
    assert status_of(document) == "valid"


def test_nobody_decides_on_their_own_proposal(house, document, administrator):
    client = at_screen_of(administrator)
    client.post(page(document, "propose"), WORDS)

    assert "another person decides" in client.get(page(document)).content.decode()
    client.post(page(document, "decide"), answer_to(document, "yes"))

    assert status_of(document) == "valid"
    assert open_proposal(document) is not None


def test_a_central_officer_proposes_but_does_not_decide(house, document, administrator):
    at_screen_of(administrator).post(page(document, "propose"), WORDS)

    assert at_screen_of(house.officer).post(page(document, "decide"), answer_to(document, "yes")).status_code == 404
    assert status_of(document) == "valid"


def test_a_desk_officer_proposes_nothing(house, document):
    assert at_screen_of(house.desk).get(page(document, "propose")).status_code == 404
    assert "Propose a change" not in at_screen_of(house.desk).get(page(document)).content.decode()


def test_a_proposal_without_a_note_is_refused_and_the_rest_stays(house, document):
    answer = at_screen_of(house.officer).post(page(document, "propose"), WORDS | {"note": ""})

    assert "Write what happened" in answer.content.decode()
    assert answer.context["form"]["reason"].value() == "false_paper"
    assert open_proposal(document) is None


def test_a_second_proposal_waits_for_the_first_and_keeps_its_words(house, document):
    client = proposed(house, document)

    answer = client.post(page(document, "propose"), WORDS | {"note": "Another letter came."})

    assert answer.status_code == 409
    assert "Another letter came." in answer.content.decode()
    assert document.proposals.count() == 1


def test_a_proposal_decided_meanwhile_changes_nothing(house, document, administrator):
    answer = at_screen_of(administrator).post(page(document, "decide"), answer_to(document, "yes"), follow=True)

    assert "decided already" in answer.content.decode()
    assert status_of(document) == "valid"


def test_both_hands_want_a_second_factor_of_the_last_five_minutes(house, document, administrator):
    answer = at_screen_of(house.officer, seconds_ago=400).post(page(document, "propose"), WORDS)
    assert "reauthenticate" in answer["Location"]
    assert open_proposal(document) is None

    proposed(house, document)
    answer = at_screen_of(administrator, seconds_ago=400).post(page(document, "decide"), answer_to(document, "yes"))
    assert "reauthenticate" in answer["Location"]
    assert status_of(document) == "valid"


def test_a_receipt_has_no_status_to_change(house, document):
    Document.objects.filter(pk=document.pk).update(output="receipt")

    assert at_screen_of(house.officer).get(page(document, "propose")).status_code == 404


def test_what_was_decided_is_what_stood_on_the_page_and_not_what_replaced_it(house, document, administrator):
    proposed(house, document, change="suspend", reason="inquiry")
    seen = answer_to(document, "yes")
    at_screen_of(administrator).post(page(document, "decide"), answer_to(document, "no"))
    proposed(house, document)

    answer = at_screen_of(administrator).post(page(document, "decide"), seen, follow=True)

    assert "was decided already" in answer.content.decode()
    assert status_of(document) == "valid"
    assert open_proposal(document) is not None


def test_nobody_changes_what_their_own_document_is_worth(house, document, administrator):
    document.case.applicant = house.officer
    document.case.save()
    proposed(house, document)
    assert open_proposal(document) is None

    document.case.applicant = administrator
    document.case.save()
    proposed(house, document)
    at_screen_of(administrator).post(page(document, "decide"), answer_to(document, "yes"))
    assert status_of(document) == "valid"
