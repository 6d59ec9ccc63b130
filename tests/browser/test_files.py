"""A formal notice, the structure's answer, then a suspension: two officers and an owner, without scripts."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Browser, BrowserContext, Page

from procedures.api import Ago
from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.definition import Sample
from procedures.documents.models import Document
from procedures.jobs.services import sweep
from procedures.registry import procedure
from procedures.testing import sample_answers, sample_stage_answers
from registers.structures.selectors import status_of
from tests.browser.answering import Person, press
from tests.browser.sweeping import faults
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.evidence.corpus import pdf
from tests.procedures.files.factories import Directorate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TAKWIN_PICTURES", "")


@pytest.fixture(autouse=True, scope="module")
def _beside_the_loop_of_the_browser() -> Iterator[None]:
    """The driver of the browser runs a loop in the thread of the tests, which Django takes for a loop of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture
def place(transactional_db: None, tmp_path: Path, settings: Any) -> Directorate:
    settings.TAKWIN_KEYS, settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "keys", tmp_path / "private"
    call_command("make_keys", verbosity=0)
    return Directorate()


def work() -> None:
    """What the outbox has promised, as a worker does it beside the pages."""
    try:
        sweep()
    finally:
        connections.close_all()


class Screen:
    """One person's browser, in which no script runs."""

    def __init__(self, chromium: Browser, server: str, person: Any, language: str, *, scripts: bool = False) -> None:
        self.context: BrowserContext = chromium.new_context(
            viewport={"width": 1280, "height": 844},
            base_url=server,
            locale=language,
            java_script_enabled=scripts,
            bypass_csp=scripts,
        )
        self.context.set_default_timeout(20_000)
        session = at_screen_of(person).cookies["session"].value
        self.context.add_cookies([{"name": "session", "value": session, "url": server}])
        self.page: Page = self.context.new_page()
        self.language = language

    def goes(self, name: str, *args: Any) -> Page:
        with translation.override(self.language):
            self.page.goto(reverse(name, args=args))
        return self.page

    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    def presses(self) -> None:
        press(self.page.locator("main form button.btn-big").last)

    def answers(self, code: str, answers: dict[str, Any]) -> None:
        Person(self.page, procedure(code), self.language, answers).answer_page()

    def shows(self, name: str) -> None:
        for width in (390, 1280) if PICTURES else ():
            self.page.set_viewport_size({"width": width, "height": 844})
            self.page.screenshot(path=f"{PICTURES}/{name}-{self.language}-{width}.png", full_page=True)


class Play:
    """Two officers and the owner, each at a screen, and the steps that both files share."""

    def __init__(self, chromium: Browser, server: str, place: Directorate, language: str) -> None:
        people = {"inspector": place.inspector, "director": place.director, "owner": place.owner}
        self.at = {name: Screen(chromium, server, person, language) for name, person in people.items()}
        self.place = place

    def close(self) -> None:
        for screen in self.at.values():
            screen.context.close()

    def opens(self, code: str, sample: str) -> Case:
        screen = self.at["inspector"]
        found: Sample = next(each for each in procedure(code).samples if each.code == sample)
        assert all(isinstance(each, Ago | bool) for each in found.answers.values())
        answers = sample_answers(procedure(code), screen.language, sample=found)
        answers["target"] = {"structure": self.place.structure.number}
        screen.goes("files:home")
        screen.shows("home")
        press(screen.page.locator(f"main a[href$='/office/files/{code}/']"))
        screen.answers(code, answers)
        screen.page.locator("input[name=paper-proof]").set_input_files(
            {"name": "constat.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        )
        screen.shows(f"open-{code}")
        screen.presses()
        case = Case.objects.order_by("pk").last()
        assert case is not None, screen.reads()
        assert str(case.public_id) in screen.page.url, screen.reads()
        assert case.number in screen.reads()
        screen.shows(f"case-{code}")
        return case

    def prepares(self, case: Case, kind: str, reason: str = "") -> None:
        screen = self.at["inspector"]
        screen.goes("backoffice:act", case.public_id, "prepare_decision")
        screen.page.locator(f"[name=kind][value={kind}]").check()
        if reason:
            screen.page.locator(f"[name=reasons][value={reason}]").check()
        case.refresh_from_db()
        stage = procedure(case.procedure).route[case.stage].name
        answers = sample_stage_answers(procedure(case.procedure), stage, screen.language)
        for block, given in answers.items():
            for name, text in given.items():
                screen.page.locator(f"[name={block}-{name}]").fill(text)
        screen.shows(f"prepare-{case.procedure}-{kind}")
        screen.presses()
        assert "prepare_decision" not in screen.page.url, screen.reads()
        screen.goes("backoffice:act", case.public_id, "sign")
        assert screen.page.locator("main form button.btn-big").count() == 0

    def signs(self, case: Case) -> list[str]:
        screen = self.at["director"]
        screen.goes("backoffice:act", case.public_id, "sign")
        screen.shows(f"sign-{case.procedure}")
        screen.presses()
        assert "/sign/" not in screen.page.url, screen.reads()
        with ThreadPoolExecutor(1) as worker:  # sealing runs a loop of its own
            worker.submit(work).result()
        case.refresh_from_db()
        found = case.documents.filter(state=Document.State.ISSUED).order_by("pk")
        return list(found.values_list("output", flat=True))

    def answers_in_writing(self, case: Case) -> None:
        screen = self.at["owner"]
        screen.goes("desk:home")
        screen.shows("desk")
        press(screen.page.locator(f"main a[href*='/asked/{case.public_id}']"))
        screen.page.locator("[name=reply-stand][value=in_part]").check()
        screen.page.locator("[name=reply-answer]").fill("تمّ إصلاح ما يلزم. Tout est réparé.")
        screen.page.locator("input[name=paper-reply]").set_input_files(
            {"name": "facture.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        )
        screen.shows(f"hearing-{case.procedure}")
        screen.presses()
        screen.goes("desk:case", case.public_id)
        screen.shows(f"own-{case.procedure}")

    def fetches(self, case: Case, output: str) -> bytes:
        document = case.documents.get(output=output)
        screen = self.at["owner"]
        with translation.override(screen.language):
            address = reverse("desk:document", args=(document.public_id,))
        return screen.context.request.get(address).body()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_notice_its_answer_and_a_suspension_are_played_by_two_officers_and_the_owner(
    language: str, chromium: Browser, live_server: Any, place: Directorate
) -> None:
    play = Play(chromium, live_server.url, place, language)
    notice = play.opens("formal_notice", "not_mended")
    play.prepares(notice, "notice", "premises")
    assert play.signs(notice) == ["notice"]
    assert play.fetches(notice, "notice").startswith(b"%PDF")
    play.answers_in_writing(notice)
    assert notice.uploads.filter(paper="reply", name="facture.pdf").exists()
    play.prepares(notice, "refer")
    play.signs(notice)
    assert notice.state == State.REFERRED

    suspension = play.opens("precautionary_suspension", "at_once")
    play.prepares(suspension, "register")
    assert play.signs(suspension) == ["precaution"]
    assert status_of(place.structure, timezone.localdate()) == "suspended"
    play.answers_in_writing(suspension)
    play.prepares(suspension, "notice", "notice_unheeded")
    assert play.signs(suspension) == ["precaution", "suspension"]
    pdf_of_decision = play.fetches(suspension, "suspension")
    assert pdf_of_decision.startswith(b"%PDF")
    assert status_of(place.structure, timezone.localdate() + timedelta(days=60)) == "suspended"
    if PICTURES:
        for case, output in ((notice, "notice"), (suspension, "precaution"), (suspension, "suspension")):
            Path(PICTURES, f"{output}-{language}.pdf").write_bytes(play.fetches(case, output))
    play.close()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_pages_of_a_file_have_no_fault_that_axe_finds(
    language: str, chromium: Browser, live_server: Any, place: Directorate
) -> None:
    case = place.opens("forced_closure")
    officer = Screen(chromium, live_server.url, place.inspector, language, scripts=True)
    owner = Screen(chromium, live_server.url, place.owner, language, scripts=True)
    found: list[str] = []
    for screen, name, *args in (
        (officer, "files:home"),
        (officer, "files:open", "precautionary_suspension"),
        (officer, "backoffice:case", case.public_id),
        (owner, "desk:hearing", case.public_id),
        (owner, "desk:case", case.public_id),
    ):
        found += faults(screen.goes(name, *args), f"{language} {name}")
    for screen in (officer, owner):
        screen.context.close()
    assert found == []
