"""The room that opens files, and what those concerned read and send from their account."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.registry import procedure
from procedures.testing import posted, sample_answers
from procedures.visits.models import Severity
from procedures.visits.services.closing import Wrong
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.documents.factories import keys_in
from tests.procedures.files.factories import (
    Directorate,
    a_paper,
    answers_in_writing,
    opened,
    prepares,
    signs,
    the_equivalence_service,
)
from tests.procedures.files.visiting import visited
from tests.registers.factories import a_structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Directorate:
    settings.TAKWIN_KEYS, settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "keys", tmp_path / "private"
    keys_in(settings.TAKWIN_KEYS)
    return Directorate()


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def address(code: str = "") -> str:
    return reverse("files:open", args=(code,)) if code else reverse("files:home")


def typed(place: Directorate, code: str = "formal_notice", sample: str = "mended", **changes: Any) -> dict[str, Any]:
    target = {"structure": place.structure.number}
    answers = sample_answers(procedure(code), "fr", sample=sample, **({"target": target} | changes))
    data = dict(posted(procedure(code), answers))
    return data | {"shown": " ".join(f"{block}-{name}" for block, given in answers.items() for name in given)}


def own(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_an_officer_sees_the_procedures_that_their_role_opens_and_no_other(place: Directorate) -> None:
    officer, _delegate = the_equivalence_service()
    shown = at_screen_of(place.inspector).get(address()).content.decode()
    assert address("formal_notice") in shown
    assert address("certificate_revocation") not in shown
    shown = at_screen_of(officer).get(address()).content.decode()
    assert address("certificate_revocation") in shown
    assert address("formal_notice") not in shown
    assert at_screen_of(place.director).get(address("formal_notice")).status_code == 404
    assert at_screen_of(place.inspector).get(address("foreign_certificate_equivalence")).status_code == 404
    assert own(place.owner).get(address()).status_code == 404
    assert Client().get(address()).status_code == 302


def test_the_menu_shows_the_room_to_those_alone_who_open_something(place: Directorate) -> None:
    for who, shown in (("inspector", True), ("director", True), ("desk", False)):
        page = at_screen_of(getattr(place, who)).get("/en/office/").content.decode()
        assert ('href="/en/office/files/"' in page) is shown, who


def test_nobody_starts_it_as_a_service_and_no_public_list_names_it(place: Directorate) -> None:
    for name in ("wizard:start", "public:service"):
        assert own(place.owner).get(reverse(name, args=("formal_notice",))).status_code == 404
        assert at_screen_of(place.inspector).get(reverse(name, args=("formal_notice",))).status_code == 404
    assert "formal_notice" not in Client().get(reverse("public:catalogue")).content.decode()


def test_the_link_from_a_structure_fills_in_its_number_and_finds_no_fault_yet(place: Directorate) -> None:
    shown = at_screen_of(place.inspector).get(address("formal_notice"), {"about": place.structure.number})
    assert f'value="{place.structure.number}"' in shown.content.decode()
    assert shown.context["errors"] == []


def test_the_same_page_sent_twice_opens_one_file(place: Directorate) -> None:
    screen = at_screen_of(place.inspector)
    key = screen.get(address("formal_notice")).context["opening"].key
    data = typed(place) | {"key": str(key)}
    first, second = (screen.post(address("formal_notice"), data) for _time in range(2))
    case = Case.objects.get()
    assert first["Location"] == second["Location"] == page_of(case)
    assert case.opened_by == place.inspector


def test_what_is_wrong_stands_beside_the_question_and_nothing_is_opened(place: Directorate) -> None:
    screen = at_screen_of(place.inspector)
    late = typed(place, sample="too_short")
    shown = screen.post(address("formal_notice"), late)
    assert any("at least 15 days" in text for _place, text in shown.context["errors"])
    shown = screen.post(address("forced_closure"), typed(place, "forced_closure", "closed"))
    assert any("the file rests on it" in text for _place, text in shown.context["errors"])
    elsewhere = at_screen_of(place.elsewhere).post(address("formal_notice"), typed(place))
    assert any("another office" in text for _place, text in elsewhere.context["errors"])
    assert not Case.objects.exists()


def test_urgency_opens_its_questions_without_a_script(place: Directorate) -> None:
    screen = at_screen_of(place.inspector)
    data = typed(place, "precautionary_suspension", "at_once")
    hidden = {
        name: value for name, value in data.items() if not name.startswith(("precaution-danger", "precaution-until"))
    }
    shown = screen.post(address("precautionary_suspension"), hidden | {"shown": "precaution-urgent"})
    assert "precaution-danger" in shown.content.decode()
    assert shown.context["errors"] == []
    assert not Case.objects.exists()
    screen.post(address("precautionary_suspension"), data)
    assert Case.objects.get().state == State.DECISION


def test_no_message_goes_to_those_concerned_before_the_file_is_shown_to_them(place: Directorate) -> None:
    case = place.opens("formal_notice")
    screen = at_screen_of(place.inspector)
    shown = screen.get(page_of(case))
    assert shown.context["letters"].may_write is False
    screen.post(reverse("backoffice:write", args=(case.public_id,)), {"text": "Bonjour"})
    assert not case.messages.exists()
    assert own(place.owner).get(reverse("desk:case", args=(case.public_id,))).status_code == 404
    assert own(place.owner).get(reverse("desk:hearing", args=(case.public_id,))).status_code == 404


def test_the_owner_reads_the_findings_answers_with_a_paper_and_reads_the_decision(place: Directorate) -> None:
    case = place.opens("inspection_mission")
    found = Wrong("exits", Severity.GRAVE, "Dégager l’issue.", "Une issue de secours fermée", timezone.localdate())
    visited(case, place.inspector, findings=[found], item__exits="no")
    client, at = own(place.owner), reverse("desk:hearing", args=(case.public_id,))
    shown = client.get(at).content.decode()
    assert "You are heard before it is decided" in shown
    assert "Une issue de secours fermée" in shown
    assert "Dégager l’issue." in shown

    refused = client.post(at, {"reply-stand": "accepts", "reply-answer": ""})
    assert refused.status_code == 200
    client.post(at, {"reply-stand": "accepts", "reply-answer": "Faite.", "paper-reply": [a_paper("photo.pdf")]})

    case.refresh_from_db()
    assert case.state == State.DECISION
    assert case.uploads.get(paper="reply").name == "photo.pdf"
    prepares(case, place.inspector, "notice", reasons=("findings",))
    signs(case, place.director)
    page = client.get(reverse("desk:case", args=(case.public_id,))).content.decode()
    assert "A decision was signed" in page
    assert "Withdraw the application" not in page
    assert reverse("desk:receipt", args=(case.public_id,)) not in page
    assert "Begin a new application" not in page


def test_a_revocation_needs_no_reason_besides_its_public_one(place: Directorate) -> None:
    from tests.procedures.files.test_measures import issued_to

    officer, _delegate = the_equivalence_service()
    document = issued_to(place.owner)
    case = opened("certificate_revocation", officer, {"target": {"document": document.public_id}})
    answers_in_writing(case, place.owner)
    at = reverse("backoffice:act", args=(case.public_id, "prepare_decision"))
    screen = at_screen_of(officer)
    assert 'name="reasons"' not in screen.get(at).content.decode()
    screen.post(at, {"version": str(case.version), "kind": "notice", "motivation": ""})
    case.refresh_from_db()
    assert case.state == State.SIGNATURE


def test_the_case_page_leads_from_a_notice_that_failed_to_the_next_file(place: Directorate) -> None:
    notice = place.opens("formal_notice")
    prepares(notice, place.inspector, "notice", reasons=("premises",))
    signs(notice, place.director)
    answers_in_writing(notice, place.owner)
    prepares(notice, place.inspector, "refer")
    signs(notice, place.director)
    link = f"{address('precautionary_suspension')}?about={place.structure.number}"
    assert link in at_screen_of(place.inspector).get(page_of(notice)).content.decode()
    assert link not in at_screen_of(place.director).get(page_of(notice)).content.decode()


def without_account(place: Directorate) -> Case:
    """A closure about a structure that nobody serves with an account."""
    return place.opens("forced_closure", structure=a_structure("مركز بلا حساب", fr="Centre sans compte"))


def test_the_desk_writes_down_what_came_on_paper_with_the_letter_that_brought_it(place: Directorate) -> None:
    case = without_account(place)
    screen, at = at_screen_of(place.desk), reverse("backoffice:act", args=(case.public_id, "hear_on_paper"))
    assert "Write down what they answer" in screen.get(page_of(case)).content.decode()
    said = {"version": str(case.version), "reply-stand": "in_part", "reply-answer": ""}
    refused = screen.post(at, said | {"paper-reply": [a_paper("lettre.pdf")]})
    assert refused.status_code == 200
    bad = SimpleUploadedFile("lettre.pdf", b"MZ no paper at all", content_type="application/pdf")
    refused = screen.post(at, said | {"reply-answer": "Réparé.", "paper-reply": [bad]})
    assert 'id="id_paper-reply_error"' in refused.content.decode()
    screen.post(at, said | {"reply-answer": "Réparé.", "paper-reply": [a_paper("lettre.pdf")]})
    case.refresh_from_db()
    assert case.state == State.DECISION
    assert case.uploads.get(paper="reply").name == "lettre.pdf"


def test_nobody_else_writes_it_down_and_each_page_says_whom_the_file_waits_for(place: Directorate) -> None:
    alone = without_account(place)
    for slug in ("hear_on_paper", "give_opinion"):
        at = reverse("backoffice:act", args=(alone.public_id, slug))
        assert at_screen_of(place.inspector).get(at).status_code == 409
    assert at_screen_of(place.desk).get(at).status_code == 409, "an opinion of one's own is not what they say"
    page = at_screen_of(place.inspector).get(page_of(alone)).content.decode()
    assert "the desk of the office writes down what they answer" in page
    heard = place.opens("forced_closure")
    at = reverse("backoffice:act", args=(heard.public_id, "hear_on_paper"))
    assert at_screen_of(place.desk).get(at).status_code == 409, "they answer from their account"
    page = at_screen_of(place.desk).get(page_of(heard)).content.decode()
    assert "This case waits for the answer of those whom it concerns." in page
