"""What is mine, clicked in Chromium: my data and consents, and a mandate from one person to another."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.answering import press
from tests.browser.conftest import Officers, Opener
from tests.browser.test_filed import looked_at

pytestmark = pytest.mark.browser
WAYS = [("ar", False), ("fr", True)]


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_what_is_kept_of_me_is_seen_downloaded_and_agreed_to(
    language: str, scripts: bool, visit: Opener, officers: Officers
) -> None:
    page = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    page.goto(f"/{language}/mine/data/")
    looked_at(page, "my data", scripts=scripts)
    assert page.locator("#consents .note.good").count() == 0
    press(page.locator("button[name=agree]"))
    assert page.locator("#consents .note.good").count() == 1
    press(page.locator("button[name=withdraw]"))
    assert page.locator("#consents .note.good").count() == 0
    with page.expect_download() as saved:
        page.locator("form[action$='/download/'] button").click()
    assert '"trainee@demo.takwin.example"' in saved.value.path().read_text()
    page.goto(f"/{language}/mine/data/close/")
    looked_at(page, "close the account", scripts=scripts)


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_a_mandate_is_given_accepted_used_and_ended(
    language: str, scripts: bool, visit: Opener, officers: Officers
) -> None:
    mine = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    theirs = visit(scripts=scripts, language=language, state=officers.session("centre"))
    mine.goto(f"/{language}/mine/mandates/")
    mine.locator("[name=email]").fill("centre@demo.takwin.example")
    day = timezone.localdate() + timedelta(days=20)
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        mine.locator(f"[name=until_{part}]").fill(str(value))
    press(mine.locator("form:has([name=email]) .btn"))
    looked_at(mine, "mandates given", scripts=scripts)
    theirs.goto(f"/{language}/desk/")
    press(theirs.locator("main a.btn[href$='/mine/mandates/']"))
    press(theirs.locator("button[name=accept]"))
    looked_at(theirs, "mandates held", scripts=scripts)
    theirs.goto(f"/{language}/services/foreign_certificate_equivalence/start/")
    looked_at(theirs, "start for another", scripts=scripts)
    theirs.locator("input[name=organisation]").first.check()
    press(theirs.locator("main form .btn-big").last)
    draft = theirs.url
    assert "/holder/" in draft
    mine.reload()
    press(mine.locator("button[name=end]").first)
    assert theirs.goto(draft).status == 404  # type: ignore[union-attr]  # a page always answers
