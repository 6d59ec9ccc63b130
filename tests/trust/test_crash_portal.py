"""Web server and worker killed with SIGKILL while people file and decide: nothing that was answered is lost."""

import json
import os
import queue
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from portal.journey.second_factor import Codes
from portal.journey.servers import Portal
from portal.journey.telling import Diary
from procedures import registry, testing
from tests.conftest import FULL, ROOT
from tests.databases import Template
from tests.trust.siege import Besieged, Promised

pytestmark = [pytest.mark.trust, pytest.mark.long]
CODE = "foreign_certificate_equivalence"
FILERS, CASES_EACH, KILLS = (4, 2, 20) if FULL else (2, 1, 8)
STAFF = {"officer": ("accept_completeness",), "signatory": ("sign",),
         "central": ("close_instruction", "sit", "prepare_decision")}  # fmt: skip
LIMIT = 900.0
BUSY_WITHIN = 15.0


@pytest.fixture
def portal(tmp_path: Path, template: Template) -> Iterator[Portal]:
    """A demonstration over a copy of the migrated template, on the database that this run is about."""
    with template.lent(tmp_path) as url:
        yield from running(Portal(tmp_path), url)


def running(made: Portal, url: str) -> Iterator[Portal]:
    made.environment |= {
        "TAKWIN_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.trust.slow_portal",
        "TAKWIN_JOB_LEASE_SECONDS": "3",
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
    }
    try:
        made.prepare()
        inside(made, "people", str(FILERS + 1))
        made.start_web()
        made.start_worker()
        yield made
    finally:
        made.stop()


def inside(portal: Portal, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "trust" / "portal_inside.py", *arguments],
        cwd=ROOT, env=portal.environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


class Siege:
    """Everybody at work, and the hand that kills."""

    def __init__(self, portal: Portal, seed: int) -> None:
        self.portal, self.draw, self.promised = portal, random.Random(seed), Promised()
        self.waiting: dict[str, queue.Queue[tuple[str, str]]] = {name: queue.Queue() for name in STAFF}
        self.to_mend: dict[str, queue.Queue[str]] = {}
        self.applicant_of: dict[str, Besieged] = {}
        self.left = FILERS * CASES_EACH
        self.failed: list[str] = []
        self.moments: list[str] = []
        self.began, self.in_the_middle = time.time(), 0
        self.open_at_kill: list[int] = []  # cases on their way at each kill
        self.over = threading.Event()
        procedure = registry.procedure(CODE)
        self.sample = testing.sample_answers(procedure, "fr", stages=True, registers=False)
        self.sample["contact"]["governorate"] = "TN-82"

    def someone(self, out: Path) -> Besieged:
        someone = Besieged(
            url=self.portal.url, language="fr", procedure=CODE, answers=self.sample, granted=self.sample, out=out,
            diary=Diary(lambda words: None), code_of=Codes(self.portal.environment),
        )  # fmt: skip
        someone.promised = self.promised
        return someone

    def run(self, out: Path) -> None:
        filers = [self.someone(out) for _ in range(FILERS + 1)]
        staff = {name: self.someone(out) for name in STAFF}
        for number, filer in enumerate(filers):
            filer.come_in(f"applicant{number}")
        for name, person in staff.items():
            person.officers[name] = person.entered(name)
        with ThreadPoolExecutor(FILERS + 1 + len(STAFF)) as pool:
            for filer in filers[:-1]:
                pool.submit(self.guarded, self.files_cases, filer)
            pool.submit(self.guarded, self.leaves_drafts, filers[-1])
            for name, person in staff.items():
                pool.submit(self.guarded, self.serves, name, person)
            try:
                self.kills()
                self.wait_for_all()
            finally:
                self.over.set()
                self.promised.over.set()
        for person in (*filers, *(person.officers[name] for name, person in staff.items())):
            (person.applicant if isinstance(person, Besieged) else person).session.close()

    def guarded(self, work: Any, *arguments: Any) -> None:
        try:
            work(*arguments)
        except Exception as error:  # noqa: BLE001 - told by the test, with the seed
            self.failed.append(f"{work.__name__}: {type(error).__name__}: {error}")

    def files_cases(self, filer: Besieged) -> None:
        for turn in range(CASES_EACH):
            filer.answer_all()
            filer.hand_in_all()
            case = filer.file_it()
            number = filer.found["number"]
            if turn % 2 == 0:
                self.corrected(filer, case, number)
            self.waiting["officer"].put((case, number))

    def corrected(self, filer: Besieged, case: str, number: str) -> None:
        """An officer asks for a paper again; the applicant hands it in. The officer's own queue carries the wish."""
        done = self.to_mend[case] = queue.Queue()
        self.waiting["officer"].put((f"ask:{case}", number))
        while not self.over.is_set():
            try:
                done.get(timeout=1)
            except queue.Empty:
                continue
            filer.mend(case)
            return

    def leaves_drafts(self, filer: Besieged) -> None:
        """Somebody is at work at every kill: drafts are begun until the last of them."""
        while len(self.moments) < KILLS and not self.over.is_set():
            filer.answer_all()
            filer.hand_in_all()

    def serves(self, name: str, person: Besieged) -> None:
        while not self.over.is_set():
            try:
                case, number = self.waiting[name].get(timeout=0.5)
            except queue.Empty:
                continue
            if case.startswith("ask:"):
                case = case.removeprefix("ask:")
                path = "paper.identity"
                fields = {"ask": path, f"reason:{path}": "unreadable", f"note:{path}": "Plus net, merci."}
                person.perform(name, case, number, "ask_correction", fields=fields)
                self.to_mend[case].put("go")
                continue
            for action in STAFF[name]:
                if action == "sit":
                    person.sit(case, number)
                    continue
                person.perform(name, case, number, action, **self.given(person, action))
            following = {"officer": "central", "central": "signatory"}.get(name)
            if following:
                self.waiting[following].put((case, number))
            else:
                self.left -= 1

    def given(self, person: Besieged, action: str) -> dict[str, Any]:
        return {
            "close_instruction": {"answers": self.sample},
            "prepare_decision": {"answers": self.sample, "fields": {"kind": "grant", "motivation": ""}},
        }.get(action, {})

    def kills(self) -> None:
        victims = ["web", "worker"] * (KILLS // 2)
        self.draw.shuffle(victims)
        for victim in victims:
            if victim == "worker":
                self.wait_until_busy()
            time.sleep(self.draw.uniform(0, 1.0 if victim == "worker" else 2.0))
            if self.failed:
                return
            self.portal.kill(victim)
            self.moments.append(victim)
            self.open_at_kill.append(self.left)
            self.began = time.time()
            {"web": self.portal.start_web, "worker": self.portal.start_worker}[victim]()

    def wait_until_busy(self) -> None:
        """A worker is best killed in the middle of a job; where there is none to do it is killed idle."""
        doing, until = self.portal.scratch / "doing", time.monotonic() + BUSY_WITHIN
        since = self.began
        while time.monotonic() < until and not self.failed:
            if doing.exists() and doing.stat().st_mtime > since:
                self.in_the_middle += 1
                return
            time.sleep(0.05)

    def wait_for_all(self) -> None:
        until = time.monotonic() + LIMIT
        while self.left and not self.failed and time.monotonic() < until:
            time.sleep(0.2)


def settled(portal: Portal) -> dict[str, Any]:
    """What the portal holds once every job is done, or no more is done in a long while."""
    until = time.monotonic() + LIMIT
    while True:
        told = json.loads(inside(portal, "tell"))
        open_jobs = [job for job in told["jobs"] if job[2] in ("new", "running") and not job[0].startswith("daily")]
        if not open_jobs or time.monotonic() > until:
            return told
        time.sleep(1)


def test_nothing_that_was_answered_is_lost_when_web_or_worker_is_killed(portal: Portal, tmp_path: Path) -> None:
    seed = int(os.environ.get("TAKWIN_SEED") or random.SystemRandom().randrange(10**6))
    print(f"TAKWIN_SEED={seed}")
    began = time.monotonic()
    siege = Siege(portal, seed)
    siege.run(tmp_path / "out")
    logs = "\n".join((tmp_path / "log" / f"{name}.log").read_text()[-2500:] for name in ("web", "worker"))
    assert not siege.failed, f"seed {seed}: {siege.failed}\n{logs}"
    assert Counter(siege.moments) == {"web": KILLS // 2, "worker": KILLS // 2}
    worked = time.monotonic() - began
    told = settled(portal)
    counts = ", ".join(f"{len(told[kind])} {kind}" for kind in ("cases", "drafts", "uploads", "documents", "jobs"))
    print(
        f"{KILLS} kills, {siege.in_the_middle} in the middle of a job, cases open at each: {siege.open_at_kill}\n"
        f"{siege.promised.requests} posts, {siege.promised.unanswered} requests unanswered, {counts}\n"
        f"{worked:.0f} s of work, {time.monotonic() - began:.0f} s until all was settled"
    )
    check_promises(siege.promised, told)
    check_numbers(told)
    check_documents(told)
    check_messages(told)
    assert portal.manage("audit", "verify").endswith("intact.")


def check_promises(promised: Promised, told: dict[str, Any]) -> None:
    cases, uploads = told["cases"], told["uploads"]
    assert promised.drafts <= set(told["drafts"])
    for draft, answers in promised.answers.items():
        case = next((each for each in cases.values() if each["draft"] == draft), None)
        held = case["answers"] if case else told["drafts"][draft]["answers"]
        assert set(answers) <= set(held), f"draft {draft} lost {set(answers) - set(held)}"
        for block, given in answers.items():
            assert lost(given, held[block]) == {}, f"draft {draft}, {block}"
    for upload, digest in promised.uploads.items():
        assert uploads[upload] == {"told": digest, "kept": digest}, upload
    assert all(each["told"] == each["kept"] for each in uploads.values())
    assert {case: each["number"] for case, each in cases.items()} == promised.cases
    assert promised.filed <= {each["draft"] for each in cases.values()}
    done = Counter((action, str(cases[case]["pk"])) for action, case in promised.acts)
    written = Counter((action.removeprefix("case."), subject) for action, kind, subject in told["entries"]
                      if kind == "cases.case")  # fmt: skip
    names = {"sit": "record_opinion_of_commission", "correction": "return_correction"}
    assert all(written[names.get(action, action), case] == 1 for action, case in done), (done, written)
    for kind in ("decisions", "signatures"):
        assert Counter(row[0] for row in told[kind]) == dict.fromkeys(cases, 1), kind
    asked = Counter(row[0] for row in told["corrections"])
    assert set(asked.values()) == {1}
    assert all(row[1] for row in told["corrections"]), "a correction that was returned"


def lost(given: Any, held: Any) -> dict[str, Any]:
    """Answers that a person gave as text or truth and that are not there; what a register lists may differ by site."""
    pairs = zip(given, held, strict=True) if isinstance(given, list) else [(given, held)]
    return {
        name: (value, have.get(name))
        for one, have in pairs
        for name, value in one.items()
        if not name.startswith("_") and name in have and have[name] != value and name not in LISTED
    }


LISTED = frozenset({"speciality", "target_speciality", "sector"})


def check_numbers(told: dict[str, Any]) -> None:
    numbers = sorted(int(each["number"].split("-")[2]) for each in told["cases"].values())
    assert numbers == list(range(1, len(numbers) + 1))
    last = {series: int(last) for series, _year, last in told["counters"]}
    assert last[CODE] == len(numbers)


def check_documents(told: dict[str, Any]) -> None:
    assert all(each["state"] == "issued" for each in told["cases"].values()), told["cases"]
    outputs = Counter((each["case"], each["output"] == "receipt") for each in told["documents"] if each["case"])
    assert outputs == {(case, receipt): 1 for case in told["cases"] for receipt in (True, False)}
    minutes = Counter(each["number"] for each in told["documents"] if not each["case"])
    assert set(minutes.values()) == {1}, "each session of the commission has its minutes once"
    for each in told["documents"]:
        assert each["state"] == "issued", each
        signed = subprocess.run(["pdfsig", each["path"]], capture_output=True, text=True, check=False).stdout
        assert signed.count("Signature is Valid") == signed.count("Total document signed") == 1, signed
    issued = [row for row in told["entries"] if row[0] == "document.issued"]
    assert len(issued) == len(told["documents"])


def check_messages(told: dict[str, Any]) -> None:
    assert {job[2] for job in told["jobs"]} == {"done"}, [job for job in told["jobs"] if job[2] != "done"]
    # what is told of no case (a homologation that ends) is not of this siege; its keys are unique in the database
    events = Counter((row[1], row[2]) for row in told["notices"] if row[2] in told["cases"])
    for case in told["cases"]:
        for event in ("case_submitted", "case_accepted", "document_issued"):
            assert events[event, case] == 1, (event, case)
    assert set(events.values()) == {1}
    assert {row[0] for row in told["notices"]} <= {row[0] for row in told["deliveries"]}
    assert all(sent for _key, sent, _tries in told["deliveries"])
