"""The inbox in rows: the counters, and each case with its clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from portal.backoffice.timing import Clock, clocks_of
from portal.backoffice.wording import look_of, state_in_words
from portal.inboxes.searching import titles
from procedures.calendar.services import Calendar
from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.inboxes.asked import LATE, NEAR


@dataclass(frozen=True)
class Row:
    case: Case
    clock: Clock
    procedure: str
    state: str
    look: str
    is_unread: bool = False
    is_followed: bool = False
    in_name_of: Any = None


@dataclass(frozen=True)
class Counter:
    number: int
    words: str
    look: str
    query: str  # the list that it counts


def rows(
    cases: Iterable[Case], calendar: Calendar | None = None, in_name_of: Mapping[int, Any] | None = None
) -> list[Row]:
    """Cases as a list shows them; those of a page of the inbox know how the person stands to them."""
    named = in_name_of or {}
    shown, known = list(cases), dict(titles())
    return [
        Row(
            case,
            clock,
            known.get(case.procedure, case.procedure),
            state_in_words(case.state),
            look_of(case.state),
            (getattr(case, "seen", case.version) or 0) < case.version,
            getattr(case, "is_followed", False),
            named.get(case.pk),
        )
        for case, clock in zip(shown, clocks_of(shown, calendar), strict=True)
    ]


def counters(counts: dict[str, int]) -> list[Counter]:
    late, near, waiting, away = (counts[name] for name in ("late", "near", "waiting", State.CORRECTION))
    return [
        Counter(late, ngettext("is late", "are late", late), "k-bad", f"due={LATE}"),
        Counter(
            near,
            ngettext("is due within 5 working days", "are due within 5 working days", near),
            "k-warn",
            f"due={NEAR}",
        ),
        Counter(waiting, ngettext("waits for you", "wait for you", waiting), "k-n", ""),
        Counter(
            away,
            ngettext("waits for the applicant", "wait for the applicant", away),
            "k-ok",
            f"state={State.CORRECTION}",
        ),
    ]
