"""A practice space of its own: an officer learns on an invented case, and what comes of it is worth nothing."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page

from portal.backoffice.acts import ACTS
from portal.demonstration.accounts import PASSWORD
from portal.journey.servers import ROOT, Portal, own_portal
from procedures import registry
from procedures.documents.reading_back import text_of
from procedures.testing import sample_answers
from tests.browser.answering import press
from tests.browser.test_filed import looked_at
from tests.browser.test_thread import CODE, SPECIALITY, code_of, type_block, until
from tests.databases import SQLiteTemplate

pytestmark = [pytest.mark.browser, pytest.mark.long]
WAYS = [("ar", False), ("fr", True)]
BAND = {"ar": "تدريب: ملفات مختلقة، ولا أثر لأي شيء", "fr": "Entraînement\u00a0: dossiers inventés, rien ne compte"}
WORTH = {"ar": "وثيقة تدريب: لا قيمة لها", "fr": "Document d’entraînement\u00a0: sans aucune valeur"}
WATERMARK = ("تدريب", "SANS VALEUR", "PRACTICE")


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Made by the command that makes one, over a migrated database in which nobody has an account yet."""
    scratch, database = tmp_path_factory.mktemp("practice"), SQLiteTemplate(ROOT, "practice")
    database.prepare()
    shutil.copyfile(database.original, scratch / "db.sqlite3")
    with own_portal(scratch, TAKWIN_PRACTICE="1", TAKWIN_DATABASE_URL="") as running:
        yield running


@pytest.fixture
def opens(chromium: Browser, practice: Portal) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def opened(language: str, *, scripts: bool) -> Page:
        context = chromium.new_context(
            viewport={"width": 390, "height": 844}, base_url=practice.url, locale=language,
            java_script_enabled=scripts, bypass_csp=scripts,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_an_officer_learns_on_an_invented_case_and_its_document_is_worth_nothing(
    language: str, scripts: bool, opens: Callable[..., Page], tmp_path: Path
) -> None:
    def at_screen_of(account: str) -> Page:
        page = opens(language, scripts=scripts)
        logged_in(page, account, language, scripts=scripts)
        return page

    case = given_case(at_screen_of("central"), language, scripts=scripts)
    act(at_screen_of("signatory"), case, "sign", language)
    content = downloaded(at_screen_of("trainee"), case, language, tmp_path)
    assert all(word in text_of(content) for word in WATERMARK)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert list(pdf.attachments) == ["credential.json"]
    code = code_of(content)
    assert code.startswith("PRAC")
    stranger = opens(language, scripts=scripts)
    for address in (f"/{language}/verify/{code}/", f"/V/{code}"):
        stranger.goto(address)
        looked_at(stranger, "a practice document verified", scripts=scripts)
        assert stranger.locator("h1").inner_text() == WORTH[language]
        assert stranger.locator("#verdict.v-bad").count() == 1
        assert stranger.locator("#ticks li.y").count() == 0


def logged_in(page: Page, account: str, language: str, *, scripts: bool) -> None:
    """With what the page for logging in says, and the code that the second step shows; each opens one session."""

    def entered() -> bool:
        page.goto(f"/{language}/accounts/login/")
        assert page.locator(".practice-band b").inner_text().strip() == BAND[language]
        assert PASSWORD in page.locator(".practice-door").inner_text()
        assert f"{account}@demo.takwin.example" in page.locator(".practice-door").inner_text()
        looked_at(page, "log in to practise", scripts=scripts)
        page.locator("input[name=login]").fill(f"{account}@demo.takwin.example")
        page.locator("input[name=password]").fill(PASSWORD)
        press(page.locator("form:has(input[name=password]) .btn-big"))
        if "/2fa/" in page.url:
            page.locator("input[name=code]").fill(page.locator("#practice-code").inner_text().strip())
            press(page.locator("form:has(input[name=code]) .btn-big"))
        return "/accounts/" not in page.url

    until(entered, f"a session of {account}", pause=5)


def given_case(page: Page, language: str, *, scripts: bool) -> str:
    """Ask for a case at its decision, decide it; gives back its public id."""
    page.goto(f"/{language}/office/practice/")
    looked_at(page, "the practice room", scripts=scripts)
    page.locator("select[name=offer]").select_option(f"{CODE}:decision:equivalence")
    page.locator("input[name=count]").fill("1")
    press(page.locator("button[name=give]"))
    assert page.locator("#given-cases a").count() >= 1, page.locator("main").inner_text()
    case = str(page.locator("#given-cases a").first.get_attribute("href")).rstrip("/").rpartition("/")[2]
    assert page.locator(".practice-band b").inner_text().strip() == BAND[language]
    found = registry.procedure(CODE)
    granted = sample_answers(found, language, stages=True, registers=False)["granted"] | {"speciality": SPECIALITY}

    def grant() -> None:
        page.locator("[name=kind][value=grant]").check()
        type_block(page, found, "granted", granted, language)

    act(page, case, "prepare_decision", language, fill=grant)
    page.goto(f"/{language}/office/cases/{case}/")
    assert page.locator("a[href$='/sign/']").count() == 0  # whoever prepared it does not sign it
    return case


def act(page: Page, case: str, slug: str, language: str, *, fill: Callable[[], Any] | None = None) -> None:
    page.goto(f"/{language}/office/cases/{case}/")
    press(page.locator(f"a[href$='/{slug}/']").first)
    if "reauthenticate" in page.url:
        until(lambda: proved(page), "the second step", pause=5)
    if fill:
        fill()
    with translation.override(language):
        button = str(ACTS[slug].button)
    press(page.get_by_role("button", name=button, exact=True))
    assert not page.url.rstrip("/").endswith(slug), page.locator("main").inner_text()


def proved(page: Page) -> bool:
    page.reload()
    page.locator("input[name=code]").fill(page.locator("#practice-code").inner_text().strip())
    press(page.locator("form:has(input[name=code]) .btn-big"))
    return "reauthenticate" not in page.url


def downloaded(page: Page, case: str, language: str, folder: Path) -> bytes:
    """What the applicant takes from their desk, once the worker has sealed it."""

    def issued() -> str | None:
        page.goto(f"/{language}/desk/cases/{case}/")
        links = page.locator("#documents ~ ul a[href*='/desk/documents/'], .wallet a[href*='/desk/documents/']")
        return links.first.get_attribute("href") if links.count() else None

    link = until(issued, "a decision", pause=1)
    with page.expect_download() as download:
        page.locator(f"a[href='{link}']").first.click()
    download.value.save_as(folder / "decision.pdf")
    return (folder / "decision.pdf").read_bytes()
