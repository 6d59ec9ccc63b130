"""The filter as the address has it: read from it, written back to it, and offered as choices in words."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.backoffice.between import Between
from portal.backoffice.wording import state_in_words
from procedures.cases.routing import code_of, kind_of
from procedures.cases.states import CLOSED, OPEN, State
from procedures.inboxes.asked import ANY, LATE, ME, NEAR, NOBODY, STILL_OPEN, Asked
from procedures.inboxes.circles import Seats
from procedures.offices.models import Office
from procedures.offices.selectors import colleagues_in
from procedures.registry import procedures

Choices = list[tuple[str, str]]
COLUMNS = ("applicant", "procedure", "office", "state", "assignee", "filed", "due", "left")
USUAL = ("applicant", "procedure", "state", "assignee", "left")


@dataclass(frozen=True)
class Search:
    asked: Asked
    columns: tuple[str, ...] = USUAL

    @classmethod
    def by(cls, query: QueryDict) -> "Search":
        """A value that means nothing is no filter."""
        state, procedure, due = query.get("state", ""), query.get("procedure", ""), query.get("due", "")
        since, until = Between(query).days()
        assignee = query.get("assignee", ME if query.get("mine") == "1" else "")
        asked = Asked(
            q=query.get("q", "").strip()[:100],
            state=state if state in (*State.values, STILL_OPEN, ANY) else "",
            stage=query.get("stage", "")[:40],
            procedure=procedure if procedure in procedures() else "",
            office=query.get("office", "")[:40],
            assignee=assignee if assignee in (ME, NOBODY) or _is_id(assignee) else "",
            due=due if due in (LATE, NEAR) else "",
            since=since,
            until=until,
            unread=query.get("unread") == "1",
            followed=query.get("followed") == "1",
        )
        wanted = set(query.getlist("col"))
        return cls(asked, tuple(name for name in COLUMNS if name in wanted) or USUAL)

    @property
    def is_used(self) -> bool:
        return self.asked != Asked()

    @property
    def is_wide(self) -> bool:
        return self.asked.scope != ""

    def query(self, *, with_words: bool = True) -> str:
        """As it stands in an address; a filter that is kept never holds the words that were sought."""
        written = QueryDict(mutable=True)
        for name in Asked.__dataclass_fields__:
            value = getattr(self.asked, name)
            if value and (with_words or name != "q"):
                written[name] = "1" if value is True else str(value)
        if self.columns != USUAL:
            written.setlist("col", list(self.columns))
        return written.urlencode()


@dataclass(frozen=True)
class Offered:
    """What each part of the form lets choose."""

    states: Choices
    procedures: Choices
    stages: Choices
    offices: Choices
    assignees: Choices
    columns: Choices


def offered(seats: Seats, asked: Asked, counts: dict[str, int]) -> Offered:
    """Two queries: offices and colleagues."""
    return Offered(
        states=states(counts),
        procedures=titles(),
        stages=_stages(asked.procedure),
        offices=[(office.code, str(office)) for office in Office.objects.filter(is_open=True)],
        assignees=[
            (ME, _("Me")),
            (NOBODY, _("Nobody")),
            *((str(one.pk), str(one)) for one in colleagues_in([office.pk for office in seats.offices])),
        ],
        columns=list(headings().items()),
    )


def states(counts: dict[str, int]) -> Choices:
    told = [(state.value, state_in_words(state.value)) for state in (*OPEN, *CLOSED)]
    every = [(STILL_OPEN, _("All open cases")), (ANY, _("All cases, closed ones too"))]
    return every + [(code, f"{words} ({counts[code]})" if counts.get(code) else words) for code, words in told]


def titles() -> Choices:
    """Each installed procedure by its code, with its title in the language of the page."""
    return [(code, str(procedure.title)) for code, procedure in procedures().items()]


def headings() -> dict[str, str]:
    return {
        "applicant": _("Applicant"),
        "procedure": _("Procedure"),
        "office": _("Office"),
        "state": _("State"),
        "assignee": _("Assigned to"),
        "filed": _("Filed on"),
        "due": _("Last day"),
        "left": _("Time left"),
    }


def _stages(procedure: str) -> Choices:
    """Steps of one procedure: a filter by step means nothing across several."""
    known: Any = procedures().get(procedure)
    route = known.route if known else ()
    return [(code_of(stage), state_in_words(kind_of(stage))) for stage in route]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 12
