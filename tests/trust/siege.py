"""People at work on a portal that keeps dying: each repeats what was not answered, and notes what was."""

import hashlib
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from portal.journey.sitting import Sitting
from portal.journey.telling import NotAsPromised
from portal.journey.thread import Thread
from portal.journey.visiting import Files, Page, Visitor, standing, target

GONE = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
PATIENCE = 240  # seconds that one act may take, kills and restarts included


@dataclass
class Promised:
    """What the portal answered 2xx or 3xx to, as people saw it."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)  # draft: its accepted answers
    uploads: dict[str, str] = field(default_factory=dict)  # upload: digest of the file as it was shown
    cases: dict[str, str] = field(default_factory=dict)  # case: its number
    drafts: set[str] = field(default_factory=set)
    filed: set[str] = field(default_factory=set)  # drafts
    acts: list[tuple[str, str]] = field(default_factory=list)  # (act, case)
    requests: int = 0
    unanswered: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)  # nobody tries any longer


class Stubborn(Visitor):
    """A visitor who notes an answer before following where it leads: what is said there may come too late."""

    def __init__(self, url: str, language: str, promised: Promised) -> None:
        super().__init__(url, language)
        self.promised = promised
        self.session.headers["Connection"] = "close"

    def submit(
        self, page: Page, form: Any, values: Any, *, files: Files | None = None, status: int = 200, button: str = ""
    ) -> Page:
        data = [(name, value) for name, value in standing(form) if name not in values]
        for name, value in values.items():
            data += [(name, str(one)) for one in (value if isinstance(value, list | tuple) else [value])]
        if button:
            data.append(tuple(button.split("=", 1)))
        headers = {"Referer": page.url, "Origin": self.url}
        address = target(page, form)
        answer = self.session.post(
            address, data=data, files=files, headers=headers, timeout=60, allow_redirects=False
        )  # fmt: skip
        with self.promised.guard:
            self.promised.requests += 1
        if not answer.is_redirect:
            return self._page(answer, status)
        led = urljoin(address, answer.headers["Location"])
        self.note(urlsplit(address).path, urlsplit(led).path)
        return self.open(led)

    def note(self, path: str, led: str) -> None:
        """A redirect is a promise: the page was taken, the case filed, the act done."""
        with self.promised.guard:
            if found := re.search(r"/drafts/([0-9a-f-]{36})/file/$", path):
                if case := re.search(r"/desk/cases/([0-9a-f-]{36})/", led):
                    self.promised.filed.add(found[1])
                    self.promised.cases.setdefault(case[1], "")
            elif found := re.search(r"/services/\w+/start/$", path):
                if draft := re.search(r"/drafts/([0-9a-f-]{36})/", led):
                    self.promised.drafts.add(draft[1])
            elif found := re.search(r"/(?:office|desk)/cases/([0-9a-f-]{36})/(\w+)/$", path):
                self.promised.acts.append((found[2], found[1]))


class Besieged(Thread):
    """The journey's thread, whose every act is repeated from the page on until it is answered."""

    promised: Promised

    def persist(self, act: Callable[[int], Any]) -> Any:
        """Do `act` until the portal answers it; it is told how often it was tried before."""
        until, tries = time.monotonic() + PATIENCE, 0
        while True:
            try:
                return act(tries)
            except GONE:
                with self.promised.guard:
                    self.promised.unanswered += 1
                if time.monotonic() > until or self.promised.over.is_set():
                    raise
                tries += 1
                time.sleep(0.3)

    # The applicant

    def come_in(self, account: str) -> None:
        self.applicant = self.entered(account)

    def entered(self, account: str) -> Visitor:
        visitor = Stubborn(self.url, self.language, self.promised)
        page = visitor.here("/accounts/login/")
        form = page.with_field("login", "log in")
        from portal.demonstration.accounts import PASSWORD

        page = visitor.submit(page, form, {"login": f"{account}@demo.takwin.example", "password": PASSWORD})
        if not account.startswith("applicant"):
            page = visitor.submit(page, page.with_field("code", "log in twice"), {"code": self.code_of(account)})
        if "/accounts/" in page.path:
            raise NotAsPromised(f"{account} could not log in: {page.faults or page.title}")
        return visitor

    def begin(self) -> str:
        def start(tries: int) -> Page:
            page = self.applicant.here(f"/services/{self.procedure}/start/")
            form = page.form(lambda form: bool(form.select_one(".btn-big")), "start the application")
            return self.applicant.submit(page, form, {})

        page = self.persist(start)
        found = re.search(r"/drafts/([0-9a-f-]{36})/(\w+)/", page.path)
        if not found:
            raise NotAsPromised(f"Starting led to {page.path}")
        self.draft, step = found[1], found[2]
        self.promised.answers[self.draft] = {}
        return step

    def answer_all(self) -> None:
        step = self.begin()
        while step not in ("papers", "check"):
            step = self.answer_step(step)

    def answer_step(self, step: str) -> str:
        from portal.journey.filling import typed

        def once(tries: int) -> str:
            page = self.applicant.here(f"/drafts/{self.draft}/{step}/")
            page = self.with_rows(page)
            form = self.questions(page)
            blocks = {name.partition("-")[0] for name in typed(form, self.answers)}
            page = self.applicant.submit(page, form, typed(form, self.answers), button="next=1")
            going = page.path.rstrip("/").rsplit("/", 1)[-1]
            if going == step:
                raise NotAsPromised(f"“{page.title}” would not take its answers: {page.faults}")
            self.promised.answers[self.draft] |= {block: self.answers[block] for block in blocks}
            return going

        return str(self.persist(once))

    def hand_in_all(self) -> None:
        def once(tries: int) -> None:
            """A request that was cut off may have left a part of its papers: the others are handed in again."""
            if not tries or not self.applicant.here(f"/drafts/{self.draft}/check/").path.endswith("/check/"):
                self.hand_in(self.applicant.here(f"/drafts/{self.draft}/papers/"))

        self.persist(once)
        for link in self.persist(lambda tries: self.shown(self.applicant.here(f"/drafts/{self.draft}/papers/"))):
            upload, content = self.persist(lambda tries, link=link: self.opened(self.applicant.open(link)))
            self.promised.uploads[upload] = hashlib.sha256(content).hexdigest()

    def shown(self, page: Page) -> list[str]:
        """Where each paper that the page lists is looked at."""
        return sorted(set(self.led(page, r"/papers/[0-9a-f-]{36}/pages/$")))

    def opened(self, page: Page) -> tuple[str, bytes]:
        """A paper's id and the file itself, by the link beside its pictures."""
        (link,) = self.led(page, r"/papers/[0-9a-f-]{36}/$")
        answer = self.applicant.open(link).answer
        if answer.headers["Content-Type"].startswith("text/"):
            raise NotAsPromised(f"{link} shows a page, not the file")
        return link.rstrip("/").rsplit("/", 1)[-1], answer.content

    def led(self, page: Page, end: str) -> list[str]:
        anchors = page.soup.find_all("a", href=True) if page.soup else []
        return [str(a["href"]) for a in anchors if re.search(f"/drafts/{self.draft}" + end, str(a["href"]))]

    def file_it(self) -> str:
        def once(tries: int) -> str:
            page = self.applicant.here(f"/drafts/{self.draft}/check/")
            if "/desk/cases/" not in page.path:
                self.file(page)
                return self.found["case"]
            found = re.search(r"/desk/cases/([0-9a-f-]{36})/", page.path)
            number = page.soup.select_one(".refno") if page.soup else None
            if not tries or not found or not number:
                raise NotAsPromised(f"The draft turned into {page.path} by itself.")
            self.found |= {"case": found[1], "number": "".join(number.get_text().split())}
            return self.found["case"]

        case = str(self.persist(once))
        with self.promised.guard:
            self.promised.cases[case] = self.found["number"]
        return case

    def mend(self, case: str) -> None:
        """Hand in again the paper that was asked."""
        from portal.journey.papers import photograph

        def once(tries: int) -> None:
            page = self.applicant.here(f"/desk/cases/{case}/correction/")
            if not page.path.rstrip("/").endswith("correction"):
                if not tries:
                    raise NotAsPromised("A correction was asked and the applicant is not told so.")
                return
            form = next((form for form in page.forms() if form.find("input", type="file")), None)
            files = [(form.find("input", type="file")["name"], ("new.jpg", photograph("again", 7), "image/jpeg"))]
            self.applicant.submit(page, form, {}, files=files)

        self.persist(once)

    # The administration

    def sit(self, case: str, number: str) -> None:
        """A session of the commission: begun again it goes on where it stands."""
        self.found = {"case": case, "number": number}
        sitting = Sitting("equivalence", case, self.granted, self.officer)
        self.persist(lambda tries: sitting.hold())
        self.persist(lambda tries: self.wait_for_opinion())
        with self.promised.guard:
            self.promised.acts.append(("sit", case))

    def perform(self, account: str, case: str, number: str, action: str, **given: Any) -> None:
        self.found = {"case": case, "number": number}

        def once(tries: int) -> None:
            try:
                self.act(account, action, **given)
            except NotAsPromised as refused:
                if not (tries and "409" in str(refused)):  # done by the request whose answer never came
                    raise

        self.persist(once)
