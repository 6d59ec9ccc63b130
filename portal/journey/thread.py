"""The thread itself: sign-up, wizard, filing, officers, commission, signature, issue, verification."""

import io
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pikepdf

from portal.demonstration.accounts import PASSWORD
from portal.journey.filling import Answers, row_ids, typed
from portal.journey.papers import photograph, scan
from portal.journey.servers import passphrase
from portal.journey.sitting import Sitting, links
from portal.journey.telling import Diary, NotAsPromised
from portal.journey.visiting import Files, Page, Visitor, names

PATIENCE = 120  # seconds that a document may take before the journey gives up
Found = TypeVar("Found")


@dataclass
class Thread:
    """One walk through the portal at `url` in `language`; `code_of` gives the second-factor code of an account."""

    url: str
    language: str
    procedure: str
    answers: Answers
    granted: Answers
    out: Path
    diary: Diary
    code_of: Callable[[str], str]
    found: dict[str, str] = field(default_factory=dict)

    def walk(self) -> None:
        step = self.diary.step
        self.applicant = Visitor(self.url, self.language)
        with step("read the start page"):
            self.read_start_page()
        with step("sign up and confirm the address"):
            self.sign_up()
        with step("answer every page"):
            page = self.answer_pages()
        with step("hand in papers, as PDF and JPEG"):
            page = self.hand_in(page)
        with step("check the answers, declare and file"):
            self.file(page)
        with step("receive the receipt"):
            self.save_pdf(f"/desk/cases/{self.found['case']}/receipt/", "receipt.pdf")
        with step("officer: accept the file as complete"):
            self.act("officer", "accept_completeness")
        with step("central officer: close the examination"):
            self.act("central", "close_instruction", self.granted)
        with step("commission: agenda, vote, minutes closed and signed"):
            self.sit()
        with step("central officer: prepare the decision"):
            self.act("central", "prepare_decision", self.granted, fields={"kind": "grant", "motivation": ""})
        with step("signatory: sign"):
            self.act("signatory", "sign")
        with step("receive the sealed decision"):
            self.receive_decision()
        with step("verify it by its code and by its address"):
            self.verify()
        with step("read what was sent"):
            self.read_messages()

    # The applicant

    def read_start_page(self) -> None:
        page = self.applicant.here(f"/services/{self.procedure}/")
        self.applicant.open(page.link(f"/{self.procedure}/start/", "start the application"))

    def sign_up(self) -> None:
        self.email = f"journey-{passphrase()[:10].lower()}@example.tn"
        page = self.applicant.here("/accounts/signup/")
        form = page.with_field("email", "sign up")
        values = {"name": "Voyage", "email": self.email, "password1": passphrase()}
        page = self.applicant.submit(page, form, values)
        form = page.with_field("code", "enter the code that was sent")
        page = self.applicant.submit(page, form, {"code": self.sent_code()})
        if "/accounts/" in page.path:
            raise NotAsPromised(f"The code that was sent did not open the account: {page.faults or page.title}")

    def sent_code(self) -> str:
        def newest() -> str | None:
            for message in self.messages():
                code = re.search(r"(?<!\d)(\d{6})(?!\d)|\b([A-Z0-9]{3}-?[A-Z0-9]{3})\b", message["body"])
                if code:
                    return code[0]
            return None

        return waited_for(newest, "A code was asked for and none was sent.", 30)

    def messages(self) -> list[dict[str, Any]]:
        """What the portal sent to this applicant, the newest first."""
        sent = self.applicant.open("/demo/sent.json").answer.json()
        return [message for message in sent if message["to"] == self.email]

    def answer_pages(self) -> Page:
        page = self.applicant.here(f"/services/{self.procedure}/start/")
        page = self.applicant.submit(page, page.form(is_start, "start the application"), {})
        walked: list[str] = []
        while not page.path.rstrip("/").endswith("/papers"):
            step = page.path.rstrip("/").rsplit("/", 1)[-1]
            if step in walked:
                raise NotAsPromised(f"The page “{page.title}” would not take its answers: {page.faults}")
            walked.append(step)
            page = self.answer(self.with_rows(page))
        self.found["pages"] = " ".join(walked)
        return page

    def with_rows(self, page: Page) -> Page:
        """Press "add" until every group has as many rows as the sample."""
        for group, rows in self.answers.items():
            while isinstance(rows, list) and self.group_stands(page, group):
                form = self.questions(page)
                if len(row_ids(form, group)) >= len(rows):
                    break
                values = typed(form, self.answers)
                page = self.applicant.submit(page, form, values, button=f"add={group}")
        return page

    def group_stands(self, page: Page, group: str) -> bool:
        return bool(page.soup and page.soup.find(id=f"block-{group}"))

    def questions(self, page: Page) -> Any:
        return page.with_field("version", "answer")

    def answer(self, page: Page) -> Page:
        form = self.questions(page)
        return self.applicant.submit(page, form, typed(form, self.answers), button="next=1")

    def hand_in(self, page: Page) -> Page:
        form = page.form(lambda form: form.find("input", type="file") is not None, "hand in papers")
        inputs = [str(one["name"]) for one in form.find_all("input", type="file")]
        files: Files = []
        for position, name in enumerate(inputs):
            if position % 2:
                files.append((name, (f"scan {position}.pdf", scan(name, seed=position), "application/pdf")))
            else:
                files.append((name, (f"photo {position}.jpg", photograph(name, position), "image/jpeg")))
        page = self.applicant.submit(page, form, {}, files=files, button="next=1")
        if not page.path.rstrip("/").endswith("/check"):
            raise NotAsPromised(f"The papers were not taken: {page.faults or page.title}")
        self.found["papers"] = str(len(files))
        return page

    def file(self, page: Page) -> None:
        form = page.posting_to("/file", "file the application")
        boxes = {name: "on" for name in names(form) if form.find("input", attrs={"name": name, "type": "checkbox"})}
        page = self.applicant.submit(page, form, boxes)
        case = re.search(r"/desk/cases/([0-9a-f-]{36})/", page.path)
        number = page.soup.select_one(".refno") if page.soup else None
        if not case or not number:
            raise NotAsPromised(f"Filing led to “{page.title}”: {page.faults}")
        self.found |= {"case": case[1], "number": "".join(number.get_text().split())}

    def save_pdf(self, path: str, name: str) -> bytes:
        """Ask for a document until the worker has made it, and keep it."""

        def made() -> bytes | None:
            answer = self.applicant.session.get(f"{self.url}/{self.language}{path}", timeout=60)
            return answer.content if answer.content.startswith(b"%PDF-") else None

        content = waited_for(made, f"{name} was promised and did not come within {PATIENCE} seconds.")
        (self.out / name).write_bytes(content)
        return content

    # The administration

    def act(self, account: str, action: str, answers: Answers | None = None, fields: Answers | None = None) -> None:
        """Log in as `account` where that was not done, find the case in the inbox, and do one act."""
        officer = self.officer(account)
        inbox = officer.here(f"/office/?q={self.found['number']}")
        case = officer.open(inbox.link(f"/office/cases/{self.found['case']}", f"the case {self.found['number']}"))
        page = officer.here(f"/office/cases/{self.found['case']}/{action}/")
        form = page.with_field("version", f"do “{action}” on {case.title}")
        done = officer.submit(page, form, {**typed(form, answers or {}), **(fields or {})})
        if done.path.rstrip("/").endswith(action):
            raise NotAsPromised(f"“{action}” was not taken: {done.faults or done.title}")

    def officer(self, account: str) -> Visitor:
        if account not in self.officers:
            self.officers[account] = self.logged_in(account)
        return self.officers[account]

    officers: dict[str, Visitor] = field(default_factory=dict)

    def logged_in(self, account: str) -> Visitor:
        officer = Visitor(self.url, self.language)
        page = officer.here("/accounts/login/")
        form = page.with_field("login", "log in")
        page = officer.submit(page, form, {"login": f"{account}@demo.takwin.example", "password": PASSWORD})
        told: list[str] = []

        def second_step() -> Visitor | None:
            form = page.with_field("code", "enter the second factor")
            done = officer.submit(page, form, {"code": self.code_of(account)})
            told[:] = [done.title, *done.faults]
            return officer if "/accounts/" not in done.path else None

        # A code opens one session only: within the same half minute a second login waits for the next code.
        try:
            return waited_for(second_step, f"{account} could not pass the second step", 70, pause=8)
        except NotAsPromised as failure:
            raise NotAsPromised(f"{failure}: {'; '.join(told)}") from failure

    def sit(self) -> None:
        """A session of the commission, up to the moment at which its signed opinion has reached the case."""
        Sitting("equivalence", self.found["case"], self.granted, self.officer).hold()
        self.wait_for_opinion()

    def wait_for_opinion(self) -> None:
        """Until the worker has sent the opinion of the signed session to the case."""

        def moved() -> bool:
            page = self.officer("central").here(f"/office/cases/{self.found['case']}/")
            return any("/prepare_decision/" in str(link["href"]) for link in links(page))

        waited_for(moved, f"The opinion did not reach the case within {PATIENCE} seconds.")

    # The paper, and a stranger

    def receive_decision(self) -> None:
        desk = f"/desk/cases/{self.found['case']}/"

        def issued() -> str | None:
            page = self.applicant.here(desk)
            links = [str(a["href"]) for a in page.soup.find_all("a", href=True)] if page.soup else []
            return next((link for link in links if re.search(r"/desk/documents/[0-9A-Za-z]{16}/", link)), None)

        link = waited_for(issued, f"No decision came within {PATIENCE} seconds.")
        path = link.removeprefix(f"/{self.language}")
        content = self.save_pdf(path, "decision.pdf")
        with pikepdf.open(io.BytesIO(content)) as pdf:
            credential = json.loads(pdf.attachments["credential.json"].get_file().read_bytes())
        # All capitals, as the code is printed: its alphabet then fits the dense mode of the QR code.
        in_code = f"{credential['verify']}#{credential['seal']}".upper()
        self.found |= {"verify_url": in_code, "code": credential["document"]}
        (self.out / "verify_url.txt").write_text(in_code)
        (self.out / "jwks.json").write_bytes(self.applicant.open("/.well-known/jwks.json").answer.content)

    def verify(self) -> None:
        stranger = Visitor(self.url, self.language)
        code = self.found["code"]
        for path in (f"/V/{code}", f"/v/{code.lower()}", f"/{self.language}/verify/{code}/"):
            page = stranger.open(path)
            verdict = page.soup.select_one(".verdict") if page.soup else None
            if verdict is None or {"v-bad", "v-unk"} & set(verdict.get("class") or ()):
                raise NotAsPromised(f"{path} does not call the decision genuine: {page.title}")
        page = stranger.here("/verify/")
        grouped = "-".join(code[at : at + 4] for at in range(0, 16, 4)).lower()
        form = page.form(lambda form: form.select_one("input.code") is not None, "type a code")
        name = next(str(box["name"]) for box in form.select("input.code"))
        page = stranger.open(f"{form.get('action') or page.path}?{name}={grouped}")
        if not (page.soup and page.soup.select_one(".verdict")):
            raise NotAsPromised(f"The typed code was not found: {page.title}")

    def read_messages(self) -> None:
        def all_told() -> bool | None:
            return len(self.messages()) >= 4 or None  # the code of sign-up, filed, decided, document ready

        waited_for(all_told, "Filing, decision and document were to be told, and were not.")
        self.found["messages"] = str(len(self.messages()))


def is_start(form: Any) -> bool:
    return form.get("method", "").lower() == "post" and form.find("input", attrs={"name": "version"}) is None and bool(
        form.select_one(".btn-big")
    )  # fmt: skip


def waited_for(ask: Callable[[], Found | None], otherwise: str, seconds: float = PATIENCE, pause: float = 0.5) -> Found:
    """Ask until there is an answer; raises NotAsPromised with `otherwise` after `seconds`."""
    until = time.monotonic() + seconds
    while True:
        found = ask()
        if found:
            return found
        if time.monotonic() > until:
            raise NotAsPromised(otherwise)
        time.sleep(pause)
