"""A web site on loopback that gives what Django answered before, and can be taken away; a device that visited it."""

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import BrowserContext, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-quic", "--disable-gpu", "--disable-background-networking"]
MACHINES = (
    "/V/worker.js", "/v/worker.js", "/.well-known/jwks.json", "/catalogue.json", "/status/0.cwt",
    *(f"/V/{name}/{tongue}" for name in ("shell", "scan") for tongue in ("ar", "fr", "en")),
)  # fmt: skip
READY = """async () => {
  const kept = await caches.open("takwin-verify-data"), all = await navigator.serviceWorker.getRegistrations();
  return (await kept.keys()).length === 3 && all.length === 2 && all.every((one) => one.active?.state === "activated");
}"""


class Site:
    """Answers are gathered first: once playwright's loop runs, Django would open another connection."""

    def __init__(self) -> None:
        site = self
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                status, headers, body = site.answer(urlsplit(self.path).path)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_told: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def gather(self, *addresses: str, tongue: str = "fr") -> None:
        for address in (*MACHINES, *addresses):
            told = Client().get(address, HTTP_ACCEPT_LANGUAGE=tongue)
            self.answers[address] = (told.status_code, dict(told.headers), told.content)

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        if path in self.answers:
            return self.answers[path]
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if not isinstance(found, str):
            return 404, {}, b""
        return 200, {"Content-Type": mimetypes.guess_type(found)[0] or "font/woff2"}, Path(found).read_bytes()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@contextmanager
def device(tongue: str = "fr", *flags: str, width: int = 390) -> Iterator[BrowserContext]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=[*FLAGS, *flags])
        context = browser.new_context(
            locale=tongue, viewport={"width": width, "height": 844}, timezone_id="Africa/Tunis"
        )
        context.set_default_timeout(15_000)
        yield context
        browser.close()


def visited(context: BrowserContext, address: str) -> Page:
    """A page opened while there is a network, once the device keeps all it needs."""
    page = context.new_page()
    page.goto(address)
    for _time in range(150):
        if page.evaluate(READY):
            return page
        page.wait_for_timeout(100)
    raise AssertionError("the device keeps nothing")


def cut_off(context: BrowserContext, site: Site) -> None:
    context.set_offline(True)
    site.stop()
