"""The scanner in a real Chromium: a paper before a false camera, or a picture of it; foreign codes are refused."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Page

from procedures.documents import cose
from procedures.documents.addresses import code_text
from procedures.documents.models import Document
from tests.portal.verification.standing import Site, cut_off, device, visited
from tests.procedures.documents.factories import issued_decision

pytestmark = pytest.mark.browser
FILM, FRAMES = (1280, 720), 8


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    standing = Site()
    settings.TAKWIN_PUBLIC_URL = standing.url
    settings.ALLOWED_HOSTS = ["*"]
    yield standing
    if standing.thread.is_alive():
        standing.stop()


@pytest.fixture
def document(site: Site) -> Document:
    made = issued_decision()
    site.gather(f"/V/{made.public_id}", "/fr/verify/")
    return made


def text_of(document: Document) -> str:
    return code_text(document.public_id, cose.fragment(bytes(document.cose)))


def picture(text: str, size: tuple[int, int] = FILM, angle: int = 4) -> Image.Image:
    """A paper on a table, a little askew."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4, box_size=8)
    code.add_data(text)
    printed = code.make_image().get_image().convert("L")
    printed = printed.resize((size[1] * 3 // 4, size[1] * 3 // 4))
    table = Image.new("L", size, 190)
    paper = Image.new("L", (size[0] * 2 // 3, size[1]), 250)
    paper.paste(printed, (60, 70))
    table.paste(paper.rotate(angle, fillcolor=190), (size[0] // 6, 0))
    return table


def film(path: Path, text: str) -> Path:
    """Raw frames, as Chromium's false camera reads them."""
    width, height = FILM
    grey = picture(text).tobytes() + b"\x80" * (width * height // 2)
    header = f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(header + (b"FRAME\n" + grey) * FRAMES)
    return path


def camera(path: Path) -> tuple[str, ...]:
    return (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    )


def shown(page: Page, text: str) -> None:
    kept = BytesIO()
    picture(text, (1600, 1200)).save(kept, "JPEG", quality=70)
    page.set_input_files("#picture", [{"name": "p.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}])


@pytest.mark.parametrize("network", [True, False], ids=["with a network", "without"])
def test_a_paper_before_the_camera_opens_the_answer(
    site: Site, document: Document, tmp_path: Path, network: bool
) -> None:
    with device("fr", *camera(film(tmp_path / "paper.y4m", text_of(document)))) as context:
        page = visited(context, f"{site.url}/V/scan/fr")
        if not network:
            cut_off(context, site)
            page.reload()
        page.click("#scan-start")
        page.wait_for_url(f"**/V/{document.public_id}")
        page.wait_for_selector("#tick-status.y" if network else "#tick-status.as-of")
        assert "Yassine BEN CHEIKH OUERTANI" in page.inner_text("#claims")
        assert ("v-off" in (page.locator("#verdict").get_attribute("class") or "")) is not network


@pytest.mark.parametrize("network", [True, False], ids=["with a network", "without"])
def test_a_code_of_another_site_is_refused_and_not_opened(site: Site, document: Document, network: bool) -> None:
    genuine = text_of(document)
    host = site.url.removeprefix("http://")
    foreign = {
        genuine.replace(host, "verif.example.org"): "verif.example.org",
        genuine.replace(host, f"{host}@evil.example"): f"{host.lower()}@evil.example",
        genuine.replace(host, f"{host}.evil.example"): f"{host}.evil.example",
        "https://evil.example/?next=" + genuine: "evil.example",
    }
    with device() as context:
        page = visited(context, f"{site.url}/V/scan/fr")
        if not network:
            cut_off(context, site)
            page.reload()
        for text, name in foreign.items():
            shown(page, text)
            page.wait_for_function(
                "(name) => document.querySelector('#foreign-host').textContent.toLowerCase() === name", arg=name
            )
            assert page.is_visible("#foreign")
            assert page.url == f"{site.url}/V/scan/fr"
        shown(page, "BEGIN:VCARD")
        page.wait_for_selector("#scan-said:not(:empty)")
        assert page.is_hidden("#foreign")
        assert page.url == f"{site.url}/V/scan/fr"
        shown(page, genuine)
        page.wait_for_url(f"**/V/{document.public_id}")


def test_a_picture_without_a_code_says_so(site: Site, document: Document) -> None:
    with device() as context:
        page = context.new_page()
        page.goto(f"{site.url}/V/scan/fr")
        kept = BytesIO()
        Image.new("L", (600, 400), 200).save(kept, "PNG")
        page.set_input_files("#picture", [{"name": "p.png", "mimeType": "image/png", "buffer": kept.getvalue()}])
        page.wait_for_selector("#scan-said:has-text('Aucun code QR')")


def test_a_camera_that_is_refused_leaves_the_other_ways(site: Site, document: Document) -> None:
    with device() as context:
        page = context.new_page()
        page.goto(f"{site.url}/V/scan/fr")
        page.click("#scan-start")
        page.wait_for_selector("#scan-said:has-text('caméra')")
        assert page.is_visible("#scan-start")
        assert page.is_visible("#picture")


def test_only_the_page_of_the_scanner_may_ask_for_a_camera(site: Site, document: Document, tmp_path: Path) -> None:
    asked = "navigator.mediaDevices.getUserMedia({video: true}).then(() => 'opened', (error) => error.name)"
    with device("fr", *camera(film(tmp_path / "paper.y4m", text_of(document)))) as context:
        page = context.new_page()
        said = {}
        for path in ("/V/scan/fr", f"/V/{document.public_id}", "/V/shell/fr", "/fr/verify/"):
            page.goto(f"{site.url}{path}")
            said[path] = page.evaluate(asked)
    assert said.pop("/V/scan/fr") == "opened"
    assert set(said.values()) == {"NotAllowedError"}


def test_without_scripts_the_page_leads_to_the_typed_code(site: Site, document: Document) -> None:
    with device() as context:
        page = context.browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{site.url}/V/scan/fr")
        assert page.is_hidden("#scanner")
        assert page.get_attribute("#scan-no-script a", "href") == "/fr/verify/"
