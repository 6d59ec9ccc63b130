"""By a browser alone, without scripts: a new office, a new officer and a new speciality are set up and take effect."""

import json
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from portal.journey.second_factor import PERIOD
from procedures import registry, testing
from tests.browser.answering import Person, press, step_of
from tests.browser.conftest import Officers, Opener, log_in
from tests.browser.sweeping import LANGUAGES, faults

pytestmark = pytest.mark.browser
CODE = "foreign_certificate_equivalence"
ADDRESS, PASSWORD = "mounira@example.tn", "zitouna-qantara-2031"
NARROWED = (
    "people/?closed=1", "people/?office=rd-82", "offices/?closed=1", "review/?left=1", "specialities/?retired=1",
)  # fmt: skip
ASKED = (  # pages that ask, each sent empty: what they look like before is tried with the other rooms
    "people/invite/", "offices/new/", "offices/rd-82/close/", "offices/rd-82/appoint/", "specialities/new/",
    "specialities/load/", "moratoria/new/", "places/new/", "places/load/", "holidays/new/",
)  # fmt: skip


class Administrator:
    """At the screen, by clicks and keys; proves who it is again where that is asked."""

    def __init__(self, page: Page, officers: Officers, language: str = "fr") -> None:
        self.page, self.officers, self.language = page, officers, language

    def open(self, path: str) -> None:
        self.page.goto(f"/{self.language}/administration/{path}")
        if "reauthenticate" in self.page.url:
            self.officers.prove(self.page, "administrator")

    def enter(self, **answers: str) -> None:
        """Fill fields in by name and send the form in which they stand."""
        for name, answer in answers.items():
            box = self.page.locator(f"main [name='{name}']").first
            if box.evaluate("node => node.type") == "radio":
                self.page.locator(f"main [name='{name}'][value='{answer}']").check()
            elif box.evaluate("node => node.tagName") == "SELECT":
                box.select_option(answer)
            else:
                box.fill("")
                box.press_sequentially(answer)
        self.send()

    def send(self) -> None:
        press(self.page.locator("main form[method=post] .btn-big"))

    def told(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture
def at_screen(visit: Opener, officers: Officers) -> Administrator:
    return Administrator(visit(scripts=False, state=officers.session("administrator"), language="fr"), officers)


def test_an_office_an_officer_and_a_speciality_are_set_up_and_take_effect(
    at_screen: Administrator, visit: Opener
) -> None:
    at_screen.open("offices/new/")
    at_screen.enter(
        code="inspection-sud", kind="central", name_ar="تفقّدية الجنوب", name_fr="Inspection du Sud", name_en="South"
    )
    assert "Le service est ouvert" in at_screen.told()

    press(at_screen.page.locator("a[href$='invite/?office=inspection-sud']"))
    if "reauthenticate" in at_screen.page.url:
        at_screen.officers.prove(at_screen.page, "administrator")
    at_screen.enter(email=ADDRESS, name="Mounira Ksouri", language="fr", role="central_officer")
    assert "L’invitation est en route" in at_screen.told()

    at_screen.open("specialities/new/")
    at_screen.enter(
        code="ESS-01", name_ar="صيانة الألواح الشمسية", name_fr="Entretien de panneaux solaires",
        name_en="Solar panel upkeep", sector_ar="الطاقة", sector_fr="Énergie", sector_en="Energy",
    )  # fmt: skip
    assert "La spécialité est ajoutée" in at_screen.told()

    accept_the_invitation(visit(scripts=False, language="fr"), visit(scripts=False))
    choose_the_speciality(visit(scripts=False, language="fr"))

    at_screen.open("offices/inspection-sud/")
    assert "Mounira Ksouri" in at_screen.told()
    assert "Acceptation de l’invitation" in at_screen.told()
    at_screen.open("specialities/ESS-01/")
    assert "Ajout de la spécialité" in at_screen.told()


def accept_the_invitation(page: Page, post: Page) -> None:
    """The officer opens the link, chooses a password, adds a second factor, and sees the inbox of the office."""
    page.goto(link_sent_to(post, ADDRESS))
    assert "Inspection du Sud" in page.locator("main").inner_text()
    page.locator("main [name=password]").press_sequentially(PASSWORD)
    press(page.locator("main form[method=post] .btn-big"))
    assert "/2fa/totp/activate" in page.url, page.locator("main").inner_text()
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("main [name=code]").press_sequentially(
        str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD)))
    )
    press(page.locator("main form:has([name=code]) .btn-big"))
    page.goto("/fr/office/")
    assert page.locator("h1").inner_text() == "Dossiers qui vous attendent"
    assert page.locator(".kpi").count() == 4
    page.goto("/fr/administration/")
    assert page.locator("h1").inner_text() != "Administration"  # for an officer there is no such page


def link_sent_to(post: Page, address: str) -> str:
    """The link of the last message to an address: it is sent by the worker, within seconds."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        post.goto("/demo/sent.json")
        for message in json.loads(post.locator("body").inner_text()):
            if message["to"] == address and (found := re.search(r"https?://\S+/invitation/\S+", message["body"])):
                return found.group()
        time.sleep(0.5)
    raise AssertionError(f"no message to {address}")


def choose_the_speciality(page: Page) -> None:
    """A trainee meets the new speciality in the equivalence, chooses it, and the wizard goes on."""
    page.goto("/fr/accounts/login/")
    log_in(page, "trainee")
    answers = testing.sample_answers(registry.procedure(CODE), "fr", registers=False)
    answers["contact"]["governorate"] = "TN-82"
    answers["target"]["speciality"] = "ESS-01"
    person = Person(page, registry.procedure(CODE), "fr", answers)
    page.goto(f"/fr/services/{CODE}/start/")
    press(page.locator("form .btn-big"))
    while not (asked := page.locator("select[name$='speciality']")).count():
        before = step_of(page)
        person.answer_page()
        person.go_on()
        assert step_of(page) not in (before, "papers"), page.locator("main").inner_text()
    assert asked.locator("optgroup[label='Énergie'] option").inner_text() == "Entretien de panneaux solaires"
    before = step_of(page)
    person.answer_page()
    person.go_on()
    assert step_of(page) != before, page.locator("main").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_narrowed_lists_and_forms_with_errors(
    language: str, visit: Opener, officers: Officers
) -> None:
    page = visit(state=officers.session("administrator"), language=language)
    at_screen = Administrator(page, officers, language)
    found: list[str] = []
    for path in NARROWED:
        at_screen.open(path)
        found += faults(page, f"administration/{path}")
    for path in ASKED:
        at_screen.open(path)
        at_screen.send()
        assert page.locator(".summary").count() == 1, path
        found += faults(page, f"administration/{path} with errors")
    assert found == []
