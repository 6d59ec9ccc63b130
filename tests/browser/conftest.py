"""A real Chromium against a real portal: its own web server and worker over a scratch database."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.demonstration.accounts import PASSWORD
from portal.journey.second_factor import Codes
from portal.journey.servers import ROOT, Portal, own_portal
from tests.browser.answering import press
from tests.browser.sweeping import LANGUAGES, WIDTHS, looked
from tests.portals import prepared

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
Opener = Callable[..., Page]
RECENT_SECONDS = 90
PLUGINS = "tests.workbench,tests.advised,tests.ruled.arabic,tests.ruled.french"


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    scratch = tmp_path_factory.mktemp("portal")
    with own_portal(scratch, like=prepared(ROOT), TAKWIN_MORE_PLUGINS=PLUGINS) as running:
        yield running


@pytest.fixture(scope="session")
def seeding(portal: Portal) -> Iterator[subprocess.Popen[str]]:
    """Cases in every state, made beside the tests that do not need them yet."""
    command = [sys.executable, "-m", "tests.browser.seeding"]
    with subprocess.Popen(
        command, cwd=ROOT, env=portal.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


@pytest.fixture(scope="session")
def seeded(seeding: subprocess.Popen[str]) -> dict[str, str]:
    """Public ids of the cases by the stage at which they wait, and of documents by what they are worth."""
    told, errors = seeding.communicate(timeout=240)
    assert seeding.returncode == 0, errors[-2000:]
    return dict(json.loads(told))


@pytest.fixture
def waiting_case(portal: Portal) -> str:
    """A case that has just come before the commission; its public id."""
    command = [sys.executable, "-m", "tests.browser.seeding", "commission"]
    done = subprocess.run(command, cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


@pytest.fixture(scope="session")
def filed(portal: Portal) -> dict[str, dict[str, str]]:
    """What waits for its people to go on with it, by language."""
    command = [sys.executable, "-m", "tests.browser.seeding_filed"]
    done = subprocess.run(command, cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, portal: Portal) -> Iterator[Opener]:
    """Open a page as somebody: width in pixels, with or without scripts, in a session of its own."""
    contexts: list[BrowserContext] = []

    def open_page(
        width: int = 390, *, scripts: bool = True, state: Any = None, language: str = "ar", guarded: bool = False
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            java_script_enabled=scripts,
            base_url=portal.url,
            locale=language,
            storage_state=state,
            bypass_csp=scripts and not guarded,  # only so that axe can be put into the page
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


class Officers:
    """Sessions of the demonstration's staff: each logs in once, by clicks, without scripts."""

    def __init__(self, chromium: Browser, portal: Portal) -> None:
        self.chromium, self.portal = chromium, portal
        self.sessions: dict[str, Any] = {}
        self.begun: dict[str, float] = {}
        self.codes = Codes(portal.environment)

    def session(self, account: str, *, recent: bool = False) -> Any:
        """`recent` for a room that asks again for the password of whoever gave it some minutes ago."""
        if account not in self.sessions or (recent and time.monotonic() - self.begun[account] > RECENT_SECONDS):
            context = self.chromium.new_context(
                java_script_enabled=False, base_url=self.portal.url, viewport={"width": 390, "height": 844}
            )
            page = context.new_page()
            page.goto("/fr/accounts/login/")
            log_in(page, account)
            if "/2fa/authenticate" in page.url:
                self.prove(page, account)
            self.sessions[account], self.begun[account] = context.storage_state(), time.monotonic()
            context.close()
        return self.sessions[account]

    def prove(self, page: Page, account: str) -> None:
        """Enter the code of the second factor that is valid now; each opens one door only."""
        page.locator("input[name=code]").press_sequentially(self.codes(account))
        press(page.locator("form:has(input[name=code]) .btn-big"))
        assert "/2fa/" not in page.url, page.locator("main").inner_text()


@pytest.fixture(scope="session")
def officers(chromium: Browser, portal: Portal) -> Officers:
    return Officers(chromium, portal)


def log_in(page: Page, account: str) -> None:
    """From the login page on, with the demonstration's password."""
    page.locator("input[name=login]").press_sequentially(f"{account}@demo.takwin.example")
    page.locator("input[name=password]").press_sequentially(PASSWORD)
    press(page.locator("form:has(input[name=password]) .btn-big"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of the run hands over what it looked at."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["looked"] = dict(looked)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    looked.update(getattr(node, "workeroutput", {}).get("looked", {}))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how much axe has looked at."""
    if looked:
        pages = {key.split(" ", 2)[2] for key in looked}
        terminalreporter.write_line(
            f"axe looked at {len(pages)} pages in {' and '.join(LANGUAGES)}, a ruler at "
            f"{' and '.join(map(str, WIDTHS))} px: axe {len(looked)} times by page, language and width"
        )
