"""A doubt reported without an account: kept, sent to the right directorate, answered, and followed by who reported."""

import uuid
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from notifications.models import Delivery
from procedures.audit.models import Entry
from procedures.offices.models import Role
from registers.structures.doubts.models import Doubt
from registers.structures.models import Structure
from tests.portal.accounts.factories import with_second_factor
from tests.portal.directory.factories import a_structure, the_directorate_of
from tests.procedures.kernel.factories import staff_of, the_central_service

pytestmark = pytest.mark.django_db
WORDS = "They promise a master's degree on a poster in front of the station."


@pytest.fixture
def structure(db: None) -> Structure:
    return a_structure(place="TN-81")


def typed(**changes: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "kind": "forbidden_title", "words": WORDS, "email": ""} | changes


def reported(client: Client, structure: Structure, **changes: Any) -> Doubt:
    answer = client.post(f"/en/structures/{structure.number}/doubt/", typed(**changes))
    assert answer.status_code == 302, answer.content.decode()
    doubt = Doubt.objects.latest("pk")
    assert answer["Location"] == f"/en/structures/doubts/{doubt.public_id}/"
    return doubt


def at_desk_of(person: Any) -> Client:
    return with_second_factor(Client(), person)


def test_a_doubt_goes_to_the_directorate_of_the_structure_and_is_on_record_without_its_words(
    client: Client, structure: Structure
) -> None:
    office = the_directorate_of("TN-81")
    doubt = reported(client, structure, email="someone@example.tn")
    assert (doubt.office, doubt.structure, doubt.state) == (office, structure, "received")
    entry = Entry.objects.get(action="doubt.report")
    assert entry.data == {"kind": "forbidden_title", "structure": structure.number, "place": "TN-81"}
    page = client.get(f"/en/structures/doubts/{doubt.public_id}/")
    assert "Your report was received" in page.content.decode()
    assert WORDS not in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "no-store"


def test_a_browser_says_where_the_report_comes_from(client: Client, structure: Structure) -> None:
    """A page that forbids it has its form refused: the browser sends `Origin: null`, which is nobody's."""
    for address in (f"/en/structures/{structure.number}/doubt/", "/en/structures/doubt/"):
        page = client.get(address)
        assert 'method="post"' in page.content.decode()
        assert page["Referrer-Policy"] == "same-origin"


def test_the_same_report_sent_twice_is_one(client: Client, structure: Structure) -> None:
    key = str(uuid.uuid4())
    assert reported(client, structure, key=key) == reported(client, structure, key=key)
    assert Doubt.objects.count() == 1


def test_a_structure_that_is_not_in_the_directory_is_reported_by_name_and_place(client: Client) -> None:
    office = the_directorate_of("TN-33")
    answer = client.post("/fr/structures/doubt/", typed(kind="undeclared", name="Académie X", place="TN-33"))
    doubt = Doubt.objects.get()
    assert answer["Location"] == f"/fr/structures/doubts/{doubt.public_id}/"
    assert (doubt.office, doubt.name, doubt.structure) == (office, "Académie X", None)


def test_what_is_missing_is_named_and_what_was_typed_stays(client: Client, structure: Structure) -> None:
    page = client.post("/en/structures/doubt/", typed(words="short", email="no", kind="", name="", place="TN-99"))
    text = page.content.decode()
    for sentence in (
        "Choose what makes you doubt.",
        "Write a little more",
        "Enter an e-mail address such as",
        "Enter the name as its sign",
    ):
        assert sentence in text
    assert ">\nshort</textarea>" in text
    assert Doubt.objects.count() == 0


def test_a_key_that_was_tampered_with_does_not_stop_a_report(client: Client, structure: Structure) -> None:
    reported(client, structure, key="no-uuid")


def test_too_many_reports_of_one_connection_wait_and_keep_their_words(
    client: Client, structure: Structure, monkeypatch: Any
) -> None:
    monkeypatch.setattr("portal.directory.throttle.MOST", 2)
    for _ in range(2):
        reported(client, structure)
    answer = client.post(f"/en/structures/{structure.number}/doubt/", typed())
    assert answer.status_code == 429
    assert "Too many reports" in answer.content.decode()
    assert "in front of the station" in answer.content.decode()
    assert Doubt.objects.count() == 2


def test_a_form_without_its_token_is_refused(structure: Structure) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/en/structures/{structure.number}/doubt/", typed()).status_code == 403


def test_only_the_directorate_of_the_place_sees_a_doubt(client: Client, structure: Structure) -> None:
    here, elsewhere = the_directorate_of("TN-81"), the_directorate_of("TN-33")
    doubt = reported(client, structure)
    officer, stranger = staff_of(here, Role.DESK_OFFICER), staff_of(elsewhere, Role.REGIONAL_DIRECTOR)
    assert str(doubt.public_id) in at_desk_of(officer).get("/en/office/doubts/").content.decode()
    theirs = at_desk_of(stranger)
    assert str(doubt.public_id) not in theirs.get("/en/office/doubts/").content.decode()
    assert theirs.get(f"/en/office/doubts/{doubt.public_id}/").status_code == 404
    assert theirs.post(f"/en/office/doubts/{doubt.public_id}/take-up/").status_code == 404
    editor = at_desk_of(staff_of(here, Role.EDITOR))
    assert editor.get("/en/office/doubts/").status_code == 404
    assert client.get("/en/office/doubts/").status_code == 302


def test_where_no_directorate_is_open_the_central_services_see_it(client: Client, structure: Structure) -> None:
    doubt = reported(client, structure)
    assert doubt.office is None
    central = at_desk_of(staff_of(the_central_service(), Role.CENTRAL_OFFICER))
    assert "No directorate is open there" in central.get("/en/office/doubts/").content.decode()
    assert central.get(f"/en/office/doubts/{doubt.public_id}/").status_code == 200


def test_a_doubt_is_taken_up_answered_and_the_answer_reaches_who_reported_it(
    client: Client, structure: Structure
) -> None:
    officer = staff_of(the_directorate_of("TN-81"), Role.DESK_OFFICER)
    doubt = reported(client, structure, email="someone@example.tn")
    desk, address = at_desk_of(officer), f"/en/office/doubts/{doubt.public_id}/"
    assert WORDS.replace("'", "&#x27;") in desk.get(address).content.decode()
    assert "someone@example.tn" not in desk.get(address).content.decode()
    desk.post(f"{address}take-up/")
    assert "being looked into" in client.get(f"/en/structures/doubts/{doubt.public_id}/").content.decode()
    refused = desk.post(f"{address}answer/", {"finding": "", "answer": "short"}).content.decode()
    assert "Choose whether the doubt is founded." in refused
    assert ">\nshort</textarea>" in refused
    said = "An inspector visited the structure and had the poster taken down."
    assert desk.post(f"{address}answer/", {"finding": "founded", "answer": said}).status_code == 302
    assert said in client.get(f"/en/structures/doubts/{doubt.public_id}/").content.decode()
    doubt.refresh_from_db()
    assert (doubt.state, doubt.answered_by, doubt.email) == ("founded", officer, "")
    delivery = Delivery.objects.get()
    assert delivery.address == "someone@example.tn"
    assert said in delivery.body
    assert f"https://verif.example.tn/en/structures/doubts/{doubt.public_id}/" in delivery.body
    assert mail.outbox == []  # the worker sends it
    actions = set(Entry.objects.filter(action__startswith="doubt.").values_list("action", flat=True))
    assert actions == {"doubt.report", "doubt.read", "doubt.take_up", "doubt.answer"}


def test_a_second_answer_changes_nothing(client: Client, structure: Structure) -> None:
    desk = at_desk_of(staff_of(the_directorate_of("TN-81"), Role.DESK_OFFICER))
    doubt = reported(client, structure)
    address = f"/en/office/doubts/{doubt.public_id}/answer/"
    first = "The poster was that of another structure, which was told."
    desk.post(address, {"finding": "unfounded", "answer": first})
    again = desk.post(address, {"finding": "founded", "answer": "A second answer that comes late."}, follow=True)
    assert "A colleague answered this doubt first" in again.content.decode()
    doubt.refresh_from_db()
    assert (doubt.state, doubt.answer) == ("unfounded", first)


def test_the_list_shows_each_state_and_what_is_late(client: Client, structure: Structure) -> None:
    desk = at_desk_of(staff_of(the_directorate_of("TN-81"), Role.DESK_OFFICER))
    late = reported(client, structure)
    Doubt.objects.filter(pk=late.pk).update(due_on="2020-01-01")
    assert "late" in desk.get("/en/office/doubts/").content.decode()
    assert str(late.public_id) not in desk.get("/en/office/doubts/?state=founded").content.decode()
    assert str(late.public_id) in desk.get("/en/office/doubts/?state=received").content.decode()
