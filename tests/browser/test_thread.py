"""The thread clicked and typed in Chromium on a telephone without scripts, in three languages, with each branch."""

import io
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import timezone, translation
from playwright.sync_api import Page

from portal.backoffice.acts import ACTS
from portal.journey.papers import photograph, scan
from portal.journey.servers import Portal, passphrase
from procedures import registry, testing
from procedures.definition import Ago, Procedure
from tests.browser.answering import Person, answer, bare, options_of, press, step_of
from tests.browser.conftest import Officers, Opener
from tests.browser.sitting import Room
from tests.browser.sweeping import overflow
from tests.conftest import FULL

pytestmark = pytest.mark.browser

CODE = "foreign_certificate_equivalence"
TODAY = timezone.localdate()
SPECIALITY = {"index": 3}  # the fourth of the list, whatever this site's register holds
GUARDIAN = {
    "relation": "parent", "last_name_ar": "الطرابلسي", "first_name_ar": "سالم", "last_name_lat": "Trabelsi",
    "first_name_lat": "Salem", "id_type": "cin", "id_number": "09876543", "phone": "+21698123457", "acts": True,
}  # fmt: skip
# Each language takes another way: a minor who trained for ten months; three weeks; a certificate in German.
WAYS: dict[str, dict[str, Any]] = {
    "ar": {
        "identity": {"birth_date": Ago(years=16, days=200).before(TODAY).isoformat()},
        "foreign_certificate": {"issued_on": Ago(days=120).before(TODAY).isoformat(), "title": "تقني في الميكاترونيك"},
    },
    "fr": {"foreign_certificate": {"months": 1, "hours": 120}},
    "en": {
        "foreign_certificate": {
            "language": "other", "country": "DE", "title": "Fachkraft für Mechatronik",
            "title_translated": "Technicien en mécatronique",
        }
    },
}  # fmt: skip
STEPS = {
    "ar": ["holder", "guardian", "certificate", "path", "target"],
    "fr": ["holder", "certificate", "target"],
    "en": ["holder", "certificate", "path", "target"],
}
PAPERS = {
    "ar": {"guardian_identity", "residence", "entry_diploma"},
    "fr": {"residence"},
    "en": {"translation", "residence", "entry_diploma"},
}
ALWAYS = {"identity", "certificate", "transcripts", "programme", "recognition"}
GENUINE = {"ar": "وثيقة أصلية", "fr": "Document authentique", "en": "Genuine document"}


class Telephone:
    """One person's telephone: every page that it shows must fit it."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language

    def fits(self) -> None:
        assert overflow(self.page) <= 0, f"{self.page.url} is wider than the telephone"

    def click(self, selector: str) -> None:
        press(self.page.locator(selector).first)
        self.fits()


@pytest.fixture(scope="session")
def procedure() -> Procedure:
    return registry.procedure(CODE)


def answers_for(language: str, procedure: Procedure) -> dict[str, Any]:
    answers = testing.sample_answers(procedure, language, stages=True, registers=False, **WAYS[language])
    answers["contact"]["governorate"] = "TN-82"
    answers["target"]["speciality"] = answers["granted"]["speciality"] = SPECIALITY
    answers["guardian"] = GUARDIAN
    for stay in answers.get("stays", []):
        stay["country"] = answers["foreign_certificate"]["country"]
    return answers


@pytest.mark.parametrize("language", ["ar", "fr", *(["en"] if FULL else [])])
def test_a_person_files_officers_decide_and_a_stranger_believes_the_paper(
    language: str, visit: Opener, portal: Portal, officers: Officers, procedure: Procedure, tmp_path: Path
) -> None:
    answers = answers_for(language, procedure)
    mine = Telephone(visit(scripts=False, language=language), language)
    sign_up(mine, portal)
    person = Person(mine.page, procedure, language, answers)
    start(mine)
    assert answer_pages(mine, person) == STEPS[language]
    assert hand_in(mine, procedure) == ALWAYS | PAPERS[language]
    check_page_shows(mine, person.seen)
    number = file(mine)
    receipt = save(mine, f"/{language}{desk(mine)}receipt/", tmp_path)
    assert number in text_of(receipt)
    case = mine.page.url.split("/cases/")[1][:36]
    handle(case, number, language, visit, officers, procedure, answers)
    decision = save_decision(mine, tmp_path)
    verify(Telephone(visit(scripts=False, language=language), language), code_of(decision))


def sign_up(mine: Telephone, portal: Portal) -> None:
    page, email = mine.page, f"browser-{passphrase()[:10].lower()}@example.tn"
    page.goto(f"/{mine.language}/")
    mine.fits()
    mine.click("a.btn-acc")
    mine.click(f"main a[href*='/{mine.language}/accounts/signup/']")
    page.locator("input[name=name]").press_sequentially("آمنة")
    page.locator("input[name=email]").press_sequentially(email)
    page.locator("input[name=password1]").press_sequentially(passphrase())
    mine.click("form:has(input[name=email]) .btn-big")
    page.locator("input[name=code]").press_sequentially(code_sent_to(email, portal, page))
    mine.click("form:has(input[name=code]) .btn-big")
    assert "/accounts/" not in page.url


def code_sent_to(email: str, portal: Portal, page: Page) -> str:
    def sent() -> str | None:
        messages = page.request.get(f"{portal.url}/demo/sent.json").json()
        found = [re.search(r"(?<!\d)\d{6}(?!\d)", each["body"]) for each in messages if each["to"] == email]
        return next((match[0] for match in found if match), None)

    return until(sent, "a code")


def start(mine: Telephone) -> None:
    page = mine.page
    page.goto(f"/{mine.language}/")
    mine.click(f"main a[href$='/services/{CODE}/'], main a[href*='equivalence']")
    mine.click(f"main a[href$='/services/{CODE}/start/']")
    mine.click("form .btn-big")


def answer_pages(mine: Telephone, person: Person) -> list[str]:
    walked: list[str] = []
    while (step := step_of(mine.page)) != "papers":
        assert step not in walked, mine.page.locator("main").inner_text()
        walked.append(step)
        mine.fits()
        person.answer_page()
        person.go_on()
    return walked


def hand_in(mine: Telephone, procedure: Procedure) -> set[str]:
    """A photograph for one paper, a scan for the next; gives back which papers were asked."""
    page, asked = mine.page, set()
    mine.fits()
    with translation.override(mine.language):
        titles = {str(paper.title): paper.code for paper in procedure.papers}
    for position, section in enumerate(page.locator("ul.ups > li").all()):
        title = str(section.locator("label").text_content()).strip()
        asked.add(titles[title])
        kind = (
            {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": scan(title, 1, position)}
            if position % 2
            else {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photograph(title, position)}
        )
        section.get_by_label(title).set_input_files([kind])  # type: ignore[list-item]  # a payload by its shape
    press(page.locator("button.btn-big[name=next]"))
    assert step_of(page) == "check", page.locator("main").inner_text()
    return asked


def check_page_shows(mine: Telephone, seen: list[tuple[str, str]]) -> None:
    """Each label with the answer as it was typed or chosen."""
    mine.fits()
    shown = [
        (bare(row.locator("dt").inner_text()), bare(row.locator("dd").first.inner_text()))
        for row in mine.page.locator("main dl.sl > div").all()
    ]
    for label, text in seen:
        lines = [said for title, said in shown if title == bare(label)]
        assert any(bare(text) in said and said for said in lines), f"{label}: typed {text!r}, shown {lines}"


def file(mine: Telephone) -> str:
    page = mine.page
    for box in page.locator("form[action$='/file/'] input[type=checkbox]").all():
        box.check()
    mine.click("form[action$='/file/'] .btn-big")
    assert re.search(r"/desk/cases/[0-9a-f-]{36}/filed/", page.url), page.locator("main").inner_text()
    return page.locator(".refno").inner_text().strip()


def desk(mine: Telephone) -> str:
    found = re.search(r"/desk/cases/[0-9a-f-]{36}/", mine.page.url)
    assert found
    return found[0]


def handle(
    case: str,
    number: str,
    language: str,
    visit: Opener,
    officers: Officers,
    procedure: Procedure,
    answers: dict[str, Any],
) -> None:
    """Completeness, examination, commission, decision and signature, each by who it belongs to."""

    def act(account: str, slug: str, blocks: tuple[str, ...] = (), fill: Callable[[Page], None] | None = None) -> None:
        phone = Telephone(visit(scripts=False, state=officers.session(account), language=language), language)
        page = phone.page
        page.goto(f"/{language}/office/?q={number}")
        phone.fits()
        phone.click(f"a[href$='/office/cases/{case}/']")
        with translation.override(language):
            title, button = str(ACTS[slug].title), str(ACTS[slug].button)
        press(page.get_by_role("link", name=title, exact=True).first)
        if "reauthenticate" in page.url:
            officers.prove(page, account)
        phone.fits()
        for code in blocks:
            type_block(page, procedure, code, answers[code], language)
        if fill:
            fill(page)
        press(page.get_by_role("button", name=button, exact=True))
        assert not page.url.rstrip("/").endswith(slug), page.locator("main").inner_text()
        phone.fits()

    act("officer", "accept_completeness")
    act("central", "close_instruction", ("official_classification",))
    Room(visit, officers, language).hold(case)
    until(lambda: moved(officers, visit, case, language), "the commission's opinion")
    act("central", "prepare_decision", ("granted",), fill=lambda page: page.locator("[name=kind][value=grant]").check())
    act("signatory", "sign")


def type_block(page: Page, procedure: Procedure, code: str, answers: dict[str, Any], language: str) -> None:
    scope = page.locator(f"section:has(#block-{code})")
    for name, field in procedure.blocks[code].block.asks.questions().items():
        if answers.get(name) is not None:
            with translation.override(language):
                label, options = str(field.label), {str(key): str(text) for key, text in options_of(field)}
            answer(scope, label, answers[name], options, language)


def moved(officers: Officers, visit: Opener, case: str, language: str) -> bool:
    """Whether the worker has sent the opinion of the signed session to the case."""
    page = visit(scripts=False, state=officers.session("central"), language=language)
    page.goto(f"/{language}/office/cases/{case}/")
    there = page.locator("a[href$='/prepare_decision/']").count() > 0
    page.context.close()
    return there


def save_decision(mine: Telephone, folder: Path) -> bytes:
    """The document that waits in the account, once the worker has sealed it."""
    case = f"/{mine.language}{desk(mine)}"

    def issued() -> str | None:
        mine.page.goto(case)
        links = mine.page.locator("#documents ~ ul a[href*='/desk/documents/'], .wallet a[href*='/desk/documents/']")
        return links.first.get_attribute("href") if links.count() else None

    link = until(issued, "a decision", pause=1)
    mine.fits()
    with mine.page.expect_download() as download:
        mine.page.locator(f"a[href='{link}']").first.click()
    download.value.save_as(folder / "decision.pdf")
    return (folder / "decision.pdf").read_bytes()


def save(mine: Telephone, path: str, folder: Path) -> bytes:
    """The receipt, from the button on the page, asked again until the worker has made it."""

    def made() -> bytes | None:
        answer = mine.page.request.get(path)
        return answer.body() if answer.body().startswith(b"%PDF-") else None

    assert mine.page.locator(f"a[href='{path}']").count()
    return until(made, "a receipt", pause=1)


def text_of(content: bytes) -> str:
    """The number of the case is in the JSON that a sealed paper carries."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return json.dumps({name: pdf.attachments[name].get_file().read_bytes().decode() for name in pdf.attachments})


def code_of(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return str(json.loads(pdf.attachments["credential.json"].get_file().read_bytes())["document"])


def verify(stranger: Telephone, code: str) -> None:
    page = stranger.page
    page.goto(f"/{stranger.language}/verify/")
    stranger.fits()
    page.locator("input.code").press_sequentially("-".join(code[at : at + 4] for at in range(0, 16, 4)).lower())
    stranger.click("form:has(input.code) .btn")
    assert GENUINE[stranger.language] in page.locator("h1").inner_text()


def until(ask: Callable[[], Any], what: str, seconds: float = 120, pause: float = 0.5) -> Any:
    """Ask until there is an answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := ask():
            return found
        time.sleep(pause)
    pytest.fail(f"{what} was promised and did not come within {seconds} seconds")
