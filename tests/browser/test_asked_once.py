"""Clicked in Chromium, in two languages: renewal, a guardian, who consulted, a document shared by a link."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from portal.journey.papers import photograph
from portal.journey.servers import Portal
from tests.browser.answering import press, step_of
from tests.browser.conftest import Officers, Opener
from tests.browser.test_filed import looked_at, sent_to

pytestmark = pytest.mark.browser
WAYS = [("ar", False), ("fr", True)]
Filed = dict[str, dict[str, str]]


def rows(page: Page) -> list[str]:
    """What the list of consultations says was opened, the latest first."""
    return [text.strip().splitlines()[0] for text in page.locator("table.stack tbody th").all_inner_texts()]


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_a_case_is_begun_again_and_the_check_page_says_what_changed_since(
    language: str, scripts: bool, visit: Opener, officers: Officers, filed: Filed
) -> None:
    page = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    page.goto(f"/{language}/services/foreign_certificate_equivalence/start/?like={filed[language]['consulted']}")
    looked_at(page, "begin again", scripts=scripts)
    press(page.locator("form:has(input[name=like]) .btn-big"))
    walked = []
    while (step := step_of(page)) != "papers":
        assert step not in walked, page.locator("main").inner_text()
        walked.append(step)
        if step == "certificate":
            page.locator("[name=foreign_certificate-hours]").fill("804")
        for box in page.locator("form#questions input[type=checkbox]").all():
            box.check()
        press(page.locator("button.btn-big[name=next]"))
    assert walked[0] == "holder"
    for number, chooser in enumerate(page.locator("ul.ups input[type=file]").all()):
        scan: Any = {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": photograph("paper", number)}
        chooser.set_input_files([scan])
        if scripts:
            page.locator(".up-file").nth(number).wait_for()
    press(page.locator("button.btn-big[name=next]"))
    assert step_of(page) == "check", page.locator("main").inner_text()
    looked_at(page, "check what changed", scripts=scripts)
    changed = page.locator("section[aria-labelledby=since]")
    assert "804" in changed.inner_text()
    assert changed.locator("dt").count() == 1, changed.inner_text()


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_the_guardian_of_a_minor_confirms_by_the_link_of_the_message(
    language: str, scripts: bool, visit: Opener, officers: Officers, portal: Portal, filed: Filed
) -> None:
    told, mine = filed[language], visit(scripts=scripts, language=language, state=officers.session("trainee"))
    mine.goto(f"/{language}/desk/cases/{told['minor']}/")
    assert mine.locator(".case-h .tag.warn").count() == 1
    guardian = visit(scripts=scripts, language=language)
    link = sent_to(f"guardian-{language}@example.tn", portal, guardian, r"http\S+/desk/confirm/\S+/")
    guardian.goto(re.sub(r"/(ar|fr|en)/", f"/{language}/", link))
    looked_at(guardian, "guardian confirms", scripts=scripts)
    assert told["minor_number"] in guardian.locator("main").inner_text()
    guardian.locator("[name=agreed]").check()
    press(guardian.locator("main form .btn-big"))
    mine.reload()
    assert mine.locator(".case-h .tag.warn").count() == 0
    guardian.goto(link)
    assert guardian.locator("[name=agreed]").count() == 0, "it is confirmed once"


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_who_consulted_my_file_lists_each_reading_made_and_no_other(
    language: str, scripts: bool, visit: Opener, officers: Officers, filed: Filed
) -> None:
    case = filed[language]["consulted"]
    mine = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    mine.goto(f"/{language}/desk/cases/{case}/")
    mine.goto(f"/{language}/mine/consulted/{case}/")
    assert rows(mine) == []
    desk = visit(1280, scripts=scripts, language=language, state=officers.session("officer"))
    for count in (1, 2):
        desk.goto(f"/{language}/office/cases/{case}/")
        mine.reload()
        assert len(rows(mine)) == count
    desk.goto(f"/{language}/office/")
    mine.reload()
    looked_at(mine, "who consulted", scripts=scripts)
    assert len(rows(mine)) == 2, "a list of the office is no reading"
    assert len(set(rows(mine))) == 1


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_a_document_is_shared_by_a_link_with_the_whole_name_until_it_is_withdrawn(
    language: str, scripts: bool, visit: Opener, officers: Officers, seeded: dict[str, str]
) -> None:
    document = seeded["document:suspended"]
    mine = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    mine.goto(f"/{language}/mine/documents/")
    looked_at(mine, "my documents", scripts=scripts)
    press(mine.locator(f"a[href$='/mine/documents/{document}/']").first)
    press(mine.locator("form:has([name=days]) .btn"))
    looked_at(mine, "a document shared", scripts=scripts)
    address = mine.locator("#links h3").first.inner_text().strip()
    secret = re.search(r"/verify/shared/([0-9a-f]{32})/", address)
    assert secret, address
    stranger = visit(scripts=scripts, language=language)
    stranger.goto(f"/{language}/verify/{document}/")
    bare = stranger.locator("main").inner_text()
    stranger.goto(f"/{language}/verify/shared/{secret[1]}/")
    looked_at(stranger, "a shared document", scripts=scripts)
    name = {"ar": "التونسي", "fr": "TOUNSI"}[language]
    assert name in stranger.locator("main").inner_text()
    assert name not in bare.upper()
    press(mine.locator("form[action$='/withdraw/'] button").first)
    answer = stranger.reload()
    assert answer
    assert answer.status == 404
    assert name not in stranger.locator("main").inner_text()
