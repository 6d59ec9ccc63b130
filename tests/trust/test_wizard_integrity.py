"""T19: whatever is skipped, repeated, tampered with or interrupted, no invalid case is made and no answer is lost."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from plugins.foreign_certificate_equivalence import questions as q
from procedures import api as p
from procedures import registry
from procedures.api import fields as f
from procedures.cases.models import Case
from procedures.definition import blocks_of
from procedures.evidence.models import Upload
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.testing import posted
from procedures.wizard.models import Draft
from procedures.wizard.pages import Page
from tests.procedures.installed import installed
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import CODE, Visitor, a_person, hidden

FULL = os.environ.get("TAKWIN_FULL") == "1"
RUNS = 500 if FULL else 50
ACTS = 12  # in a run, at most

pytestmark = [pytest.mark.trust, pytest.mark.long, pytest.mark.django_db]

PAGES = ("holder", "guardian", "certificate", "path", "target")
SAMPLES = ("with_a_path", "within_a_month", "at_a_distance", "in_another_language", "of_a_minor", "tunisian")
WRONG = {"contact-phone": "?", "foreign_certificate-months": "ten", "target-level": "none", "guardian-phone": "-"}
TAMPERED = {
    "step_view-current_step": "target", "wizard_goto_step": "check", "done_steps": "holder", "procedure_version": "9",
    "owner": "1", "filed_at": "2020-01-01", "contact-governorate_x": "TN-99", "nobody-knows": "x",
}  # fmt: skip


class Target(q.Target):
    """The last page as a later version of the procedure asks it."""

    reason = f.Text(q._("Way of training"))


def later_version(now: p.Procedure) -> p.Procedure:
    """One question more on the last page, one paper more, and the guardian's page gone."""
    steps = [step for step in now.steps if step.code != "guardian"]
    steps[-1] = replace(steps[-1], asks=(Target, q.Consent))
    papers = tuple(paper for paper in now.papers if paper.code != "guardian_identity")
    return replace(now, version="1.1", steps=tuple(steps), papers=(*papers, p.Evidence("plan", now.papers[0].title)))


class Applicant(RuleBasedStateMachine):
    """One person with one draft, who does the acts in any order; what was acknowledged is noted."""

    installed: Any = None  # sets the version of the procedure that is loaded
    filed = 0  # cases of all runs

    @initialize(ready=st.booleans(), sample=st.sampled_from(SAMPLES))
    def start(self, ready: bool, sample: str) -> None:
        """A new draft, in half of the runs one to which only the button is left."""
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.installed("1.0")
        self.visitor = Visitor(a_person())
        self.visitor.start()
        self.typed: dict[str, dict[str, list[str]]] = {}  # page: its answers as acknowledged
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.seen: dict[str, dict[str, Any]] = {}  # hidden inputs of pages left open in other tabs
        self.case: Case | None = None
        if ready:
            self.fill(sample, len(PAGES), None)
            self.hand_in()

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # What a person does

    @rule(page=st.sampled_from((*PAGES, "papers", "check")))
    def look(self, page: str) -> None:
        answer = self.visitor.open(page)
        assert answer.status_code in ((200, 302) if self.exists(page) else (404,))
        if answer.status_code == 200:
            self.seen[page] = hidden(answer.content.decode())

    @rule(sample=st.sampled_from(SAMPLES), pages=st.integers(1, 5), wrong=st.sampled_from((None, None, *WRONG)))
    def fill(self, sample: str, pages: int, wrong: str | None) -> None:
        """Go on from where one stopped, page by page; perhaps a wrong answer on the way."""
        for _page in range(pages):
            going = self.visitor.client.get(self.visitor.path(f"drafts/{self.visitor.draft}/"))
            page = str(going["Location"]).rstrip("/").rpartition("/")[2]
            if page not in PAGES:
                return
            self.post(page, self.data(page, sample, wrong))

    @rule(page=st.sampled_from(PAGES), sample=st.sampled_from(SAMPLES), wrong=st.sampled_from((None, *WRONG)))
    def jump(self, page: str, sample: str, wrong: str | None) -> None:
        """Post a page without having been led to it: skip ahead, or go back."""
        self.post(page, self.data(page, sample, wrong))

    @rule(page=st.sampled_from(PAGES), sample=st.sampled_from(SAMPLES))
    def post_from_another_tab(self, page: str, sample: str) -> None:
        if page in self.seen:
            self.post(page, self.data(page, sample, None), self.seen[page])

    @rule(page=st.sampled_from(PAGES), sample=st.sampled_from(SAMPLES))
    def tamper(self, page: str, sample: str) -> None:
        self.post(page, self.data(page, sample, None) | TAMPERED)

    @rule(place=st.integers(0, 9))
    def replay(self, place: int) -> None:
        """A request of before arrives once more."""
        if self.sent:
            page, data = self.sent[place % len(self.sent)]
            self.receive(page, data, self.visitor.client.post(self.visitor.step_path(page), data))

    @rule(page=st.sampled_from(PAGES), value=st.sampled_from(("", "12 rue", "?")), stale=st.booleans())
    def save_one_answer(self, page: str, value: str, stale: bool) -> None:
        """The script of a page that is open, perhaps for long, saves what was typed just now."""
        if page not in self.seen:
            return
        name = {"holder": "contact-address", "path": "entry_diploma-title", "guardian": "guardian-phone"}.get(
            page, "foreign_certificate-title" if page == "certificate" else "target-purpose"
        )
        before = self.stored()
        whole = self.data(page, "with_a_path", None)
        data = self.seen[page] | whole | {name: value, "changed": name, "sender": f"{uuid4().hex[:6]}.1"}
        answer = self.visitor.client.post(self.visitor.step_path(page), data)
        if answer.status_code == 200:
            kept = self.stored().typed[page]["data"]
            old = before.typed[page]["data"] if page in before.typed else as_kept(page, data)
            assert kept == {key: each for key, each in old.items() if key != name} | {name: [value]}
            self.typed[page] = kept
            if not stale:
                self.seen[page]["version"] = str(answer.json()["version"])
        else:
            assert self.stored().typed == before.typed

    @rule()
    def session_ends(self) -> None:
        """What is sent without the session changes nothing; after a login everything is there."""
        before = self.stored()
        self.visitor.client.logout()
        assert self.visitor.client.post(self.visitor.step_path("holder"), {"contact-phone": "1"}).status_code in (
            401,
            404,
        )
        assert self.visitor.open("check").status_code == 404
        assert self.stored().typed == before.typed
        self.visitor.client.force_login(self.visitor.person)

    @rule(version=st.sampled_from(("1.0", "1.1")))
    def procedure_changes(self, version: str) -> None:
        self.installed(version)

    @rule()
    def hand_in(self) -> None:
        """Every paper that is asked now; how files are received is tried elsewhere."""
        if self.case is None:
            draft = self.stored()
            for paper, row in Situation(resolve(CODE), draft.answers, on=timezone.localdate()).asked_papers():
                given = {"kind": "application/pdf", "size": 1, "sha256": "0" * 64, "state": Upload.State.CLEAN}
                Upload.objects.create(
                    draft=draft, paper=paper.code, row=row, name="x.pdf", stored=f"x/{uuid4()}", **given
                )

    @precondition(lambda self: self.case is None)
    @rule()
    def lose_a_paper(self) -> None:
        paper = Upload.objects.filter(draft=self.visitor.draft).first()
        if paper:
            self.visitor.client.post(self.visitor.path(f"drafts/{self.visitor.draft}/papers/{paper.pk}/"))

    @rule(sample=st.sampled_from(SAMPLES))
    def finish(self, sample: str) -> None:
        """What is still open is answered and handed in, and the button pressed."""
        self.fill(sample, len(PAGES), None)
        self.hand_in()
        self.file(declared=True, fresh=True)

    @rule(declared=st.booleans(), fresh=st.booleans())
    def file(self, declared: bool, fresh: bool) -> None:
        version = str(self.stored().version) if fresh else "0"
        data = {"version": version} | ({"true_and_complete": "on"} if declared else {})
        answer = self.visitor.client.post(self.visitor.path(f"drafts/{self.visitor.draft}/file/"), data)
        assert answer.status_code in (200, 302)
        made = Case.objects.filter(draft_id=self.visitor.draft)
        assert made.count() <= 1
        case = made.first()
        if case and self.case is None:
            assert declared
            self.case = case
            Applicant.filed += 1
            self.is_valid(case)

    # How it is judged

    def post(self, page: str, data: dict[str, Any], opened: dict[str, Any] | None = None) -> None:
        if opened is None:
            answer = self.visitor.open(page)
            opened = hidden(answer.content.decode()) if answer.status_code == 200 else {"version": "0"}
        whole = opened | {"next": "1"} | data
        self.sent.append((page, whole))
        self.receive(page, whole, self.visitor.client.post(self.visitor.step_path(page), whole))

    def receive(self, page: str, data: dict[str, Any], answer: Any) -> None:
        """What was acknowledged is kept to the letter; what was refused changed nothing."""
        assert answer.status_code in ((200, 302, 409) if self.exists(page) else (404,)), answer.status_code
        kept = self.stored().typed.get(page, {}).get("data")
        if self.case is not None:
            assert self.stored().typed == {}
        elif answer.status_code == 409 or kept is None or not is_asked(self.stored(), page):
            assert kept == self.typed.get(page), "a refused page changed the draft"
        else:
            sent = as_kept(page, data)
            assert kept in (sent, self.typed.get(page))
            if answer.status_code == 200:
                assert kept == sent
            self.typed[page] = kept

    @invariant()
    def nothing_acknowledged_is_lost(self) -> None:
        if hasattr(self, "typed") and self.case is None:
            kept = {page: each["data"] for page, each in self.stored().typed.items()}
            assert kept == self.typed
            assert not Case.objects.filter(draft_id=self.visitor.draft).exists()

    def is_valid(self, case: Case) -> None:
        """Judged apart from the wizard: every question asked is answered well, as typed last, with its papers."""
        procedure, today = resolve(CODE), timezone.localdate()
        situation = Situation(procedure, case.answers, on=today)
        assert not situation.blocked
        typed: dict[str, Any] = {}
        for step in situation.asked_steps():
            blocks = {block.code for block in situation.asked_blocks(step)}
            again = posted(procedure, {code: case.answers[code] for code in blocks})
            lists = MultiValueDict({name: as_list(value) for name, value in again.items()})
            assert Page(procedure, step, case.answers, on=today, data=lists).is_valid(), step.code
            typed |= Page(procedure, step, {}, on=today, data=MultiValueDict(self.typed[step.code])).answers
        assert Situation(procedure, typed, on=today).kept_answers() == case.answers
        held = set(Upload.objects.filter(case=case).values_list("paper", "row"))
        assert {(paper.code, row) for paper, row in situation.asked_papers() if not paper.optional} <= held

    def exists(self, page: str) -> bool:
        """Whether the procedure that is loaded has this page at all; after filing every page leads to the receipt."""
        known = {step.code for step in resolve(CODE).steps} | {"papers", "check"}
        return page in known or self.case is not None

    def stored(self) -> Draft:
        return self.visitor.stored()

    def data(self, page: str, sample: str, wrong: str | None) -> dict[str, Any]:
        answers = self.visitor.answers(sample=sample)
        procedure = registry.procedure(CODE)
        given = {code: each for code, each in answers.items() if procedure.blocks[code].step.code == page}
        found = posted(procedure, given)
        return found | ({wrong: WRONG[wrong]} if wrong in found else {})


def as_list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def as_kept(page: str, data: dict[str, Any]) -> dict[str, list[str]]:
    """What of a request answers the questions of the page."""
    step = next((step for step in resolve(CODE).steps if step.code == page), None)
    prefixes = tuple(f"{block.code}-" for block in blocks_of(step)) if step else ()
    return {name: as_list(value) for name, value in data.items() if prefixes and name.startswith(prefixes)}


def is_asked(draft: Draft, page: str) -> bool:
    asked = Situation(resolve(CODE), draft.answers, on=timezone.localdate()).asked_steps()
    return page in {step.code for step in asked}


@pytest.fixture
def loaded() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_no_order_of_acts_makes_an_invalid_case_or_loses_an_answer(
    monkeypatch: pytest.MonkeyPatch, loaded: ExitStack
) -> None:
    House()
    now = registry.procedure(CODE)
    versions = {"1.0": now, "1.1": later_version(now)}

    def install(version: str) -> None:
        loaded.close()
        loaded.enter_context(installed(versions[version]))

    monkeypatch.setattr(Applicant, "installed", staticmethod(install))
    run_state_machine_as_test(
        Applicant,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=ACTS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    assert Applicant.filed >= RUNS // 10, "hardly any run came to filing"
