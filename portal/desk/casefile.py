"""A person's own case as its page shows it; each part is read once, and only if the page asks for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from portal.desk.clock import Clock, clock_of
from portal.desk.wording import (
    FILED,
    HAPPENINGS,
    OF_A_FILE,
    OF_AN_ACT,
    OPENED,
    STANDINGS,
    TOLD_OF_A_FILE,
    WORTH,
    Standing,
)
from procedures import reading
from procedures.appeals.selectors import Remedy, remedy_of
from procedures.cases import access, selectors
from procedures.cases.models import Case
from procedures.cases.readings import who_read
from procedures.cases.states import CLOSED, State
from procedures.cases.tracking import grouped
from procedures.definition import Kind
from procedures.documents.models import Document
from procedures.documents.selectors import status_of
from procedures.evidence.models import Upload
from procedures.evidence.selectors import counted, current_papers
from procedures.mandates.models import Mandate
from procedures.mandates.selectors import mandate_behind
from procedures.registry import procedures, services_for_people
from procedures.visits.models import Visit
from procedures.visits.selectors import closed_visits
from procedures.wizard.contesting import open_appeal


@dataclass(frozen=True)
class Stop:
    """One stage on the rail."""

    title: Any
    mark: str  # done | now | now hold | ""


@dataclass(frozen=True)
class Told:
    """One thing that happened, in the person's words."""

    at: datetime
    title: Any
    mark: str
    text: Any = ""


@dataclass(frozen=True)
class Sealed:
    """A document of the person: where it is, and what it is worth today."""

    document: Document
    title: str
    worth: Any
    tone: str


@dataclass(frozen=True)
class Paper:
    title: str
    uploads: list[Upload]


@dataclass(frozen=True)
class Refusal:
    """A refusal in one language: each reason with what it rests on and what mends it, and the words of the decider."""

    reasons: list[dict[str, str]]
    motivation: str
    ways: list[str]


class OwnCase:
    """What the person sees of one of their cases."""

    def __init__(self, case: Case, viewer: Any = None) -> None:
        self.case = case
        self.viewer = viewer or case.applicant  # a colleague, where the case is an organisation's
        self.language = get_language() or case.language

    @cached_property
    def snapshot(self) -> dict[str, Any]:
        content: dict[str, Any] = self.case.snapshot.content
        return content

    @cached_property
    def title(self) -> str:
        return reading.text(self.snapshot["procedure"]["title"], self.language)

    @property
    def standing(self) -> Standing:
        state = State(self.case.state)
        if not self.is_opened:
            return STANDINGS[state]
        found = procedures().get(self.case.procedure)
        told = OF_AN_ACT if found is not None and found.unheard else OF_A_FILE
        return told.get(state, STANDINGS[state])

    @property
    def is_opened(self) -> bool:
        """Whether the authority opened it about those who read it, instead of their filing it."""
        return self.case.opened_by_id is not None

    @property
    def is_closed(self) -> bool:
        return self.case.state in CLOSED

    @cached_property
    def mandate(self) -> Mandate | None:
        """The mandate under which a proxy filed it."""
        return mandate_behind(self.case.draft_id)

    @property
    def may_begin_again(self) -> bool:
        """Whether the viewer may begin a new application of the same kind from it: not a proxy, nor of one gone."""
        if self.is_opened:
            return False
        mine = self.case.organisation is not None or self.viewer.pk == self.case.applicant_id
        return mine and self.case.procedure in procedures() and self.may_act

    @cached_property
    def visits(self) -> list[Visit]:
        """In a file of the authority, the visits whose reports stand: what was found is held against the viewer."""
        return list(closed_visits(self.case)) if self.is_opened else []

    @cached_property
    def asked_until(self) -> date | None:
        """The last day to answer, where the viewer is heard in a file of the authority."""
        if not self.is_opened or "record_opinion" not in self.acts:
            return None
        record = selectors.open_stage(self.case)
        return record.due_on if record is not None else None

    @cached_property
    def clock(self) -> Clock | None:
        return clock_of(self.case)

    @cached_property
    def correction(self) -> Any:
        return selectors.open_correction(self.case)

    @cached_property
    def rail(self) -> list[Stop]:
        """Stages that were passed and those that may come; one that was skipped is left out."""
        passed = set(self.case.stages.values_list("position", flat=True))
        ended = self.is_closed or self.case.state == State.ISSUING
        here = "now hold" if self.case.state == State.CORRECTION else "now"
        stops = [Stop(OPENED if self.is_opened else FILED, "done")]
        for index in range(len(self.snapshot["route"])):
            if index < self.case.stage and index not in passed:
                continue
            mark = "done" if ended or index < self.case.stage else here if index == self.case.stage else ""
            if not (self.is_closed and index > self.case.stage):
                stops.append(Stop(reading.read_stage(self.snapshot, index, self.language), mark))
        return stops

    @cached_property
    def history(self) -> list[Told]:
        """The latest first."""
        return list(self._told())[::-1]

    def _told(self) -> Iterator[Told]:
        told = TOLD_OF_A_FILE if self.is_opened else HAPPENINGS
        for happening in selectors.history(self.case):
            if happening.action in told:
                title, mark, text = told[happening.action]
                yield Told(happening.at, title, mark if self.correction else "done", text)

    @property
    def coming(self) -> list[Stop]:
        return [stop for stop in self.rail if not stop.mark]

    @cached_property
    def sections(self) -> tuple[reading.Section, ...]:
        changed = {path for patch in self._patches() for path in patch}
        answers = selectors.answers_of(self.case)
        found: tuple[Any, ...] = reading.read_answers(self.snapshot, answers, language=self.language, changed=changed)
        return tuple(each for each in found if each.code not in self._hidden)

    @property
    def _hidden(self) -> frozenset[str]:
        """What officers wrote for themselves in a file that they opened."""
        hidden = (each["code"] for each in self.snapshot["blocks"] if each["confidential"])
        return frozenset(hidden) if self.is_opened else frozenset()

    def _patches(self) -> Iterable[dict[str, Any]]:
        return self.case.corrections.exclude(returned_at=None).values_list("patch", flat=True)

    @cached_property
    def paper_titles(self) -> dict[str, str]:
        return {paper.code: paper.title for paper in reading.read_papers(self.snapshot, self.language)}

    @cached_property
    def papers(self) -> list[Paper]:
        found = counted(current_papers(self.case).order_by("received_at"))
        return [Paper(self.paper_titles.get(code, code), uploads) for (code, _row), uploads in found.items()]

    @cached_property
    def documents(self) -> list[Sealed]:
        issued = self.case.documents.filter(state=Document.State.ISSUED).exclude(output="receipt").order_by("pk")
        return [sealed(document, self.language) for document in issued]

    @cached_property
    def remedy(self) -> Remedy | None:
        """How the decision may be contested, as it stands today; None where there is nothing to contest."""
        return remedy_of(self.case)

    @cached_property
    def begun_appeal(self) -> Any:
        """The appeal that the viewer began and has not filed."""
        return open_appeal(case=self.case, by=self.viewer)

    @cached_property
    def refusal(self) -> Refusal | None:
        """What the letter of refusal says, in the words in which it was frozen; None where nothing is refused."""
        if self.case.state != State.REFUSED:
            return None
        letter = self.case.documents.filter(output="refusal").order_by("pk").last()
        return refusal_in(letter.content, self.language) if letter else None

    @cached_property
    def annulled(self) -> bool:
        """Whether an appeal annulled a decision of this case, which is decided anew."""
        return not self.is_closed and self.case.leads_to.filter(kind="appeal", to__outcome=Kind.GRANT).exists()

    @cached_property
    def contested(self) -> Case | None:
        """The case whose decision this one contests."""
        link = self.case.comes_from.filter(kind="appeal").select_related("case").last()
        return link.case if link else None

    @cached_property
    def receipt(self) -> Document | None:
        return self.case.documents.filter(output="receipt", state=Document.State.ISSUED).first()

    @cached_property
    def signatories(self) -> list[tuple[str, Any]]:
        """Those who confirm the filing, by their title, with what they answered."""
        told = self.snapshot.get("signatories", ())
        titles = {each["code"]: reading.text(each["title"], self.language) for each in told}
        return [(titles.get(each.code, each.code), each) for each in self.case.confirmations.all()]

    @cached_property
    def offers(self) -> list[tuple[str, str]]:
        """Procedures that a decision of this case opens and nobody has filed yet: code and title."""
        codes = [link.procedure for link in selectors.links_of(self.case) if link.to_id is None]
        known = services_for_people()
        return [(code, str(known[code].title)) for code in dict.fromkeys(codes) if code in known]

    @cached_property
    def rows(self) -> list[tuple[str, bool, str]]:
        """Rows that a decision refused or granted, by name; told once the decision took effect."""
        named = {(each.code, each.row): each.items for each in self.sections}
        decided = self.case.row_decisions.filter(decision__effective_at__isnull=False)
        return [
            (
                next((item.text for item in named.get((each.group, each.row), ()) if item.text), each.row),
                each.kind != Kind.REFUSE,
                reading.read_reason(self.snapshot, each.reason, self.language) if each.reason else "",
            )
            for each in decided
        ]

    @cached_property
    def readings(self) -> tuple[Any, ...]:
        return tuple(each for each in who_read(self.case) if each.person != self.viewer)

    @cached_property
    def acts(self) -> frozenset[str]:
        """What the viewer may do now; a colleague of an organisation may only read."""
        return access.actions_open_to(self.viewer, self.case)

    @cached_property
    def may_act(self) -> bool:
        """Whether the viewer acts as the applicant; a colleague may only read, a closed case is only read."""
        return access.acts_as_applicant(self.viewer, self.case)

    @property
    def in_charge(self) -> Any:
        return self.case.in_charge_id

    @property
    def tracking_code(self) -> str:
        return grouped(self.case.tracking_code) if self.may_act else ""

    @property
    def may_withdraw(self) -> bool:
        return "withdraw" in self.acts

    @property
    def may_correct(self) -> bool:
        return "return_correction" in self.acts


def refusal_in(content: dict[str, Any], language: str) -> Refusal:
    def said(words: dict[str, str]) -> str:
        return words.get(language) or words["ar"]

    reasons = [{name: said(words) for name, words in reason.items()} for reason in content["reasons"]]
    return Refusal(reasons, content["motivation"], [said(words) for words in content.get("ways", ())])


def sealed(document: Document, language: str) -> Sealed:
    worth, tone = WORTH[status_of(document)]
    return Sealed(document, document.titles.get(language) or document.titles["ar"], worth, tone)
