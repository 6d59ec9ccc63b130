"""A paper that differs, reported without an account: it reaches the office of issue, is answered, and names nobody."""

import uuid
from typing import Any

import pytest
from django.test import Client

from notifications.models import Delivery, Notice
from procedures.audit.models import Entry
from procedures.documents import codes
from procedures.documents.models import Document
from procedures.mismatches.models import Mismatch
from procedures.offices.models import Office, Role
from tests.portal.accounts.factories import with_second_factor
from tests.procedures.documents.factories import issued_decision, person
from tests.procedures.kernel.factories import staff_of

WORDS = "The paper names somebody else: Karim SLIMANI, met at a job interview."
HOLDER = ("Yassine", "Ouertani", "OUERTANI", "ياسين", "الورتاني")


@pytest.fixture
def document() -> Document:
    return issued_decision()


@pytest.fixture
def officer(document: Document) -> Any:
    assert document.case is not None
    return staff_of(document.case.office, Role.CENTRAL_OFFICER)


def typed(document: Document | None, **changes: Any) -> dict[str, Any]:
    code = codes.grouped(document.public_id) if document else ""
    return {"key": str(uuid.uuid4()), "code": code, "kind": "name", "words": WORDS} | changes


def reported(client: Client, document: Document | None, **changes: Any) -> Mismatch:
    answer = client.post("/en/verify/report/", typed(document, **changes))
    assert answer.status_code == 302, answer.content.decode()
    found = Mismatch.objects.latest("pk")
    assert answer["Location"] == f"/en/verify/report/{found.public_id}/"
    return found


def at_desk_of(somebody: Any) -> Client:
    return with_second_factor(Client(), somebody)


def test_a_report_reaches_the_office_of_issue_and_names_nobody(
    client: Client, document: Document, officer: Any
) -> None:
    stranger = person("S", "central_officer", office=another_office())
    report = reported(client, document)

    assert (report.document, report.office, report.state) == (document, document.case.office, "received")
    assert [notice.person for notice in Notice.objects.all()] == [officer]
    told = Delivery.objects.get()
    assert told.address == officer.email != stranger.email
    assert f"/office/mismatches/{report.public_id}/" in told.body
    said = f"{told.subject} {told.body} {Entry.objects.get(action='mismatch.report').data}"
    assert not [name for name in (*HOLDER, "SLIMANI", "interview") if name in said]
    assert Entry.objects.get(action="mismatch.report").data == {"kind": "name", "code": document.public_id}


def another_office() -> Office:
    names = {"name_ar": "أخرى", "name_fr": "Autre", "name_en": "Another"}
    return Office.objects.create(code="another", kind="central", **names)


def test_of_one_code_a_person_hears_once_a_day_and_of_another_again(
    client: Client, document: Document, officer: Any
) -> None:
    other = issued_decision(serial=2)
    for each in (document, document, other):
        reported(client, each)
    assert Mismatch.objects.count() == 3
    assert Notice.objects.filter(person=officer).count() == 2


def test_the_same_report_sent_twice_is_one(client: Client, document: Document) -> None:
    key = str(uuid.uuid4())
    assert reported(client, document, key=key) == reported(client, document, key=key)
    assert Mismatch.objects.count() == Entry.objects.filter(action="mismatch.report").count() == 1


def test_a_code_that_the_register_does_not_know_goes_to_the_central_services(client: Client, officer: Any) -> None:
    report = reported(client, None, code=codes.new_id(), kind="unknown")
    assert (report.document, report.office) == (None, None)
    desk = at_desk_of(officer)
    assert str(report.public_id) in desk.get("/en/office/mismatches/").content.decode()
    assert (
        "The register does not know this code."
        in desk.get(f"/en/office/mismatches/{report.public_id}/").content.decode()
    )
    clerk = at_desk_of(staff_of(officer.memberships.get().office, Role.DESK_OFFICER))
    assert clerk.get(f"/en/office/mismatches/{report.public_id}/").status_code == 404


def test_only_the_office_of_issue_sees_a_report(client: Client, document: Document, officer: Any) -> None:
    report = reported(client, document)
    theirs = at_desk_of(person("S", "central_officer", office=another_office()))
    assert str(report.public_id) not in theirs.get("/en/office/mismatches/").content.decode()
    for path, send in (("", theirs.get), ("see/", theirs.post), ("answer/", theirs.post)):
        assert send(f"/en/office/mismatches/{report.public_id}/{path}").status_code == 404
    editor = at_desk_of(staff_of(officer.memberships.get().office, Role.EDITOR))
    assert editor.get("/en/office/mismatches/").status_code == 404
    assert client.get("/en/office/mismatches/").status_code == 302


def test_a_report_is_seen_answered_and_the_answer_read_at_its_address(
    client: Client, document: Document, officer: Any
) -> None:
    report, desk = reported(client, document), at_desk_of(officer)
    address, followed = f"/en/office/mismatches/{report.public_id}/", f"/en/verify/report/{report.public_id}/"
    assert "Karim SLIMANI" in desk.get(address).content.decode()
    assert "Your report was received" in client.get(followed).content.decode()
    desk.post(f"{address}see/")
    desk.post(f"{address}see/")
    assert "being looked into" in client.get(followed).content.decode()
    assert "Write what was found" in desk.post(f"{address}answer/", {"answer": ""}).content.decode()
    said = "The paper is not ours; the police was told."
    assert desk.post(f"{address}answer/", {"answer": said}).status_code == 302
    page = client.get(followed)
    assert said in page.content.decode()
    assert "SLIMANI" not in page.content.decode()
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    again = desk.post(f"{address}answer/", {"answer": "A second answer that comes late."}, follow=True)
    assert "A colleague answered this report first" in again.content.decode()
    report.refresh_from_db()
    assert (report.state, report.answer, report.seen_by, report.answered_by) == ("answered", said, officer, officer)
    actions = list(Entry.objects.filter(action__startswith="mismatch.").values_list("action", "actor"))
    assert actions == [
        ("mismatch.report", None), ("mismatch.read", officer.pk), ("mismatch.see", officer.pk),
        ("mismatch.answer", officer.pk), ("mismatch.read", officer.pk),
    ]  # fmt: skip
    assert "SLIMANI" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_the_list_shows_each_state_in_few_questions(
    client: Client, document: Document, officer: Any, django_assert_max_num_queries: Any
) -> None:
    reports = [reported(client, document) for _ in range(4)]
    Mismatch.objects.filter(pk=reports[0].pk).update(state="answered")
    desk = at_desk_of(officer)
    desk.get("/en/office/mismatches/")
    with django_assert_max_num_queries(14):
        page = desk.get("/en/office/mismatches/").content.decode()
    assert str(reports[0].public_id) not in page
    assert all(str(each.public_id) in page for each in reports[1:])
    assert str(reports[0].public_id) in desk.get("/en/office/mismatches/?state=answered").content.decode()
    assert "Reports on papers" in page


def test_what_is_missing_is_named_and_what_was_typed_stays(client: Client, document: Document) -> None:
    page = client.post("/en/verify/report/", typed(None, words="short", kind="", code="84G7")).content.decode()
    for sentence in ("Choose what differs.", "Write a little more", "Enter the 16 characters of the code"):
        assert sentence in page
    assert ">\nshort</textarea>" in page
    assert Mismatch.objects.count() == 0


def test_too_many_reports_of_one_connection_wait_and_keep_their_words(
    client: Client, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.verification.throttle.MOST_REPORTS", 2)
    for _ in range(2):
        reported(client, document)
    answer = client.post("/en/verify/report/", typed(document))
    assert answer.status_code == 429
    assert "Karim SLIMANI" in answer.content.decode()
    assert Mismatch.objects.count() == 2


def test_the_answer_leads_to_the_form_with_its_code_and_the_browser_may_say_where_it_comes_from(
    client: Client, document: Document
) -> None:
    result = client.get(f"/en/verify/{document.public_id}/").content.decode()
    address = f"/en/verify/report/?code={document.public_id}"
    assert f'href="{address}"' in result
    page = client.get(address)
    assert f'value="{codes.grouped(document.public_id)}"' in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert Client(enforce_csrf_checks=True).post("/en/verify/report/", typed(document)).status_code == 403


def test_an_unknown_address_of_a_report_is_nobodys(client: Client) -> None:
    assert client.get(f"/en/verify/report/{uuid.uuid4()}/").status_code == 404
