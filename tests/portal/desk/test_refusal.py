"""After a refusal the page says why, what mends each reason, until when it can be contested, and leads to both ways."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery
from procedures.audit.models import Entry
from procedures.cases.models import Case, CaseLink
from procedures.cases.selectors import answers_of
from procedures.documents.issuing import seal_document
from procedures.documents.models import Document
from procedures.jobs.services import sweep
from procedures.serving.models import DecisionLink, Notification
from procedures.sources.models import Taken
from procedures.wizard.models import Draft
from tests.procedures.appeals.factories import APPEAL, Tribunal
from tests.procedures.documents.factories import keys_in
from tests.procedures.evidence.corpus import pdf, upload
from tests.procedures.kernel.factories import a_person
from tests.procedures.wizard.factories import Visitor

pytestmark = pytest.mark.django_db
MENDED = "Obtain an attestation of recognition"


@pytest.fixture
def house(tmp_path: Path, settings: Any, db: None) -> Tribunal:
    settings.TAKWIN_KEYS, settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "keys", tmp_path / "private"
    keys_in(tmp_path / "keys")
    return Tribunal()


@pytest.fixture
def case(house: Tribunal) -> Case:
    return house.refused()


@pytest.fixture
def browser(house: Tribunal) -> Client:
    client = Client()
    client.force_login(house.applicant)
    return client


def page_of(case: Case, name: str = "case", language: str = "en") -> str:
    return re.sub(r"^/\w\w/", f"/{language}/", reverse(f"desk:{name}", kwargs={"case": case.public_id}))


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return spaced(unescape(answer.content.decode()))


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def words(text: str) -> str:
    return spaced(re.sub(r"<[^>]+>", "", text))


def test_the_page_says_each_reason_what_mends_it_and_that_nothing_was_read(browser: Client, case: Case) -> None:
    text = words(read(browser, page_of(case)))
    assert "The body that issued the certificate is not recognised in its country." in text
    assert MENDED in text
    assert "Basis: none read; an assumption" in text


@pytest.mark.parametrize(("language", "word"), [("ar", "افتراض"), ("fr", "hypothèse")])
def test_the_page_says_so_in_arabic_and_in_french(browser: Client, case: Case, language: str, word: str) -> None:
    text = read(browser, page_of(case, language=language))
    letter = case.documents.get(output="refusal").content["reasons"][0]
    assert spaced(letter["text"][language]) in text
    assert spaced(letter["mend"][language]) in text
    assert word in text
    assert letter["text"][language] != letter["text"]["en"]


def test_opening_the_page_notifies_and_says_until_when_and_why_then(browser: Client, case: Case) -> None:
    text = words(read(browser, page_of(case)))
    assert Notification.objects.get().way == "account"
    until = timezone.localdate() + timedelta(days=60)
    assert f"Until {until.day} {until:%B} {until.year}" in text.replace("\u00a0", " ")
    assert "because you were notified on" in text
    assert "opened in the account" in text
    assert "This time limit is an assumption" in text


def test_filing_again_begins_a_draft_that_says_where_each_answer_comes_from(browser: Client, case: Case) -> None:
    way = f"{reverse('wizard:start', kwargs={'code': case.procedure})}?like={case.public_id}"
    assert way.split("/", 2)[2] in read(browser, page_of(case))
    assert not Draft.objects.exists()  # nothing begins before the person says so
    browser.post(way.split("?")[0], {"like": str(case.public_id)})
    draft = Draft.objects.get()
    given = answers_of(case)["foreign_certificate"]["title"]
    assert draft.answers["foreign_certificate"]["title"] == given
    assert set(Taken.objects.filter(draft=draft).values_list("number", flat=True)) == {case.number}
    assert draft.done_steps == []


def test_an_appeal_is_filed_without_scripts_from_the_page_of_the_case(
    browser: Client, house: Tribunal, case: Case
) -> None:
    assert page_of(case, "appeal") in read(browser, page_of(case))
    assert "because you were notified on" in words(read(browser, page_of(case, "appeal")))
    answer = browser.post(page_of(case, "appeal"))
    visitor = Visitor(language="en", client=browser, code=APPEAL)
    visitor.draft = Draft.objects.get().pk
    assert answer["Location"].endswith(f"{visitor.draft}/appeal/")
    data = {"appeal-grounds": ["law"], "appeal-text": "The body is on the list of 2024 of its country."}
    assert visitor.send("appeal", data)["Location"].endswith("/papers/")
    visitor.client.post(visitor.step_path("papers"), {"next": "1"})  # papers are optional
    filed = visitor.file()
    assert "/desk/cases/" in filed["Location"]
    link = CaseLink.objects.get(kind="appeal")
    assert (link.case, link.to.office) == (case, house.above)
    text = read(browser, page_of(case))
    assert link.to.number in text
    assert page_of(case, "appeal") not in text
    assert case.number in read(browser, page_of(link.to))


def test_papers_may_be_added_to_an_appeal(browser: Client, case: Case) -> None:
    browser.post(page_of(case, "appeal"))
    visitor = Visitor(language="en", client=browser, code=APPEAL)
    visitor.draft = Draft.objects.get().pk
    visitor.send("appeal", {"appeal-grounds": ["facts"], "appeal-text": "Look at the list of 2024 once more."})
    visitor.hand_in(evidence=upload("list.pdf", pdf()))
    visitor.file()
    assert CaseLink.objects.get(kind="appeal").to.uploads.count() == 1


def test_after_the_time_the_page_says_what_can_still_be_done_and_begins_nothing(browser: Client, case: Case) -> None:
    read(browser, page_of(case))
    with time_machine.travel(timezone.now() + timedelta(days=61), tick=False):
        browser.force_login(case.applicant)
        text = words(read(browser, page_of(case)))
        assert "The time to appeal ended on" in text
        assert "You can still file a new application" in text
        answer = browser.post(page_of(case, "appeal"), follow=True)
    assert "The time to appeal ended on" in unescape(answer.content.decode())
    assert not Draft.objects.exists()


def test_another_persons_refusal_and_its_appeal_do_not_exist(case: Case) -> None:
    stranger = Client()
    stranger.force_login(a_person())
    for name in ("case", "appeal"):
        assert stranger.get(page_of(case, name)).status_code == 404
    assert stranger.post(page_of(case, "appeal")).status_code == 404
    assert not Notification.objects.exists()


def test_a_case_that_was_not_refused_has_no_appeal(browser: Client, house: Tribunal) -> None:
    assert browser.get(page_of(house.at_decision(), "appeal")).status_code == 404


def test_an_appeal_does_not_begin_from_the_list_of_services(browser: Client) -> None:
    address = reverse("wizard:start", kwargs={"code": APPEAL})
    assert "It begins from the page of the case" in read(browser, re.sub(r"^/\w\w/", "/en/", address))
    assert browser.post(address).status_code == 409
    assert not Draft.objects.exists()


def test_the_letter_comes_by_a_link_that_opens_it_without_logging_in(case: Case) -> None:
    seal_document(case.documents.get(output="refusal").pk)
    sweep()
    sent = Delivery.objects.get(key__startswith="decision:")
    message = next(each for each in mail.outbox if each.subject == sent.subject)
    found = re.search(r"http\S+(/\w\w/desk/decision/\S+/)", str(message.body))
    assert found
    anybody = Client()
    text = read(anybody, found[1])
    assert not Notification.objects.exists()  # a machine that follows the link notifies nobody
    assert case.applicant_name not in text
    answer = anybody.post(found[1])
    assert answer.getvalue().startswith(b"%PDF")
    assert Notification.objects.get().way == "link"
    entry = Entry.objects.get(action="document.fetched")
    assert (entry.actor, entry.data) == (None, {"link": DecisionLink.objects.get().pk})


def test_a_link_that_is_no_link_opens_nothing(case: Case) -> None:
    answer = Client().get("/en/desk/decision/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/")
    assert answer.status_code == 410


def test_taking_the_letter_notifies_too(browser: Client, case: Case) -> None:
    letter = case.documents.get(output="refusal")
    seal_document(letter.pk)
    Document.objects.filter(pk=letter.pk).update(state="issued")
    assert browser.get(reverse("desk:document", kwargs={"document": letter.public_id})).getvalue()
    assert Notification.objects.get().way == "account"


def test_an_accepted_appeal_is_told_on_the_page_of_the_contested_case(
    browser: Client, house: Tribunal, case: Case
) -> None:
    read(browser, page_of(case))
    house.decides_appeal(house.appealed(case))
    case.refresh_from_db()
    text = words(read(browser, page_of(case)))
    assert "Your appeal was accepted" in text
    assert "What you can do now" not in text
