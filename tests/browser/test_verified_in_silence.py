"""A paper is verified in every way: nothing personal is asked for, named as a referrer, or written to a log."""

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import Request

from portal.journey.servers import ROOT, Portal
from tests.browser.answering import press
from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser
UNKNOWN = "84G7ZWYRD6Z1RV0Q"
READING = """
import json
from procedures.documents import cose
from procedures.documents.addresses import code_text
from procedures.documents.models import Document
found = Document.objects.get(public_id={!r})
fragment = cose.fragment(bytes(found.cose))
print(json.dumps([code_text(found.public_id, fragment), fragment, found.holder_ar, found.holder_lat, found.stored]))
"""


def read(portal: Portal, public_id: str) -> list[str]:
    """The text of its QR code, the seal in it, the holder's two names, where its file lies."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", READING.format(public_id)]
    done = subprocess.run(command, cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout.strip().splitlines()[-1]))


def test_every_way_of_verifying_leaves_nothing_personal_behind(
    visit: Opener, portal: Portal, seeded: dict[str, str]
) -> None:
    code = seeded["document:valid"]
    address, fragment, arabic, latin, stored = read(portal, code)
    page = visit(language="fr", guarded=True)
    asked: list[Request] = []
    page.context.on("request", lambda request: asked.append(request))
    page.goto(address)
    page.wait_for_selector("#signed:not([hidden])")
    assert latin in page.inner_text("#claims")
    for link in ("a[href*='/report/']", "header a[href]"):  # onwards from the page that holds the name
        page.goto(address)
        page.wait_for_selector("#signed:not([hidden])")
        press(page.locator(link).first)
    page.goto(f"/V/{UNKNOWN}")
    page.goto("/fr/verify/several/")
    page.locator("[name=codes]").fill(f"{address}\n{arabic}\n{latin}")
    press(page.locator("main form[method=post] button").first)
    assert "500" not in page.locator("h1").inner_text()
    page.goto("/fr/verify/file/")
    page.locator("input[type=file]").set_input_files(Path(portal.environment["TAKWIN_VAR"], "private", stored))
    page.wait_for_load_state("networkidle")

    assert any(request.method == "POST" for request in asked)
    addresses = [urldefrag(request.url).url for request in asked]
    referrers = [request.all_headers().get("referer", "") for request in asked]
    logs = "\n".join(path.read_text(errors="replace") for path in Path(portal.scratch, "log").glob("*.log"))
    assert f"Not Found: /V/{UNKNOWN}" in logs  # lines are read at all
    told = "\n".join([*addresses, *referrers, logs])
    for each in (fragment, fragment[:40], arabic, latin, *arabic.split(), *latin.split()):
        assert each.casefold() not in told.casefold(), each
    assert all(not referrer or referrer.startswith(portal.url) for referrer in referrers)
