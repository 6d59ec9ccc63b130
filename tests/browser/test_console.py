"""With scripts on and the policy in force, no page breaks its own policy and none complains in the console."""

import pytest
from playwright.sync_api import Page

from tests.browser.answering import press
from tests.browser.conftest import Officers, Opener, log_in

pytestmark = pytest.mark.browser

CODE = "foreign_certificate_equivalence"
PUBLIC = (
    "", "services/", f"services/{CODE}/", "verify/", "accounts/login/", "accounts/signup/", "track/", "/demo/sent/",
)  # fmt: skip
WORDS = "/cms/snippets/cms_content/procedurewords/"
OWN = ("desk/", "desk/messages/", "accounts/", "accounts/2fa/")


def listened(page: Page) -> list[str]:
    """What the browser complains of from now on: errors of scripts, breaches of the policy, missing files."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(f"{page.url} {error}"))
    page.on(
        "console", lambda said: heard.append(f"{page.url} {said.text}") if said.type in ("error", "warning") else None
    )
    page.on("requestfailed", lambda asked: heard.append(f"{page.url} {asked.url} {asked.failure}"))
    return heard


def walk(page: Page, paths: tuple[str, ...], language: str = "ar") -> None:
    for path in paths:
        answer = page.goto(path if path.startswith("/") else f"/{language}/{path}", wait_until="networkidle")
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"


def test_the_listener_hears_a_script_that_the_policy_stops(visit: Opener) -> None:
    page = visit(guarded=True)
    heard = listened(page)
    page.goto("/ar/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'alert(1)'}))")
    assert "Content Security Policy" in " ".join(heard)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_public_pages_and_the_wizard_are_quiet(language: str, visit: Opener, seeded: dict[str, str]) -> None:
    page = visit(guarded=True)
    heard = listened(page)
    walk(page, (*PUBLIC, f"verify/{seeded['document:valid']}/", f"/V/{seeded['document:valid']}"), language)
    walk(page, (f"services/{CODE}/start/",), language)
    for _page in ("start", "holder", "holder with errors"):
        press(page.locator("main form .btn-big").first)
    assert page.locator(".summary").count() == 1
    assert heard == []


def test_a_desk_and_an_office_are_quiet(visit: Opener, seeded: dict[str, str], officers: Officers) -> None:
    page = visit(guarded=True)
    heard = listened(page)
    walk(page, ("accounts/login/",))
    log_in(page, "trainee")
    walk(page, (*OWN, f"desk/cases/{seeded['correction']}/", f"desk/cases/{seeded['correction']}/correction/"))
    office = visit(1280, guarded=True, state=officers.session("central"))
    said = listened(office)
    case = f"office/cases/{seeded['decision']}/"
    walk(office, ("office/", case, f"{case}prepare_decision/", f"office/documents/{seeded['document:valid']}/"))
    assert heard + said == []


def test_the_editors_rooms_are_quiet_to_an_editor_with_a_second_factor(visit: Opener, officers: Officers) -> None:
    page = visit(1280, guarded=True, state=officers.session("editor"))
    heard = listened(page)
    walk(page, ("/cms/", "/cms/pages/", WORDS, f"{WORDS}add/"))
    page.locator("select[name=target]").select_option(index=1)
    page.locator("[name=text_fr]").fill("Un brouillon, que personne ne publie")
    press(page.locator("button.action-save:visible").first)
    if "/edit/" not in page.url:
        press(page.locator(f"main a[href*='{WORDS}edit/']").first)
    page.wait_for_load_state("networkidle")
    assert page.locator("[name=text_fr]").input_value() == "Un brouillon, que personne ne publie"
    assert heard == []
