"""A case as its page shows it: clock, stages, rules by outcome, answers, papers with verdicts, what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from portal.backoffice import waiting_documents
from portal.backoffice.acting import Act
from portal.backoffice.acts import ACTS
from portal.backoffice.answering import Passage, Section, passages_of, sections_of
from portal.backoffice.beside import Linked, decided_rows, linked_to
from portal.backoffice.handed_in import Paper, papers_of
from portal.backoffice.opened import OpenedCase
from portal.backoffice.record import Record, record_of
from portal.backoffice.ruling import Mark, marks_of, tally_of
from portal.backoffice.timing import Clock, clock_of
from portal.backoffice.waiting import closed_acts
from portal.backoffice.wording import Event, events_of, standing_of, wrong_in_words
from portal.dossiers.forms import Writing
from procedures import reading
from procedures.appeals.selectors import Remedy, remedy_of
from procedures.cases import selectors
from procedures.cases.models import Decision
from procedures.cases.states import CLOSED, State
from procedures.definition import Text
from procedures.documents.selectors import statuses_of
from procedures.dossiers.access import Rights, rights
from procedures.dossiers.models import Note
from procedures.dossiers.selectors import notes_of
from procedures.offices.models import Role
from procedures.offices.selectors import roles_of
from procedures.serving.models import Notification
from procedures.serving.selectors import last_effective, notification_of
from procedures.visits.access import may_plan, record_to_visit
from procedures.visits.models import Visit
from procedures.visits.selectors import closed_visits


@dataclass(frozen=True)
class Stop:
    """One stage on the rail."""

    title: Text
    mark: str  # done | now | now hold | ""


class CaseFile:
    """Everything that the case page shows, each part read once and only if the page asks for it."""

    def __init__(self, opened: OpenedCase, *, revealed: Iterable[str] = ()) -> None:
        self.opened = opened
        self.case = opened.case
        self.revealed = frozenset(revealed)

    @cached_property
    def title(self) -> str:
        return reading.text(self.opened.snapshot["procedure"]["title"], self.opened.language)

    @cached_property
    def clock(self) -> Clock:
        return clock_of(self.case)

    @cached_property
    def rail(self) -> list[Stop]:
        case, route = self.case, self.opened.snapshot["route"]
        here = "now hold" if case.state == State.CORRECTION else "now"
        ended = case.state in (*CLOSED, State.ISSUING)
        stops = [
            Stop(
                reading.read_stage(self.opened.snapshot, index, self.opened.language),
                "done" if ended or index < case.stage else here if index == case.stage else "",
            )
            for index in range(len(route))
        ]
        return stops

    @cached_property
    def marks(self) -> list[Mark]:
        return marks_of(self.opened)

    @property
    def tally(self) -> list[str]:
        return tally_of(self.marks)

    @property
    def failed(self) -> int:
        return sum(mark.kind == "ko" for mark in self.marks)

    @property
    def unclear(self) -> int:
        return sum(mark.kind == "ask" for mark in self.marks)

    @cached_property
    def first_marks(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind in ("ko", "ask")] or self.marks[:3]

    @property
    def other_marks(self) -> list[Mark]:
        return self.marks[len(self.first_marks) :]

    @cached_property
    def sections(self) -> list[Section]:
        return sections_of(self.opened, self.revealed)

    @property
    def paths(self) -> set[str]:
        return {line.path for section in self.sections for line in section.lines}

    @property
    def changed(self) -> int:
        return sum(line.changed for section in self.sections for line in section.lines)

    @cached_property
    def passages(self) -> list[Passage]:
        return passages_of(self.opened)

    @cached_property
    def papers(self) -> list[Paper]:
        return papers_of(self.opened)

    @property
    def reviewed(self) -> int:
        return sum(paper.review is not None for paper in self.papers)

    @cached_property
    def history(self) -> list[Event]:
        return events_of(self.case)

    @cached_property
    def corrections(self) -> list[dict[str, Any]]:
        return [
            {
                "asked_at": asked.asked_at,
                "asked_by": asked.asked_by,
                "returned_at": asked.returned_at,
                "note": asked.note,
                "lines": [
                    (self.opened.label(item["path"]), wrong_in_words(item["reason"]), item.get("note", ""))
                    for item in asked.items
                ],
            }
            for asked in self.case.corrections.select_related("asked_by")
        ]

    @cached_property
    def visits(self) -> list[Visit]:
        """Visits whose reports stand, for those who examine and decide."""
        return list(closed_visits(self.case))

    @cached_property
    def visit_way(self) -> str:
        """Where the visit that the case waits for is planned or made; "" where it waits for none of this officer's."""
        record = record_to_visit(self.case)
        if record is None or not may_plan(self.opened.reader, self.case, record):
            return ""
        return reverse("visits:plan", args=(self.case.public_id,))

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        found = list(self.case.documents.order_by("pk"))
        worth = statuses_of(found)
        return [
            {
                "public_id": document.public_id,
                "title": document.titles.get(self.opened.language) or document.titles["ar"],
                "standing": standing_of(document, worth[document.pk]),
                "at": waiting_documents.page_of(document, self.opened.reader),
            }
            for document in found
        ]

    @cached_property
    def decided(self) -> Decision | None:
        """The decision that took effect last, of which people are notified."""
        return last_effective(self.case)

    @cached_property
    def notification(self) -> Notification | None:
        return notification_of(self.decided) if self.decided else None

    @cached_property
    def remedy(self) -> Remedy | None:
        """How the decision may be contested, and until when."""
        return remedy_of(self.case)

    @property
    def takes_appeals(self) -> bool:
        """Whether the reader sits at a desk at which this decision can be contested today."""
        if self.remedy is None or not self.remedy.is_open or self.case.organisation is not None:
            return False
        return Role.DESK_OFFICER in roles_of(self.opened.reader)

    @cached_property
    def links(self) -> list[Linked]:
        return linked_to(self.case, self.opened.reader)

    @cached_property
    def record(self) -> Record:
        return record_of(self.opened)

    @cached_property
    def hand_over(self) -> Any:
        """The office that was asked to take the case over and has not answered yet."""
        return selectors.open_hand_over(self.case)

    @cached_property
    def rows(self) -> list[Any]:
        """Rows that were decided one by one, each by its name."""
        return decided_rows(self.opened)

    @cached_property
    def may(self) -> Rights:
        """Write beside the case, read what is written there, take the whole file."""
        return rights(self.opened.reader, self.case)

    @cached_property
    def notes(self) -> list[Note]:
        return notes_of(self.case) if self.may.reads else []

    @property
    def note_form(self) -> Writing:
        return Writing(auto_id="note-%s")

    @property
    def may_ask(self) -> bool:
        return "ask_correction" in self.opened.actions

    @property
    def may_review(self) -> bool:
        return "review_paper" in self.opened.actions

    @cached_property
    def bar(self) -> list[Act]:
        apart = ("ask_correction", "review_paper")
        return [act for act in self._open_acts if act.main and act.slug not in apart]

    @property
    def menu(self) -> list[Act]:
        return [act for act in self._open_acts if not act.main]

    @property
    def _open_acts(self) -> list[Act]:
        return [act for act in ACTS.values() if act.service in self.opened.actions and act.fits(self.opened)]

    @cached_property
    def closed(self) -> list[tuple[Act | None, str]]:
        return closed_acts(self.opened)
