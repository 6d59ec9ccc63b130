"""In a real Chromium: which service, whether it is for me, and 200 rows pasted; with scripts and without."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener
from tests.workbench.pasted import FAULTS, table
from tests.workbench.procedure import PROCEDURE

pytestmark = pytest.mark.browser
BOTH = [("ar", False), ("fr", True)]


def press(page: Page, name: str) -> None:
    """The visible button that sends the form under this name."""
    with page.expect_navigation():
        page.locator(f'button[name="{name}"]:not(.vh):visible').first.click()


@pytest.mark.parametrize(("language", "scripts"), BOTH)
def test_three_questions_lead_to_the_service_and_the_precheck_says_why_not(
    visit: Opener, language: str, scripts: bool
) -> None:
    page = visit(scripts=scripts, language=language)
    page.goto(f"/{language}/choose/")
    for answer in ("trainee", "certificate", "tunisian"):
        page.locator(f'input[value="{answer}"]').check()
        page.locator("main form .btn-big").click()
    assert page.locator("#found-certificate_classification").count() == 1
    assert page.locator(".note b").count() == 1, "not yet online: its office is named"
    page.goto(f"/{language}/services/workbench/precheck/")
    page.locator('input[value="conference"]').check()
    page.locator("main form .btn-big").click()
    told = page.locator("main").inner_text()
    (rule,) = PROCEDURE.eligibility
    assert "§ 3" in told
    assert page.locator(f'main a[href*="/{language}/"]').count() > 1
    assert not [cookie for cookie in page.context.cookies() if "session" in cookie["name"]]
    assert rule.instead


@pytest.mark.parametrize(("language", "scripts"), BOTH)
def test_200_rows_are_pasted_and_the_seven_faults_are_named_by_row(visit: Opener, language: str, scripts: bool) -> None:
    page = visit(scripts=scripts, language=language)
    page.goto(f"/{language}/services/workbench/start/")
    page.locator("main form .btn-big").last.click()
    fill(page, "asking")
    fill(page, "project")
    page.locator('textarea[name="pasted.people"]').fill(table())
    press(page, "paste")
    rows = page.locator("tr[id^=row-people-]")
    assert rows.count() == 200
    faulty = [int(each) for each in page.locator("tr.bad th").all_inner_texts()]
    assert faulty == sorted(FAULTS)
    assert page.locator(".summary li").count() == 7
    first = page.locator(".summary a").first.get_attribute("href")
    assert first
    assert page.locator(first).count() == 1
    with page.expect_navigation():
        page.locator("tr.bad button[name=open]").first.click()
    page.locator("li.open input[name$=-name_ar]").fill("أمينة")
    press(page, "next")
    assert page.locator(".summary li").count() == 6


def fill(page: Page, step: str) -> None:
    """A page of the workbench, answered with the samples of its fields."""
    assert re.search(rf"/{step}/", page.url)
    block = step  # each page of the workbench asks one block of its own name
    for name, field in PROCEDURE.blocks[block].block.asks.questions().items():
        answer = field.sample_answer("fr")
        if field.optional:
            continue
        if field.type == "Date":
            for part, typed in zip(("year", "month", "day"), str(answer).split("-"), strict=True):
                page.locator(f'input[name="{block}-{name}_{part}"]').fill(typed)
        elif page.locator(f'select[name="{block}-{name}"]').count():
            page.locator(f'select[name="{block}-{name}"]').select_option(index=1)
        elif page.locator(f'input[type=radio][name="{block}-{name}"]').count():
            value = str(answer)
            page.locator(f'input[name="{block}-{name}"][value="{value}"]').check()
        else:
            page.locator(f'[name="{block}-{name}"]').fill(str(answer))
    press(page, "next")
