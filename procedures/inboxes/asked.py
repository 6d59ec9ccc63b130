"""What a list is asked for, and which lines answer: the filter of the inbox, of its counts, exports, bulk acts."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from procedures.cases.models import ConflictOfInterest
from procedures.cases.selectors import barred_from, kept_from
from procedures.cases.states import CLOSED, OPEN, State
from procedures.inboxes.circles import DELEGATES, Seats
from procedures.inboxes.ids import Ids
from procedures.inboxes.models import Following, Line, Opened, Word
from procedures.inboxes.words import begins, sought
from procedures.offices.models import Office, Role

WAITING, STILL_OPEN, ANY = "", "open", "any"  # beside the states themselves
ME, NOBODY = "me", "none"
LATE, NEAR = "late", "near"
FEW = 2000  # cases


@dataclass(frozen=True)
class Asked:
    """One filter. Empty fields ask nothing; `state` empty asks for what waits for the person."""

    q: str = ""
    state: str = ""
    stage: str = ""  # code
    procedure: str = ""
    office: str = ""  # code of the office where the case stands
    assignee: str = ""  # "me", "none", or the id of an account
    due: str = ""  # "late", "near"
    since: date | None = None  # filed on that day or later
    until: date | None = None
    unread: bool = False
    followed: bool = False

    @property
    def scope(self) -> str:
        """Words and offices are sought in all that the person may open, unless a state says otherwise."""
        if self.state or self.due:
            return self.state or WAITING
        if self.q:
            return ANY
        return STILL_OPEN if self.office or self.followed else WAITING

    @property
    def is_by_urgency(self) -> bool:
        """Open cases stand by their deadline, others by their filing, the latest first."""
        return self.scope in (WAITING, STILL_OPEN, *OPEN)

    @property
    def order(self) -> tuple[str, ...]:
        """What words find is read by the ids of its cases, which are given as they are filed: the latest first too."""
        if self.is_by_urgency:
            return ("urgent_on", "filed_at", "case_id")
        return ("-case_id",) if self.q else ("-filed_at", "-case_id")

    @cached_property
    def latest(self) -> Ids | None:
        """The latest cases that hold every word sought, `FEW` at most; None where nothing is sought.

        No database foresees which words go together. They stay for as long as this filter is asked.
        """
        words = sought(self.q)
        if not words:
            return None
        found = _latest_of(words[0]) if len(words) == 1 else _in_all(words).order_by("-case")[:FEW]
        return Ids(each["case"] for each in found)

    def held(self) -> Q:
        """Cases that hold every word sought."""
        if self.latest is not None and len(self.latest) < FEW:
            return Q(case__any_of=self.latest)
        return Q(*(Q(case__in=_begin_with(word)) for word in sought(self.q)))

    def codes(self) -> dict[str, Any]:
        """What the audit chain keeps of it: no words that were sought, which may be a name."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        told["q"] = bool(self.q)
        return {name: str(value) if isinstance(value, date) else value for name, value in told.items() if value}


def lines_for(seats: Seats, asked: Asked) -> QuerySet[Line]:
    """Every line that answers, of all circles of the person: a case of several of them is there several times."""
    return _answering(seats, asked).filter(circle__in=seats.circles)


def lines_by_circle(seats: Seats, asked: Asked, *, held: Q | None = None) -> list[QuerySet[Line]]:
    """The same, a circle of the person each; `held` where the words were already read."""
    found = _answering(seats, asked, held)  # long to build, and built once
    return [found.filter(circle=circle) for circle in seats.circles]


def _answering(seats: Seats, asked: Asked, held: Q | None = None) -> QuerySet[Line]:
    found = without_barred(seats, _in_scope(seats, asked.scope))
    for name in ("stage", "procedure"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.office:
        found = found.filter(office=Office.objects.filter(code=asked.office).values("pk")[:1])
    if asked.since:
        found = found.filter(filed_at__gte=_begin(asked.since))
    if asked.until:
        found = found.filter(filed_at__lt=_begin(asked.until + timedelta(days=1)))
    found = _due(_assigned(found, seats, asked.assignee), seats, asked.due)
    if asked.q:
        found = found.filter(held or asked.held()) if sought(asked.q) else found.none()
    return _personal(found, seats, asked)


def without_barred(seats: Seats, lines: QuerySet[Line]) -> QuerySet[Line]:
    """Lines without the appeals against what the person decided; an auditor decides nothing and reads all."""
    return lines if seats.reads_all else lines.exclude(case__in=barred_from(seats.person))


def waits_for(seats: Seats) -> Q:
    """Lines whose open stage is handled by one of the person's roles in one of their offices, or offered to it.

    Not those with the applicant or with somebody concerned, nor those in which they declared a conflict of interest,
    nor those that are decided anew because a decision of theirs was annulled.
    """
    here, offered = Q(pk__in=()), Q(pk__in=())
    for office, role in seats.held:
        here |= Q(office=office, role=role)
        offered |= Q(offered_to=office, offered_role=role)
    if seats.is_delegate:
        here |= Q(circle=DELEGATES, role=Role.MINISTER_DELEGATE)
    ours = Q(theirs_until=None) | Q(theirs_until__lt=timezone.localdate())
    kept_away = ConflictOfInterest.objects.filter(person=seats.person).values("case")
    return (
        ((here & ours) | offered)
        & ~Q(state=State.CORRECTION)
        & ~Q(case__in=kept_away)
        & ~Q(case__in=kept_from(seats.person))
    )


def _begin_with(word: str) -> QuerySet[Word, Any]:
    return Word.objects.filter(begins(word)).values("case")


def _in_all(words: tuple[str, ...]) -> QuerySet[Word, Any]:
    first, *others = (_begin_with(word) for word in words)
    return first.intersection(*others)


def _latest_of(word: str) -> QuerySet[Word, Any]:
    """The whole word stands in the order of cases already, so that few of its rows are read; longer ones are fewer."""
    if not connection.features.supports_slicing_ordering_in_compound:
        return _begin_with(word).distinct().order_by("-case")[:FEW]
    whole = Word.objects.filter(word=word).values("case").order_by("-case")[:FEW]
    longer = _begin_with(word).filter(word__after=word).order_by("-case")[:FEW]
    return whole.union(longer).order_by("-case")[:FEW]


def _in_scope(seats: Seats, scope: str) -> QuerySet[Line]:
    if scope == WAITING and seats.has_desk:
        return Line.objects.filter(waits_for(seats), is_open=True)
    if scope in (WAITING, STILL_OPEN):
        return Line.objects.filter(is_open=True)
    if scope == ANY:
        return Line.objects.all()
    if scope in OPEN:
        return Line.objects.filter(state=scope, is_open=True)  # said twice for the index of what is open
    return Line.objects.filter(state=scope) if scope in CLOSED else Line.objects.none()


def _assigned(found: QuerySet[Line], seats: Seats, assignee: str) -> QuerySet[Line]:
    if assignee == NOBODY:
        return found.filter(assignee=None)
    if assignee == ME:
        return found.filter(assignee=seats.person)
    return found.filter(assignee=int(assignee)) if assignee else found


def _due(found: QuerySet[Line], seats: Seats, due: str) -> QuerySet[Line]:
    today = timezone.localdate()
    if due == LATE:
        return found.filter(is_open=True, urgent_on__lt=today)
    if due == NEAR:
        return found.filter(is_open=True, urgent_on__range=(today, seats.near_until))
    return found


def _personal(found: QuerySet[Line], seats: Seats, asked: Asked) -> QuerySet[Line]:
    if asked.followed:
        found = found.filter(case__in=Following.objects.filter(person=seats.person).values("case"))
    if asked.unread:
        seen = Opened.objects.filter(person=seats.person, case=OuterRef("case"), version__gte=OuterRef("version"))
        found = found.filter(~Exists(seen))
    return found


def _begin(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())
