"""Axe, no rule disabled, finds nothing on any page of the thread, in Arabic and French, on a telephone and a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from portal.journey.papers import photograph
from procedures import registry, testing
from tests.browser.answering import Person, press, step_of
from tests.browser.conftest import Officers, Opener, log_in
from tests.browser.sweeping import LANGUAGES, faults, violations

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", LANGUAGES)]
UNKNOWN, MISTYPED = "84G7ZWYRD6Z1RV0P", "84G7-ZWYR-D6Z1-RV0Q"
CODE = "foreign_certificate_equivalence"
PUBLIC = (
    "", "services/", "services/?q=zzz", f"services/{CODE}/", f"services/{CODE}/start/", "track/", "nothing-here/",
    "/demo/sent/",
)  # fmt: skip
ACCOUNT = (
    "accounts/login/", "accounts/signup/", "accounts/signup/phone/", "accounts/password/reset/", "accounts/login/code/",
)  # fmt: skip
VERIFICATION = (
    "verify/",
    f"verify/?code={MISTYPED}",
    f"verify/{UNKNOWN}/",
    f"verify/report/?code={UNKNOWN}",
    "verify/several/",
)
WORTHS = ("valid", "suspended", "revoked", "replaced", "expired")
OWN = (
    "desk/", "desk/messages/", "accounts/", "accounts/email/", "accounts/phone/change/", "accounts/password/change/",
    "accounts/sessions/", "accounts/2fa/", "accounts/logout/", "accounts/reauthenticate/",
)  # fmt: skip
ACTS = {  # by stage: who works there, and the acts that are open
    "completeness": ("officer", ("accept_completeness", "ask_correction", "assign")),
    "correction": ("officer", ()),
    "instruction": ("central", ("close_instruction", "ask_correction")),
    "commission": ("central", ()),
    "decision": ("central", ("prepare_decision",)),
    "signature": ("signatory", ("send_back", "sign")),
    "worth:valid": ("signatory", ()),
}
WITHOUT_ERRORS = ("accept_completeness", "sign")  # nothing has to be filled in there


def sweep(page: Page, language: str, paths: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for path in paths:
        page.goto(path if path.startswith("/") else f"/{language}/{path}")
        found += faults(page, path or "home")
    return found


def send(page: Page, field: str) -> None:
    """Send the form that holds this field, as it stands."""
    press(page.locator(f"main form:has([name='{field}']) .btn-big").first)


def test_the_sweep_finds_what_is_wrong(language: str, visit: Opener) -> None:
    page = visit(language=language)
    page.set_content(f"<html lang='{language}'><title>x</title><main><h1>x</h1><img src='/x.png'></main></html>")
    assert [fault.split()[0] for fault in violations(page)] == ["image-alt"]


def test_public_pages(language: str, visit: Opener) -> None:
    assert sweep(visit(language=language), language, PUBLIC) == []


def test_every_answer_of_the_verification_page(language: str, visit: Opener, seeded: dict[str, str]) -> None:
    codes = tuple(seeded[f"document:{worth}"] for worth in WORTHS)
    page = visit(language=language)
    found = sweep(page, language, VERIFICATION)
    for worth, code in zip(WORTHS, codes, strict=True):
        page.goto(f"/{language}/verify/{code}/")
        found += faults(page, f"verify {worth}")
        page.goto(f"/V/{code}")
        found += faults(page, f"scan {worth}")
    assert found == []


def test_doors(language: str, visit: Opener) -> None:
    page = visit(language=language)
    found = sweep(page, language, ACCOUNT)
    for path, field in (("login", "login"), ("signup", "email"), ("password/reset", "email"), ("login/code", "email")):
        page.goto(f"/{language}/accounts/{path}/")
        send(page, field)
        found += faults(page, f"{path} with errors")
    page.goto(f"/{language}/accounts/password/reset/")
    page.locator("main input[name=email]").fill("trainee@demo.takwin.example")
    send(page, "email")
    found += faults(page, "code to choose a password")
    page.locator("main input[name=code]").fill("000000")
    send(page, "code")
    assert found + faults(page, "code to choose a password, wrong") == []


def test_sign_up_and_its_code(language: str, visit: Opener) -> None:
    page = visit(language=language)
    page.goto(f"/{language}/accounts/signup/")
    for name, text in (
        ("name", "آمنة"),
        ("email", f"sweep-{language}@example.tn"),
        ("password1", "longue-phrase-de-passe"),
    ):
        page.locator(f"main [name={name}]").fill(text)
    send(page, "email")
    found = faults(page, "code of sign-up")
    page.locator("main input[name=code]").fill("abcdef")
    send(page, "code")
    assert found + faults(page, "code of sign-up, wrong") == []


def test_the_second_factor(language: str, visit: Opener) -> None:
    page = visit(language=language)
    page.goto(f"/{language}/accounts/login/")
    log_in(page, "administrator")
    found = faults(page, "second factor")
    send(page, "code")
    found += faults(page, "second factor with errors")
    trainee = at_home(visit(language=language), language)
    trainee.goto(f"/{language}/accounts/2fa/totp/activate/")
    assert found + faults(trainee, "enrolment of a second factor") == []


def at_home(page: Page, language: str) -> Page:
    page.goto(f"/{language}/accounts/login/")
    log_in(page, "trainee")
    return page


def test_the_wizard(language: str, visit: Opener) -> None:
    page = at_home(visit(language=language), language)
    person = Person(page, registry.procedure(CODE), language, answers_of_a_minor(language))
    page.goto(f"/{language}/services/{CODE}/start/")
    press(page.locator("form .btn-big"))
    found: list[str] = []
    while (step := step_of(page)) != "papers":
        found += faults(page, f"{step} empty")
        person.go_on()
        found += faults(page, f"{step} with errors")
        person.answer_page()
        found += faults(page, f"{step} filled")
        person.go_on()
        assert step_of(page) != step, page.locator(".summary").inner_text()
    assert found + list(faults_of_papers(page, language)) == []


def faults_of_papers(page: Page, language: str) -> Iterator[str]:
    yield from faults(page, "papers empty")
    inputs = page.locator("ul.ups input[type=file]")
    inputs.first.set_input_files({"name": "carte.jpg", "mimeType": "image/jpeg", "buffer": photograph("carte", 1)})
    inputs.nth(1).set_input_files({"name": "ruse.pdf", "mimeType": "application/pdf", "buffer": b"not a PDF"})
    press(page.locator("button.btn-big[name=next]"))
    yield from faults(page, "papers with a refusal")
    page.goto(page.url)
    yield from faults(page, "papers with a file")
    page.goto(page.url.replace("/papers/", "/check/"))
    yield from faults(page, "check")
    if step_of(page) != "check":  # papers are missing: the wizard leads back to them
        hand_in_all(page)
        yield from faults(page, "check")
    press(page.locator("form[action$='/file/'] .btn-big"))
    assert page.locator(".summary").count() == 1
    yield from faults(page, "check with errors")
    page.goto(f"/{language}/services/{CODE}/start/")
    yield from faults(page, "start with a draft")
    press(page.locator("main a.del").first)
    yield from faults(page, "delete a draft")


def hand_in_all(page: Page) -> None:
    """One photograph for each paper; its row is written anew when the file has arrived."""
    waiting = page.locator("ul.ups li:not(:has(.up-file)) input[type=file]")
    for position in range(waiting.count()):
        box, left = waiting.first, waiting.count()
        photo = photograph("page", 10 + position)
        box.set_input_files({"name": f"p{position}.jpg", "mimeType": "image/jpeg", "buffer": photo})
        expect(waiting).to_have_count(left - 1)
    press(page.locator("button.btn-big[name=next]"))
    assert step_of(page) == "check", page.locator("main").inner_text()


def answers_of_a_minor(language: str) -> dict[str, object]:
    procedure = registry.procedure(CODE)
    answers = testing.sample_answers(procedure, language, sample="of_a_minor", registers=False)
    answers["contact"]["governorate"] = "TN-82"
    answers["target"]["speciality"] = {"index": 3}
    answers["internships"] = answers["internships"] * 2
    return answers


def test_the_desk_of_a_person(language: str, visit: Opener, seeded: dict[str, str]) -> None:
    page = at_home(visit(language=language), language)
    found = sweep(page, language, OWN)
    for stage in ("completeness", "correction", "worth:valid"):
        page.goto(f"/{language}/desk/cases/{seeded[stage]}/")
        found += faults(page, f"own case at {stage}")
    case = seeded["completeness"]
    for name in ("filed", "withdraw"):
        page.goto(f"/{language}/desk/cases/{case}/{name}/")
        found += faults(page, name)
    page.goto(f"/{language}/desk/cases/{seeded['correction']}/correction/")
    found += faults(page, "correction")
    press(page.locator("main form[method=post] .btn-big").first)
    assert found + faults(page, "correction with errors") == []


@pytest.mark.parametrize("stage", ACTS)
def test_a_case_and_its_acts(
    stage: str, language: str, visit: Opener, seeded: dict[str, str], officers: Officers
) -> None:
    account, acts = ACTS[stage]
    page = visit(state=officers.session(account), language=language)
    case = f"/{language}/office/cases/{seeded[stage]}/"
    page.goto(case)
    found = faults(page, f"office case at {stage}")
    for act in acts:
        page.goto(f"{case}{act}/")
        if "reauthenticate" in page.url:
            found += faults(page, "second factor asked again")
            officers.prove(page, account)
        found += faults(page, act)
        if act not in WITHOUT_ERRORS:
            send(page, "version")
            assert page.url.endswith(f"/{act}/"), f"{act} was done, and should have been refused"
            found += faults(page, f"{act} with errors")
    assert found == []


def test_an_office(language: str, visit: Opener, seeded: dict[str, str], officers: Officers) -> None:
    """The inbox, a paper's verdict, an act that is not open, and the documents with a proposal on one."""
    page = visit(state=officers.session("central"), language=language)
    found = sweep(page, language, ("office/", "office/?q=zzz", "office/documents/", "office/documents/?q=zzz"))
    page.goto(f"/{language}/office/cases/{seeded['decision']}/sign/")
    found += faults(page, "an act that is not open")
    for worth in WORTHS:
        page.goto(f"/{language}/office/documents/{seeded[f'document:{worth}']}/")
        found += faults(page, f"office document {worth}")
    page.goto(f"/{language}/office/documents/?q={seeded['document:valid']}")
    found += faults(page, "office documents found")
    page.goto(f"/{language}/office/documents/{seeded['document:expired']}/propose/")
    if "reauthenticate" in page.url:
        officers.prove(page, "central")
    found += faults(page, "propose")
    send(page, "change")
    found += faults(page, "propose with errors")
    signatory = visit(state=officers.session("signatory"), language=language)
    found += sweep(signatory, language, ("office/", "office/documents/proposals/"))
    signatory.goto(f"/{language}/office/documents/{seeded['document:valid']}/")
    found += faults(signatory, "office document with a proposal")
    officer = visit(state=officers.session("officer"), language=language)
    found += sweep(officer, language, ("office/", "accounts/recover/"))
    officer.goto(f"/{language}/office/cases/{seeded['completeness']}/")
    press(officer.locator("form.verd .btn-2").first)
    assert found + faults(officer, "verdict on a paper with errors") == []
