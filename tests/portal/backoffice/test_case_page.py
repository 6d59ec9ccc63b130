"""The case page: what it shows, to whom, and what each reading leaves in the audit chain."""

import pytest

from procedures.audit.selectors import entries_about
from procedures.cases import services
from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.offices.models import Role
from tests.portal.backoffice.factories import act_on, at_screen_of, page_of, typed
from tests.procedures.kernel.factories import House, hand_in, staff_of, the_directorate

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def case(house: House) -> Case:
    return house.files()


def test_the_page_shows_name_number_stages_rules_answers_and_papers(house, case):
    hand_in(case, "transcripts")

    page = at_screen_of(house.desk).get(page_of(case))

    assert page.status_code == 200
    for words in (
        case.number,
        case.applicant_name,
        "Check that the file is complete",
        "Rules",
        "Answers",
        "Transcripts",
        "x.pdf",
    ):
        assert words in page.content.decode()
    assert "The delay has not started" in page.content.decode()


def test_each_reading_enters_the_audit_chain(house, case):
    at_screen_of(house.desk).get(page_of(case))

    read = entries_about(case).get(action="case.read")
    assert read.actor == house.desk.pk


def test_a_case_of_another_office_is_not_there_and_looks_like_one_that_never_was(house, case):
    elsewhere = staff_of(the_directorate("TN-82"), Role.DESK_OFFICER)
    client = at_screen_of(elsewhere)

    other = client.get(page_of(case))
    missing = client.get(page_of(case).replace(str(case.public_id), "00000000-0000-4000-8000-000000000000"))

    assert other.status_code == missing.status_code == 404
    assert _bare(other, str(case.public_id)) == _bare(missing, "00000000-0000-4000-8000-000000000000")
    assert not entries_about(case).filter(action="case.read").exists()


def test_an_applicant_never_sees_the_office_page(house, case):
    assert at_screen_of(house.applicant).get(page_of(case)).status_code == 404


def test_the_identity_number_is_masked_until_it_is_asked_for_and_the_asking_is_recorded(house, case):
    number = case.answers["identity"]["id_number"]
    client = at_screen_of(house.desk)
    assert number not in client.get(page_of(case)).content.decode()

    shown = client.post(act_on(case, "reveal"), {"path": "identity.id_number"})

    assert number in shown.content.decode()
    entry = entries_about(case).get(action="identity.read")
    assert entry.actor == house.desk.pk
    assert entry.data["path"] == "identity.id_number"
    assert number not in client.get(page_of(case)).content.decode()


def test_only_an_identity_number_can_be_revealed(house, case):
    client = at_screen_of(house.desk)

    assert client.post(act_on(case, "reveal"), {"path": "identity.last_name_ar"}).status_code == 404
    assert client.post(act_on(case, "reveal"), {"path": "nowhere.id_number"}).status_code == 404
    assert client.get(act_on(case, "reveal")).status_code == 405


def test_a_corrected_answer_shows_what_it_was(house, case):
    path = "foreign_certificate.issuing_body"
    items = [{"path": path, "reason": "incorrect", "note": "As on the certificate."}]
    services.ask_correction(case=case, by=house.desk, version=case.version, items=items)
    services.return_correction(case=case, by=case.applicant, patch={path: "Istituto Ponte Nuovo"})

    page = at_screen_of(house.desk).get(page_of(case)).content.decode()

    assert "<ins><bdi>Istituto Ponte Nuovo</bdi></ins>" in page
    assert "As on the certificate." in page


def test_the_clock_runs_after_completeness_and_tells_why_that_date(house):
    case = house.at_instruction()

    page = at_screen_of(house.officer).get(page_of(case)).content.decode()

    assert "45</span> working days left" in page
    assert "The time limit, line by line" in page


def test_a_paused_clock_says_so(house, case):
    items = [{"path": "paper.transcripts", "reason": "unreadable", "note": "Page 2."}]
    case = house.at_instruction()
    services.ask_correction(case=case, by=house.officer, version=case.version, items=items)

    page = at_screen_of(house.officer).get(page_of(case)).content.decode()

    assert "The delay stands still" in page
    assert case.state == State.CORRECTION
    assert "This case waits for the applicant" in page


def test_a_paper_opens_for_its_officer_only_and_its_reading_is_recorded(house, case, settings):
    upload = hand_in(case, "transcripts")
    stored = settings.TAKWIN_PRIVATE_STORAGE / upload.stored
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"%PDF-1.7")
    address = f"{page_of(case)}papers/{upload.pk}/"

    answer = at_screen_of(house.desk).get(address)

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert entries_about(case).get(action="paper.read").data["upload"] == str(upload.pk)
    elsewhere = staff_of(the_directorate("TN-82"), Role.DESK_OFFICER)
    assert at_screen_of(elsewhere).get(address).status_code == 404


def test_a_paper_of_another_case_does_not_open_under_this_one(house, case):
    upload = hand_in(house.files(), "transcripts")

    assert at_screen_of(house.desk).get(f"{page_of(case)}papers/{upload.pk}/").status_code == 404


def test_only_the_acts_that_are_open_appear_and_a_closed_one_says_why(house, case):
    desk = at_screen_of(house.desk).get(page_of(case)).content.decode()
    assert 'accept_completeness/"' in desk
    assert 'prepare_decision/"' not in desk

    case = house.at_signature()
    preparer = at_screen_of(house.officer).get(page_of(case)).content.decode()
    assert 'sign/"' not in preparer
    assert "You prepared this decision: another person signs it." in preparer


def test_the_page_reads_in_arabic_and_french(house, case):
    client = at_screen_of(house.desk)

    assert "الإجابات" in client.get(page_of(case, language="ar")).content.decode()
    assert "Réponses" in client.get(page_of(case, language="fr")).content.decode()


def test_a_case_whose_procedure_is_gone_stays_readable_and_offers_no_act(house, case):
    Case.objects.filter(pk=case.pk).update(procedure="gone")
    client = at_screen_of(house.desk)

    page = client.get(page_of(case))

    assert page.status_code == 200
    assert case.number in page.content.decode()
    assert "no longer installed" in page.content.decode()
    assert client.post(act_on(case, "accept_completeness"), typed(case)).status_code == 409


def _bare(answer, identity: str) -> str:
    """A page without what differs between any two requests: the address asked and the forgery token."""
    import re

    text = answer.content.decode().replace(identity, "…")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


@pytest.mark.parametrize("stage", ["files", "at_instruction", "at_commission", "at_decision", "at_signature"])
def test_the_page_opens_at_every_stage_to_everybody_who_may_read_it(house, stage):
    case = getattr(house, stage)()
    auditor = staff_of(house.central, Role.AUDITOR)
    for reader in (house.desk, house.officer, house.secretary, auditor):
        page = at_screen_of(reader).get(page_of(case))
        allowed = stage != "files" or reader in (house.desk, auditor)
        assert page.status_code == (200 if allowed else 404), (stage, reader)
