"""Papers in Chromium: added without scripts and with them, told what to mend, and sent on where a connection broke."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from portal.journey.servers import ROOT, Portal
from tests.browser.answering import press
from tests.browser.conftest import Officers, Opener
from tests.browser.sweeping import overflow
from tests.procedures.evidence import phone_photos
from tests.procedures.evidence.corpus import heic, pdf, photograph, picture

pytestmark = pytest.mark.browser
DARK = {"ar": "الصورة مظلمة جدًّا", "fr": "L’image est trop sombre"}
HIDDEN = {"ar": "في هذا الملف ملف آخر مخفيّ", "fr": "Un autre fichier est caché"}


def file(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture
def papers_page(visit: Opener, portal: Portal, officers: Officers) -> Iterator[Callable[[str, int, bool], Page]]:
    """Opens the page of papers of a draft whose questions are answered; the draft goes with the test."""
    drafts: list[str] = []

    def drafting(of: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tests.browser.drafting", of],
            cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()

    def opened(language: str, width: int, scripts: bool) -> Page:
        drafts.append(drafting(language))
        page = visit(width, scripts=scripts, state=officers.session("trainee"), language=language, guarded=True)
        page.goto(f"/{language}/drafts/{drafts[-1]}/papers/")
        return page

    yield opened
    for draft in drafts:
        drafting(draft)


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("fr", 1280)])
def test_papers_are_added_without_scripts_and_each_says_what_to_mend(
    language: str, width: int, papers_page: Callable[[str, int, bool], Page], tmp_path: Path
) -> None:
    page = papers_page(language, width, False)
    page.locator("#paper-certificate").set_input_files([file("IMG_1.jpg", phone_photos.dark(Random(7)))])
    page.locator("#paper-identity").set_input_files([file("cin.pdf", pdf(2) + b"PK\x03\x04\x14\x00")])
    press(page.locator("button[name=add]").first)
    certificate, identity = page.locator("#section-paper-certificate"), page.locator("#section-paper-identity")
    assert DARK[language] in certificate.inner_text()
    assert HIDDEN[language] in identity.inner_text()
    assert "cin.pdf" in identity.inner_text()
    certificate.locator("img.thumb").scroll_into_view_if_needed()
    assert overflow(page) <= 0
    page.screenshot(path=tmp_path / f"papers-{language}.png", full_page=True)
    press(certificate.locator("a[href*='/pages/']"))
    assert DARK[language] in page.locator("main").inner_text()
    assert page.locator("img.sheet").count() == 1
    assert overflow(page) <= 0


@pytest.mark.parametrize(("language", "width"), [("fr", 390), ("ar", 1280)])
def test_a_file_goes_on_where_the_connection_broke_and_its_row_changes_in_place(
    language: str, width: int, papers_page: Callable[[str, int, bool], Page]
) -> None:
    page = papers_page(language, width, True)
    sent: list[str] = []

    def break_once(route: Route) -> None:
        body = (route.request.post_data_buffer or b"")[:3000]
        at = body.partition(b'name="at"\r\n\r\n')[2].partition(b"\r\n")[0].decode()
        sent.append(at)
        if len(sent) == 3:
            route.abort()
        else:
            route.continue_()

    page.route("**/papers/parts/", break_once)
    page.locator("#paper-certificate").set_input_files([file("IMG_2.jpg", photograph())])
    row = page.locator("#section-paper-certificate")
    expect(row.locator(".up-file")).to_have_count(1, timeout=60_000)
    starts = [at for at in sent if at]
    assert starts[:3] == ["0", "400000", "400000"], sent
    assert len(starts) == len(set(starts)) + 1, "only the part that was lost is sent again"
    assert "IMG_2.jpg" in row.inner_text()
    thumb = row.locator("img.thumb")
    thumb.scroll_into_view_if_needed()
    assert thumb.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.locator("#paper-identity").set_input_files(
        [file("a.exe", b"MZ" + b"\0" * 99), file("b.jpg", picture((1200, 900)))]
    )
    identity = page.locator("#section-paper-identity")
    expect(identity.locator(".up-file")).to_have_count(1, timeout=60_000)
    expect(identity.locator(".refusal")).to_have_count(1)
    assert overflow(page) <= 0


@pytest.mark.parametrize(("language", "scripts"), [("ar", False), ("fr", True)])
def test_a_photograph_in_heic_is_taken_and_shown(
    language: str, scripts: bool, papers_page: Callable[[str, int, bool], Page]
) -> None:
    page = papers_page(language, 390, scripts)
    page.locator("#paper-certificate").set_input_files([file("IMG_0001.HEIC", heic())])
    if not scripts:
        press(page.locator("button[name=add]").first)
    row = page.locator("#section-paper-certificate")
    expect(row.locator(".up-file")).to_have_count(1, timeout=60_000)
    expect(row.locator(".refusal")).to_have_count(0)
    assert "IMG_0001" in row.inner_text()
    row.locator("img.thumb").scroll_into_view_if_needed()
    expect(row.locator("img.thumb")).to_have_js_property("complete", value=True)
    assert overflow(page) <= 0
    press(row.locator("a[href*='/pages/']"))
    assert page.locator("img.sheet").count() == 1
