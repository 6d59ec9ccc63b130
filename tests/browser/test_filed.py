"""What people do once they have filed, clicked in Chromium: in Arabic without scripts, in French with them."""

import os
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from portal.journey.papers import photograph
from portal.journey.servers import Portal
from tests.browser.answering import press
from tests.browser.conftest import Officers, Opener
from tests.browser.sweeping import faults, overflow
from tests.conftest import FULL

pytestmark = pytest.mark.browser
WAYS = [("ar", False), ("fr", True)] + ([("ar", True), ("fr", False)] if FULL else [])
NEVER = {"ar": "لا يوجد ملف بهذا العدد مع هذا الرمز", "fr": "Aucun dossier ne porte ce numéro avec ce code"}


def looked_at(page: Page, name: str, *, scripts: bool) -> None:
    """Nothing that axe finds where scripts run, and no page wider than a telephone.

    TAKWIN_PICTURES names a folder for pictures of every page that is looked at, to be looked at by eye.
    """
    if folder := os.environ.get("TAKWIN_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{urlsplit(page.url).path[1:3]}.png", full_page=True)
    assert (faults(page, name) if scripts else []) == []
    assert overflow(page) <= 0, f"{page.url} is wider than its window"


def sent_to(address: str, portal: Portal, page: Page, pattern: str) -> str:
    """What a message to this address holds, once the worker has sent it."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        for each in page.request.get(f"{portal.url}/demo/sent.json").json():
            if each["to"] == address and (found := re.search(pattern, each["body"])):
                return found[0]
        time.sleep(0.5)
    pytest.fail(f"nothing came to {address} within two minutes")


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_number_and_code_show_where_a_case_stands_and_a_wrong_code_says_nothing(
    language: str, scripts: bool, visit: Opener, filed: dict[str, dict[str, str]]
) -> None:
    page, told = visit(scripts=scripts, language=language), filed[language]

    def ask(number: str, code: str) -> str:
        page.goto(f"/{language}/track/")
        page.locator("input[name=number]").fill(number)
        page.locator("input[name=code]").fill(code)
        press(page.locator("form:has(input[name=code]) .btn"))
        looked_at(page, "tracking", scripts=scripts)
        return page.locator("main").inner_text()

    wrong, unknown = ask(told["number"], "ZZZZ-ZZZZ"), ask("EQV-2026-999999-01", told["code"])
    assert NEVER[language] in wrong
    assert wrong == unknown
    right = ask(told["number"], told["code"])
    assert NEVER[language] not in right
    assert told["number"] in right
    assert "Tounsi" not in right
    assert "804" not in right


@pytest.mark.parametrize(("language", "scripts"), WAYS[:2])
def test_a_correction_of_one_answer_and_one_paper_shows_the_officer_exactly_that(
    language: str, scripts: bool, visit: Opener, officers: Officers, filed: dict[str, dict[str, str]]
) -> None:
    case = filed[language]["correction"]
    page = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    page.goto(f"/{language}/desk/cases/{case}/")
    press(page.locator(f"a.btn[href$='/desk/cases/{case}/correction/']"))
    looked_at(page, "correction", scripts=scripts)
    controls = page.locator("form.fix :is(input, select, textarea):not([type=hidden])")
    assert sorted(str(each.get_attribute("name")) for each in controls.all()) == [
        "foreign_certificate-hours",
        "paper-transcripts-file",
    ]
    page.locator("[name=foreign_certificate-hours]").fill("804")
    scan: Any = {"name": "new.jpg", "mimeType": "image/jpeg", "buffer": photograph("transcripts", 1)}
    page.locator("[name=paper-transcripts-file]").set_input_files([scan])
    press(page.locator("form.fix .btn-big"))
    assert page.url.endswith(f"/desk/cases/{case}/"), page.locator("main").inner_text()
    desk = visit(1280, scripts=scripts, language=language, state=officers.session("officer"))
    desk.goto(f"/{language}/office/cases/{case}/")
    changed = desk.locator("dl.ans .chg")
    assert changed.count() == 1
    assert "804" in changed.locator("ins").inner_text()
    assert re.sub(r"\D", "", changed.locator("del").inner_text()) == "1200"
    papers = desk.locator(".pap", has=desk.locator("li.muted"))
    assert papers.count() == 1
    assert "new.jpg" in (papers.locator("li").first.text_content() or "")


@pytest.mark.parametrize(("language", "scripts"), WAYS[:2])
def test_an_application_is_withdrawn_after_one_more_question(
    language: str, scripts: bool, visit: Opener, officers: Officers, filed: dict[str, dict[str, str]]
) -> None:
    case = filed[language]["withdraw"]
    page = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    page.goto(f"/{language}/desk/cases/{case}/")
    press(page.locator(f"a[href$='/desk/cases/{case}/withdraw/']"))
    looked_at(page, "withdraw", scripts=scripts)
    press(page.locator("main form .btn").first)
    assert page.url.endswith(f"/desk/cases/{case}/")
    assert page.locator(".case-h .tag.off").count() == 1
    assert page.locator(f"a[href$='/desk/cases/{case}/withdraw/']").count() == 0


@pytest.mark.parametrize(("language", "scripts"), WAYS[:2])
def test_a_message_with_a_file_reaches_the_office_and_its_answer_the_applicant(
    language: str, scripts: bool, visit: Opener, officers: Officers, filed: dict[str, dict[str, str]]
) -> None:
    case = filed[language]["correction"]
    mine = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    desk = visit(1280, scripts=scripts, language=language, state=officers.session("officer"))
    mine.goto(f"/{language}/desk/cases/{case}/")
    mine.locator("textarea#id_text").fill(f"Question {language}")
    letter: Any = {"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": photograph("letter", 2)}
    mine.locator("[name=attached]").set_input_files([letter])
    press(mine.locator("form:has(textarea#id_text) .btn"))
    looked_at(mine, "case with messages", scripts=scripts)
    desk.goto(f"/{language}/office/cases/{case}/")
    assert "letter.jpg" in desk.locator("#messages").inner_text()
    desk.locator("textarea#id_text").fill(f"Answer {language}")
    press(desk.locator("form:has(textarea#id_text) .btn"))
    mine.reload()
    told = mine.locator("#messages").inner_text()
    assert told.index(f"Question {language}") < told.index(f"Answer {language}")


@pytest.mark.parametrize(("language", "scripts"), WAYS[:2])
def test_a_case_is_handed_over_to_a_colleague(
    language: str, scripts: bool, visit: Opener, officers: Officers, filed: dict[str, dict[str, str]]
) -> None:
    case = filed[language]["handed_over"]
    page = visit(scripts=scripts, language=language, state=officers.session("centre"))
    page.goto(f"/{language}/desk/cases/{case}/")
    press(page.locator(f"a[href$='/desk/cases/{case}/hand-over/']"))
    looked_at(page, "hand over", scripts=scripts)
    page.get_by_label(f"Colleague {language}").check()
    press(page.locator("main form .btn").first)
    assert f"Colleague {language}" in page.locator(".side").inner_text()


@pytest.mark.parametrize(("language", "scripts"), WAYS[:2])
def test_a_filing_counts_once_two_partners_have_confirmed_it_by_their_links(
    language: str, scripts: bool, visit: Opener, officers: Officers, portal: Portal, filed: dict[str, dict[str, str]]
) -> None:
    told = filed[language]
    mine = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    for number, row in enumerate(("k", "m")):
        mine.goto(f"/{language}/desk/cases/{told['waiting']}/")
        assert mine.locator("#signatories ~ ul .tag.ok").count() == number
        partner = visit(scripts=scripts, language=language)
        link = sent_to(f"{row}-{language}@partners.example.tn", portal, partner, r"http\S+/desk/confirm/\S+/")
        partner.goto(link)
        assert link.rstrip("/").rpartition("/")[2] not in partner.url
        looked_at(partner, "confirm", scripts=scripts)
        assert told["waiting_number"] in partner.locator("main").inner_text()
        partner.locator("[name=agreed]").check()
        press(partner.locator("main form .btn-big"))
    mine.reload()
    assert mine.locator("#signatories ~ ul .tag.ok").count() == 2
    assert mine.locator(".case-h .tag.warn").count() == 0


@pytest.mark.parametrize(("language", "scripts"), WAYS[:2])
def test_an_application_that_binds_is_filed_with_the_code_of_the_message(
    language: str, scripts: bool, visit: Opener, officers: Officers, portal: Portal, filed: dict[str, dict[str, str]]
) -> None:
    draft = filed[language]["draft"]
    page = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    page.goto(f"/{language}/drafts/{draft}/check/")
    page.locator("[name=true_and_complete]").check()
    press(page.locator("form[action$='/file/'] .btn-big"))
    assert page.url.endswith(f"/desk/filing/{draft}/"), page.locator("main").inner_text()
    looked_at(page, "code", scripts=scripts)
    end = time.monotonic() + 60
    while "/filed/" not in page.url and time.monotonic() < end:
        digits = sent_to("trainee@demo.takwin.example", portal, page, r"(?<!\d)\d{6}(?!\d)")
        page.locator("[name=code]").fill(digits)
        press(page.locator("form:has([name=code]) .btn-big"))
    assert "/filed/" in page.url, page.locator("main").inner_text()
    looked_at(page, "filed", scripts=scripts)
    assert page.locator(".refno").inner_text().startswith("WKB-")


@pytest.mark.parametrize(("language", "scripts"), WAYS[:2])
def test_an_officer_begins_an_application_at_the_desk_for_who_has_no_account(
    language: str, scripts: bool, visit: Opener, officers: Officers
) -> None:
    page = visit(1280, scripts=scripts, language=language, state=officers.session("officer"))
    page.goto(f"/{language}/office/desk/")
    looked_at(page, "file at the desk", scripts=scripts)
    page.locator("[name=procedure][value=foreign_certificate_equivalence]").check()
    page.locator("[name=paper][value=passport]").check()
    page.locator("[name=name]").fill("Hedi Trabelsi")
    press(page.locator("main form .btn-big"))
    assert re.search(r"/drafts/[0-9a-f-]+/holder/", page.url), page.locator("main").inner_text()
