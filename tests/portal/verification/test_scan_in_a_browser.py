"""The page's script in a real Chromium: it checks the paper's own seal, shows the whole name, and drops the fragment.

The address is the one in the QR; what the browser asks of it is what Django answered before.
"""

import hashlib
import mimetypes
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from procedures.documents import cose
from procedures.documents.addresses import code_text
from procedures.documents.key_retiring import retire
from procedures.documents.keys import FileSealer, private_key_in
from procedures.documents.models import Document
from tests.procedures.documents.factories import issued_decision

pytestmark = pytest.mark.browser
WORTHLESS = "Document d’entraînement\u00a0: sans aucune valeur"


@pytest.fixture
def document() -> Document:
    return issued_decision()


def static_file(route: Route) -> None:
    found = Path(str(finders.find(urlsplit(route.request.url).path.removeprefix("/static/"))))
    kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
    route.fulfill(body=found.read_bytes(), content_type=kind)


@contextmanager
def scanning(document: Document, asked: list[str] | None = None, language: str = "fr") -> Iterator[Page]:
    """A browser to which Django's answers are known already: playwright's loop would open another connection."""
    addresses = (f"/V/{document.public_id}", "/.well-known/jwks.json", "/catalogue.json")
    told = {address: Client().get(address, HTTP_ACCEPT_LANGUAGE=language) for address in addresses}

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if asked is not None:
            asked.append(route.request.url)
        if path.startswith("/static/"):
            static_file(route)
        else:
            page = told[path]
            route.fulfill(status=page.status_code, headers=dict(page.headers), body=page.content)

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-quic"])
        opened = browser.new_page(locale=language, viewport={"width": 390, "height": 900})
        opened.route("**/*", answer)
        yield opened
        browser.close()


@pytest.fixture(autouse=True)
def host(settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]


def fragment_of(document: Document) -> str:
    return cose.fragment(bytes(document.cose))


def test_a_genuine_paper_gets_three_ticks_and_its_whole_name(document: Document) -> None:
    asked: list[str] = []
    fragment = fragment_of(document)
    with scanning(document, asked) as page:
        page.goto(code_text(document.public_id, fragment))
        page.wait_for_selector("#signed:not([hidden])")
        assert page.locator("#ticks li.y").count() == 3
        assert "Yassine BEN CHEIKH OUERTANI" in page.inner_text("#claims")
        assert "ياسين بن الشيخ الورتاني" in page.inner_text("#claims")
        assert page.url == f"https://verif.example.tn/V/{document.public_id}"
        assert not any(fragment[:20] in address.partition("#")[0] for address in asked)
        pictured(page, "scan-fr")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_answer_is_printed_on_one_sheet_with_all_that_it_says(document: Document, language: str) -> None:
    with scanning(document, language=language) as page:
        page.goto(code_text(document.public_id, fragment_of(document)))
        page.wait_for_selector("#signed:not([hidden])")
        sheet = page.pdf(prefer_css_page_size=True, print_background=False)
    if folder := os.environ.get("TAKWIN_PICTURES"):
        Path(folder, f"sheet-{language}.pdf").write_bytes(sheet)
    paper = pypdfium2.PdfDocument(sheet)
    text = paper[0].get_textpage().get_text_range()
    pages = len(paper)
    paper.close()
    assert pages == 1
    assert "Yassine BEN CHEIKH OUERTANI" in text
    assert {"verif", "example", "tn"} <= set(re.findall(r"\w+", text))  # its order within Arabic is each reader's own


@pytest.mark.parametrize("how", ["bit", "length", "other"])
def test_a_forged_fragment_condemns_the_paper(document: Document, how: str) -> None:
    fragment = fragment_of(document)
    letter = "A" if fragment[120] != "A" else "B"
    forged = {"bit": fragment[:120] + letter + fragment[121:], "length": fragment[:-8], "other": "A" * 200}[how]
    with scanning(document) as page:
        page.goto(code_text(document.public_id, forged))
        page.wait_for_selector(".verdict.v-bad")
        assert page.locator("#tick-seal.n").count() == 1
        assert page.is_hidden("#signed")
        pictured(page, f"forged-{how}-fr")


def test_a_seal_that_the_register_does_not_hold_is_refused(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(cose_digest="0" * 64)
    with scanning(document) as page:
        page.goto(code_text(document.public_id, fragment_of(document)))
        page.wait_for_selector(".verdict.v-bad")
        assert page.is_hidden("#signed")


def test_an_honest_paper_of_a_leaked_key_is_vouched_for_by_the_register(document: Document) -> None:
    retire(document.kid)
    with scanning(document) as page:
        page.goto(code_text(document.public_id, fragment_of(document)))
        page.wait_for_selector("#signed:not([hidden])")
        assert page.locator("#tick-key.w b:has-text('retirée depuis')").count() == 1
        told = page.inner_text("#tick-key p")  # the seal was compared: no longer what the register's answer says alone
        assert "Ce cachet même figure dans notre registre" in told
        assert page.locator("#tick-seal.y").count() == 1
        assert page.locator(".verdict.v-bad").count() == 0
        assert "Yassine BEN CHEIKH OUERTANI" in page.inner_text("#claims")
        pictured(page, "retired-key-fr")


@pytest.mark.parametrize("known", [False, True])
def test_a_forgery_under_a_leaked_key_is_condemned_before_anybody_knows_of_the_leak(
    document: Document, known: bool
) -> None:
    thief = FileSealer(private_key_in(Path(settings.TAKWIN_KEYS) / "qr.pem"))
    claims = cose.opened(bytes(document.cose), document.public_id, {thief.kid: thief.public_key}).claims
    forged = cose.sealed(replace(claims, holder_lat="Nobody AT ALL"), document.public_id, thief)
    if known:
        retire(document.kid)
    with scanning(document) as page:
        page.goto(code_text(document.public_id, cose.fragment(forged)))
        page.wait_for_selector(".verdict.v-bad")
        assert page.locator("#tick-key.n" if known else "#tick-seal.n").count() == 1
        assert page.is_hidden("#signed")
        assert "Nobody" not in page.content()


def test_keys_that_did_not_come_condemn_nobody(document: Document) -> None:
    with scanning(document) as page:
        page.route("**/.well-known/jwks.json", lambda route: route.fulfill(json={"error": "no keys today"}))
        page.goto(code_text(document.public_id, fragment_of(document)))
        page.wait_for_selector("#tick-seal b:has-text('ce navigateur ne peut pas')")
        assert page.locator("#tick-seal.w").count() == 1
        assert page.locator(".verdict.v-bad").count() == 0


FLIPS = """async ([script, jwks, id, all]) => {
  const { opened } = await import(script);
  const said = [];
  for (const one of all) said.push(await opened(one, id, jwks).then(() => "", (error) => error.message));
  const began = performance.now();
  for (let time = 0; time < 50; time++) await opened(all[0], id, jwks);
  return { said, milliseconds: (performance.now() - began) / 50 };
}"""


def test_chromium_takes_the_seal_and_refuses_every_flip_of_one_bit_of_it(document: Document) -> None:
    raw, flips = bytes(document.cose), []
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << (bit % 8)
        flips.append(cose.fragment(bytes(flipped)))
    assert len(flips) >= 1120
    jwks = Client().get("/.well-known/jwks.json").json()
    with scanning(document) as page:
        page.goto(f"https://verif.example.tn/V/{document.public_id}")
        told = page.evaluate(
            FLIPS, ["/static/verification/seal.js", jwks, document.public_id, [fragment_of(document), *flips]]
        )

    assert told["said"][0] == ""
    assert "" not in told["said"][1:]


def test_a_file_never_leaves_the_device(document: Document) -> None:
    content = (Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored).read_bytes()
    page = Client().get("/fr/verify/file/").content
    bodies: list[str] = []

    def answer(route: Route) -> None:
        if "/static/" in route.request.url:
            return static_file(route)
        if route.request.method == "POST":
            bodies.append(route.request.post_data or "")
        return route.fulfill(body=page, content_type="text/html; charset=utf-8")

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-quic"])
        opened = browser.new_page(locale="fr", viewport={"width": 390, "height": 900})
        opened.route("**/*", answer)
        opened.goto("https://verif.example.tn/fr/verify/file/")
        opened.locator("#file-check").click()
        assert opened.locator("#file-said").inner_text() != ""
        name = "Diplôme de Yassine.pdf"
        opened.locator("#pdf").set_input_files([{"name": name, "mimeType": "application/pdf", "buffer": content}])
        with opened.expect_navigation():
            opened.locator("#file-check").click()
        without = browser.new_context(java_script_enabled=False).new_page()
        without.route("**/*", answer)
        without.goto("https://verif.example.tn/fr/verify/file/")
        assert without.locator("#file-form").is_hidden()
        assert without.locator("#file-no-script").is_visible()
        browser.close()

    [body] = bodies
    assert set(parse_qs(body)) == {"csrfmiddlewaretoken", "digest"}
    assert parse_qs(body)["digest"] == [hashlib.sha256(content).hexdigest()]


def pictured(page: Page, name: str) -> None:
    if folder := os.environ.get("TAKWIN_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("where", ["practice", "genuine", "genuine that holds the row"])
def test_the_script_of_the_page_says_it_of_the_paper_itself(
    practised: Document, genuine_again: Callable[..., None], where: str
) -> None:
    if where != "practice":
        genuine_again(practised, unknown=where == "genuine")
    with scanning(practised) as page:
        page.goto(code_text(practised.public_id, cose.fragment(bytes(practised.cose))))
        page.wait_for_function("document.title.startsWith('Document d’entraînement')")
        assert "v-bad" in (page.locator("#verdict").get_attribute("class") or "")
        assert page.inner_text("#heading") == WORTHLESS
        assert page.locator("#ticks li.y").count() == 0
        assert page.locator("#signed:not([hidden])").count() == 0


def test_the_script_condemns_a_practice_seal_under_the_code_of_a_genuine_document(
    practised: Document, genuine_again: Callable[..., None]
) -> None:
    """The page says genuine, of the code; the paper in hand was sealed in a practice space."""
    genuine_again(practised, unknown=False)
    document = issued_decision(serial=2)
    with scanning(document) as page:
        page.goto(code_text(document.public_id, cose.fragment(bytes(practised.cose))))
        page.wait_for_selector("#verdict.v-bad")
        assert page.inner_text("#heading") == WORTHLESS
