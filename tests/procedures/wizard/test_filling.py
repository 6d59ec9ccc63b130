"""From the start page to the confirmation, page by page, without scripts."""

import pytest

from procedures.cases.models import Case
from tests.procedures.kernel.factories import House, a_person
from tests.procedures.wizard.factories import CODE, Visitor, errors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_application_goes_from_the_start_page_to_a_case(language: str) -> None:
    House()
    person = a_person()
    visitor = Visitor(person, language=language).ready()
    check = visitor.open("check")
    assert check.status_code == 200
    assert "AFPA Lyon" in check.content.decode()
    answer = visitor.file()
    case = Case.objects.get(draft_id=visitor.draft)
    assert answer["Location"] == f"/{language}/desk/cases/{case.public_id}/filed/"
    assert case.applicant == person
    assert case.uploads.count() == 7
    assert not visitor.stored().answers
    assert not visitor.stored().typed


def test_the_page_on_the_path_is_asked_only_after_more_than_a_month() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    assert "path" in visitor.stored().done_steps
    short = Visitor(a_person())
    short.fill(foreign_certificate={"months": 1, "hours": 120})
    assert "path" not in short.stored().done_steps
    assert short.open("path").status_code == 302


def test_the_sworn_translation_is_asked_only_for_another_language() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    assert "paper-translation" not in visitor.open("papers").content.decode()
    other = Visitor(a_person())
    other.fill(foreign_certificate={"language": "other", "country": "DE", "title_translated": "Certificat"})
    assert "paper-translation" in other.open("papers").content.decode()


def test_the_guardian_is_asked_only_under_eighteen() -> None:
    visitor = Visitor(a_person())
    visitor.fill(sample="of_a_minor")
    assert "guardian" in visitor.stored().done_steps


def test_a_rule_that_fails_stops_the_page_that_makes_it_ready_and_keeps_what_was_typed() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    answers = visitor.answers()
    visitor.send(step, visitor.page_data(step, answers))
    answers["foreign_certificate"]["country"] = "TN"
    answer = visitor.send("certificate", visitor.page_data("certificate", answers))
    assert answer.status_code == 200
    assert len(errors(answer)) == 1
    assert "AFPA Lyon" in visitor.open("certificate").content.decode()


def test_a_change_from_the_check_page_leads_back_to_it() -> None:
    House()
    visitor = Visitor(a_person()).ready()
    page = visitor.client.get(visitor.step_path("target") + "?back=check")
    answer = visitor.send(
        "target", visitor.page_data("target", visitor.answers(target={"purpose": "study"})), page=page
    )
    assert answer["Location"].endswith("/check/")
    assert "Further training" in visitor.open("check").content.decode()


def test_filing_without_the_declaration_says_so_and_files_nothing() -> None:
    House()
    visitor = Visitor(a_person()).ready()
    answer = visitor.file(true_and_complete="")
    assert errors(answer) == ["Tick the declaration before you file."]
    assert not Case.objects.exists()


def test_a_get_files_nothing() -> None:
    House()
    visitor = Visitor(a_person()).ready()
    assert visitor.client.get(visitor.path(f"drafts/{visitor.draft}/file/")).status_code == 405
    assert not Case.objects.exists()


def test_filing_twice_leads_to_the_same_receipt() -> None:
    House()
    visitor = Visitor(a_person()).ready()
    first = visitor.file()
    again = visitor.client.post(visitor.path(f"drafts/{visitor.draft}/file/"), {"true_and_complete": "on"})
    assert again["Location"] == first["Location"]
    assert visitor.open("holder")["Location"] == first["Location"]
    assert Case.objects.count() == 1


def test_answers_changed_in_another_tab_are_read_again_before_filing() -> None:
    House()
    visitor = Visitor(a_person()).ready()
    answer = visitor.file(version="0")
    assert answer.status_code == 200
    assert "changed in another tab" in answer.content.decode()
    assert not Case.objects.exists()


def test_without_an_office_nothing_is_filed_and_nothing_is_lost() -> None:
    answer = (visitor := Visitor(a_person()).ready()).file()
    assert "No office can receive" in answer.content.decode()
    assert visitor.stored().answers


def test_the_start_page_says_what_is_needed_and_lists_open_drafts() -> None:
    visitor = Visitor(a_person())
    page = visitor.client.get(visitor.path(f"services/{CODE}/start/")).content.decode()
    assert "The certificate, both sides" in page
    step = visitor.start()
    visitor.send(step, {}, later="1")
    assert f"/drafts/{visitor.draft}/" in visitor.client.get(visitor.path(f"services/{CODE}/start/")).content.decode()


def test_an_unknown_procedure_is_a_404() -> None:
    assert Visitor(a_person()).client.get("/en/services/no_such/start/").status_code == 404
