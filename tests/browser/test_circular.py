"""A circular and a merge from start to the published or notified document: two officers, and whoever reads it."""

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

from procedures.cases.models import Case
from procedures.documents.models import Document
from procedures.jobs.services import sweep
from procedures.registry import procedure
from procedures.resolving import resolve
from procedures.testing import sample_answers
from registers.people.selectors import everybody
from registers.specialities.selectors import moratorium_on
from tests.browser.answering import Person, press
from tests.browser.sweeping import faults
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.documents.factories import prepared_decision
from tests.procedures.files.certifying import certified
from tests.procedures.files.factories import the_equivalence_service
from tests.procedures.kernel.factories import a_person
from tests.registers.factories import a_speciality
from tests.registers.people.test_duplicates import a_proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TAKWIN_PICTURES", "")
WITHOUT_AND_WITH_SCRIPTS = pytest.mark.parametrize(("language", "scripts"), [("ar", False), ("fr", True)])


@pytest.fixture(autouse=True, scope="module")
def _beside_the_loop_of_the_browser() -> Iterator[None]:
    """The driver of the browser runs a loop in the thread of the tests, which Django takes for a loop of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(autouse=True)
def _keys(transactional_db: None, tmp_path: Path, settings: Any) -> None:
    settings.TAKWIN_KEYS, settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "keys", tmp_path / "private"
    call_command("make_keys", verbosity=0)


def work() -> None:
    """What the outbox has promised, as a worker does it beside the pages."""
    try:
        sweep()
    finally:
        connections.close_all()


class Seat:
    """One person's browser, or that of somebody without an account."""

    def __init__(
        self, chromium: Browser, server: str, language: str, *, scripts: bool = False, person: Any = None
    ) -> None:
        self.context: BrowserContext = chromium.new_context(
            viewport={"width": 1280, "height": 844},
            base_url=server,
            locale=language,
            java_script_enabled=scripts,
            bypass_csp=scripts,
        )
        self.context.set_default_timeout(20_000)
        if person is not None:
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

    def fills(self, code: str, answers: dict[str, Any]) -> None:
        """Each block once; what an answer opens comes with the next page where no script shows it."""
        done: set[str] = set()
        while True:
            person = Person(self.page, procedure(code), self.language, answers)
            new = [block for block in person.blocks_shown() if block not in done]
            for block in new:
                scope = self.page.locator(f"#block-{block}")
                person.answer_block(procedure(code).blocks[block].block, scope, answers[block])
            done |= set(new)
            self.shows(f"open-{code}-{len(done)}")
            self.presses()
            if f"/office/files/{code}/" not in self.page.url or not new:
                return

    def shows(self, name: str) -> None:
        for width in (390, 1280) if PICTURES else ():
            self.page.set_viewport_size({"width": width, "height": 844})
            self.page.screenshot(path=f"{PICTURES}/{name}-{self.language}-{width}.png", full_page=True)


class Service:
    """The central service: an officer and who signs, each at a screen; and how they decide on a case."""

    def __init__(self, chromium: Browser, server: str, language: str, scripts: bool) -> None:
        officer, delegate = the_equivalence_service()
        self.officer = Seat(chromium, server, language, scripts=scripts, person=officer)
        self.delegate = Seat(chromium, server, language, scripts=scripts, person=delegate)

    def opened(self) -> Case:
        case = Case.objects.exclude(opened_by=None).order_by("pk").last()
        assert case is not None, self.officer.reads()
        assert str(case.public_id) in self.officer.page.url, self.officer.reads()
        self.officer.shows(f"case-{case.procedure}")
        return case

    def decides(self, case: Case, kind: str) -> Document:
        self.officer.goes("backoffice:act", case.public_id, "prepare_decision")
        self.officer.page.locator(f"[name=kind][value={kind}]").check()
        self.officer.shows(f"prepare-{case.procedure}")
        self.officer.presses()
        self.officer.goes("backoffice:act", case.public_id, "sign")
        assert self.officer.page.locator("main form button.btn-big").count() == 0
        self.delegate.goes("backoffice:act", case.public_id, "sign")
        self.delegate.shows(f"sign-{case.procedure}")
        self.delegate.presses()
        assert "/sign/" not in self.delegate.page.url, self.delegate.reads()
        with ThreadPoolExecutor(1) as worker:  # sealing runs a loop of its own
            worker.submit(work).result()
        return case.documents.get(state=Document.State.ISSUED)

    def close(self) -> None:
        for seat in (self.officer, self.delegate):
            seat.context.close()


@WITHOUT_AND_WITH_SCRIPTS
def test_a_circular_is_written_signed_and_read_by_anybody(
    language: str, scripts: bool, chromium: Browser, live_server: Any
) -> None:
    a_speciality("BAT-01", "البناء" if language == "ar" else "Maçonnerie")
    service = Service(chromium, live_server.url, language, scripts)
    answers = sample_answers(procedure("circular"), language, sample="values", act={"halts": True})
    answers["act"] |= {"subject_ar": "آجال التنبيه الرسمي", "subject_fr": "Délais du formal avertissement"}
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answers["moratorium"] |= {"speciality": "BAT-01", "kind": "opening", "since": tomorrow, "until": None}
    service.officer.goes("files:home")
    press(service.officer.page.locator("main a[href$='/office/files/circular/']"))
    service.officer.fills("circular", answers)
    case = service.opened()

    document = service.decides(case, "register")

    assert document.output == "circular"
    on = timezone.localdate() + timedelta(days=1)
    assert resolve("formal_notice", on=on).in_force["authority.notice_days"].value == 20
    assert moratorium_on("BAT-01", "TN-81", on, kind="opening") is not None
    stranger = Seat(chromium, live_server.url, language)
    stranger.goes("circulars:list")
    stranger.shows("circulars")
    assert "2026-12" in stranger.reads()
    assert str(on.year) in stranger.reads()
    link = stranger.page.locator(f"main a[href*='/circulars/{document.public_id}/']").get_attribute("href")
    fetched = stranger.context.request.get(f"{live_server.url}{link}").body()
    assert fetched.startswith(b"%PDF")
    if PICTURES:
        Path(PICTURES, f"circular-{language}.pdf").write_bytes(fetched)
    service.close()
    stranger.context.close()


@WITHOUT_AND_WITH_SCRIPTS
def test_a_proposed_pair_is_compared_merged_and_told_to_the_person(
    language: str, scripts: bool, chromium: Browser, live_server: Any
) -> None:
    pair = a_proposal(cards=False)
    holder = a_person("Amel")
    certificate = prepared_decision()
    Document.objects.update(state=Document.State.ISSUED)
    Case.objects.filter(pk=certificate.case_id).update(applicant=holder)
    certified(certificate, person=pair.right)
    service = Service(chromium, live_server.url, language, scripts)
    service.officer.goes("files:home")
    service.officer.shows("files-home")
    press(service.officer.page.locator("main a[href$='/office/files/pairs/']"))
    service.officer.shows("pairs")
    press(service.officer.page.locator(f"main a[href$='/office/files/pairs/{pair.pk}/']"))
    service.officer.shows("pair")
    press(service.officer.page.locator("main a.btn-big"))
    assert service.officer.page.locator("[name=target-pair]").input_value() == str(pair.pk)
    answers = sample_answers(procedure("register_merge"), language, sample="one_person")
    answers["target"]["pair"] = str(pair.pk)
    service.officer.fills("register_merge", answers)
    case = service.opened()
    assert case.applicant == holder

    document = service.decides(case, "register")

    assert document.output == "merged"
    assert list(everybody()) == [pair.left]
    seat = Seat(chromium, live_server.url, language, scripts=scripts, person=holder)
    seat.goes("desk:case", case.public_id)
    seat.shows("own-register_merge")
    assert case.number in seat.reads()
    with translation.override(language):
        address = reverse("desk:document", args=(document.public_id,))
    fetched = seat.context.request.get(f"{live_server.url}{address}").body()
    assert fetched.startswith(b"%PDF")
    if PICTURES:
        Path(PICTURES, f"merged-{language}.pdf").write_bytes(fetched)
    service.close()
    seat.context.close()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_these_pages_have_no_fault_that_axe_finds(language: str, chromium: Browser, live_server: Any) -> None:
    a_speciality("BAT-01")
    pair = a_proposal(cards=False)
    service = Service(chromium, live_server.url, language, scripts=True)
    stranger = Seat(chromium, live_server.url, language, scripts=True)
    found: list[str] = []
    for seat, name, *args in (
        (service.officer, "files:open", "circular"),
        (service.officer, "files:open", "register_merge"),
        (service.officer, "files:pairs"),
        (service.officer, "files:pair", pair.pk),
        (stranger, "circulars:list"),
    ):
        found += faults(seat.goes(name, *args), f"{language} {name}")
    service.close()
    stranger.context.close()
    assert found == []
