"""The inbox in rows: the counters, and each case with its clock."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from portal.backoffice.timing import Clock, clocks_of
from portal.backoffice.wording import look_of, state_in_words
from portal.inboxes.searching import titles
from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.inboxes.asked import LATE, NEAR
from procedures.inboxes.selectors import Standing


@dataclass(frozen=True)
class Row:
    case: Case
    clock: Clock
    procedure: str
    state: str
    look: str
    is_unread: bool = False
    is_followed: bool = False


@dataclass(frozen=True)
class Counter:
    number: int
    words: str
    look: str
    query: str  # the list that it counts


def rows(cases: Iterable[Case], standing: Standing | None = None) -> list[Row]:
    shown, known = list(cases), dict(titles())
    unread, followed = (standing.unread, standing.followed) if standing else (frozenset(), frozenset())
    return [
        Row(
            case,
            clock,
            known.get(case.procedure, case.procedure),
            state_in_words(case.state),
            look_of(case.state),
            case.pk in unread,
            case.pk in followed,
        )
        for case, clock in zip(shown, clocks_of(shown), strict=True)
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
