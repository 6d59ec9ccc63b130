"""The inbox in rows: what was searched, the counters, and each case with its clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import ngettext

from portal.backoffice.timing import SOON, Clock, clocks_of
from portal.backoffice.wording import look_of, state_in_words
from procedures.calendar.services import add_working_days
from procedures.cases import selectors
from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.registry import procedures


@dataclass(frozen=True)
class Search:
    """The filter, as the address has it; a value that means nothing is no filter.

    Without a state or words the list holds what waits for the person; with them, everything they may open.
    """

    q: str = ""
    procedure: str = ""
    state: str = ""
    mine: bool = False

    @classmethod
    def asked_by(cls, query: QueryDict) -> "Search":
        state, procedure = query.get("state", ""), query.get("procedure", "")
        return cls(
            q=query.get("q", "").strip()[:100],
            procedure=procedure if procedure in procedures() else "",
            state=state if state in State.values else "",
            mine=query.get("mine") == "1",
        )

    @property
    def is_used(self) -> bool:
        return self != Search()

    @property
    def is_wide(self) -> bool:
        return bool(self.q or self.state)

    def cases(self, person: Any) -> QuerySet[Case]:
        found = selectors.inbox(person, state=self.state or None, procedure=self.procedure or None, q=self.q)
        found = found.filter(assignee=person) if self.mine else found
        return found.select_related("office", "assignee").defer("answers", "explanations", "parameters")


@dataclass(frozen=True)
class Row:
    case: Case
    clock: Clock
    procedure: str
    state: str
    look: str


@dataclass(frozen=True)
class Counter:
    number: int
    words: str
    look: str


def rows(cases: Iterable[Case]) -> list[Row]:
    shown, known = list(cases), dict(titles())
    return [
        Row(case, clock, known.get(case.procedure, case.procedure), state_in_words(case.state), look_of(case.state))
        for case, clock in zip(shown, clocks_of(shown), strict=True)
    ]


def counters(person: Any) -> list[Counter]:
    counts, today = selectors.counts(person), timezone.localdate()
    soon = selectors.waiting_for(person).filter(due_on__range=(today, add_working_days(today, SOON))).count()
    late, waiting, away = counts["late"], counts["waiting"], counts.get(State.CORRECTION, 0)
    return [
        Counter(late, ngettext("is late", "are late", late), "k-bad"),
        Counter(soon, ngettext("is due within 5 working days", "are due within 5 working days", soon), "k-warn"),
        Counter(waiting, ngettext("waits for you", "wait for you", waiting), "k-n"),
        Counter(away, ngettext("waits for the applicant", "wait for the applicant", away), "k-ok"),
    ]


def titles() -> list[tuple[str, str]]:
    """Each installed procedure by its code, with its title in the language of the page."""
    return [(code, str(procedure.title)) for code, procedure in procedures().items()]


def states() -> list[tuple[str, str]]:
    return [(state.value, state_in_words(state.value)) for state in State]
