"""What the pages of the room show: the agenda, who is there and how they voted, precedents, the case itself."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.backoffice.answering import passages_of
from portal.backoffice.casefile import CaseFile
from portal.backoffice.forms import KINDS
from portal.backoffice.opened import OpenedCase
from portal.backoffice.timing import clock_of, clocks_of
from procedures.commissions.minutes import about, opinion_in_words
from procedures.commissions.models import Attendance, Ballot, Item, Seat, Session, SessionChange, Voice
from procedures.commissions.precedents import Precedent, precedents_of
from procedures.commissions.selectors import (
    agenda_of,
    attendance_of,
    called_to,
    is_secretary,
    last_ballot,
    open_ballot,
    present_voters,
    quorum_of,
    voters_on,
)

MARKS = {Voice.Choice.FOR: "f", Voice.Choice.AGAINST: "a", Voice.Choice.ABSTAIN: "b"}
DONE = (Item.State.ADOPTED, Item.State.ADJOURNED, Item.State.CARRIED, Item.State.LAPSED)


@dataclass(frozen=True)
class Member:
    """One line of the list of members, with the mark of the case before them."""

    attendance: Attendance
    name: str
    quality: str
    mark: str = ""
    word: str = ""
    look: str = ""  # rec: left the room; abs: did not come


@dataclass(frozen=True)
class Line:
    """One line of the agenda."""

    item: Item
    number: int
    title: str
    told: str
    look: str  # done | on | ""
    left: Any = None  # its clock


class Room:
    """One session as somebody sees it."""

    def __init__(self, session: Session, reader: Any, language: str) -> None:
        self.session, self.reader, self.language = session, reader, language

    @cached_property
    def keeps(self) -> bool:
        return is_secretary(self.reader, self.session.commission)

    @cached_property
    def called(self) -> list[Attendance]:
        return called_to(self.session)

    @property
    def changes(self) -> list[SessionChange]:
        """When it was moved or cancelled, and why: for those who were called."""
        return list(self.session.changes.select_related("by"))

    @cached_property
    def mine(self) -> Attendance | None:
        return attendance_of(self.reader, self.session)

    @cached_property
    def chairs(self) -> bool:
        chair = self.session.chair
        return chair is not None and chair.seat.person_id == self.reader.pk

    @cached_property
    def items(self) -> list[Item]:
        return list(agenda_of(self.session))

    @cached_property
    def lines(self) -> list[Line]:
        """The agenda with the working days that are left of each case; one query for all clocks."""
        clocks = clocks_of([item.case for item in self.items]) if self.items else []
        numbered = enumerate(zip(self.items, clocks, strict=True), 1)
        return [self._line(item, index, clock) for index, (item, clock) in numbered]

    def _line(self, item: Item, index: int, clock: Any) -> Line:
        done = item.state in DONE
        told = opinion_in_words(item)[self.language] if done else about(item)[self.language]
        return Line(item, index, item.case.number, told, "done" if done else "", clock)

    @property
    def waiting(self) -> int:
        return sum(item.state == Item.State.WAITING for item in self.items)

    @cached_property
    def present(self) -> int:
        return len(present_voters(self.session))

    @cached_property
    def quorum(self) -> int:
        return quorum_of(self.session)

    @property
    def is_quorate(self) -> bool:
        return self.present >= self.quorum

    @cached_property
    def voting(self) -> int:
        return sum(each.votes for each in self.called)

    @property
    def seats(self) -> list[str]:
        """One sign a seat with a vote: there, or not; the quorum is marked."""
        return [
            f"{'in' if index < self.present else ''}{' q' if index + 1 == self.quorum else ''}"
            for index in range(self.voting)
        ]

    @cached_property
    def members(self) -> list[Member]:
        return [self.member(each) for each in self.called]

    def member(self, attendance: Attendance, mark: str = "", word: str = "", look: str = "") -> Member:
        seat = attendance.seat
        quality = seat.quality_ar if self.language == "ar" else seat.quality_fr
        role = str(Seat.Role(seat.role).label)
        if attendance.pk == self.session.chair_id and seat.role != Seat.Role.PRESIDENT:
            role = f"{role} · {pgettext('minutes', 'chaired')}"
        told = " · ".join(filter(None, (role, quality)))
        came = self.session.opened_at is None or attendance.is_present
        if not came:
            mark, word, look = "", pgettext("session", "Absent"), "abs"
        return Member(attendance, str(seat.person), told, mark, word, look)


class Hearing(Room):
    """One case before the session."""

    def __init__(self, item: Item, reader: Any, language: str) -> None:
        super().__init__(item.session, reader, language)
        self.item, self.case = item, item.case
        self.opened = OpenedCase(item.case, reader, language)
        self.file = CaseFile(self.opened)

    @cached_property
    def clock(self) -> Any:
        return clock_of(self.case)

    @cached_property
    def lines(self) -> list[Line]:
        """The agenda, without its clocks; the case before the session stands out."""
        return [
            Line(each.item, each.number, each.title, each.told, "on" if each.item.pk == self.item.pk else each.look)
            for each in (self._line(item, index, None) for index, item in enumerate(self.items, 1))
        ]

    @cached_property
    def about(self) -> str:
        return about(self.item)[self.language]

    @cached_property
    def passages(self) -> Any:
        return passages_of(self.opened)

    @cached_property
    def precedents(self) -> list[Precedent]:
        return precedents_of(self.item)

    def precedent_lines(self) -> list[dict[str, Any]]:
        return [
            {
                "day": each.day,
                "reference": each.item.session.reference,
                "opinion": opinion_in_words(each.item)[self.language],
                "conditions": each.item.conditions,
                "explanation": each.item.explanation,
                "vote": vote_in_words(each.ballot),
                "outcome": outcome_in_words(each.outcome),
            }
            for each in self.precedents
        ]

    @cached_property
    def ballot(self) -> Ballot | None:
        return open_ballot(self.item)

    @cached_property
    def counted(self) -> Ballot | None:
        return last_ballot(self.item)

    @cached_property
    def shown(self) -> Ballot | None:
        return self.ballot or self.counted

    @cached_property
    def voters(self) -> list[Attendance]:
        return voters_on(self.item)

    @cached_property
    def voices(self) -> dict[int, str]:
        return {each.attendance_id: each.choice for each in self.shown.voices.all()} if self.shown else {}

    @property
    def hands_left(self) -> list[Attendance]:
        return [each for each in self.voters if each.pk not in self.voices]

    @property
    def may_vote(self) -> bool:
        return bool(self.ballot and self.mine and self.mine.pk in {each.pk for each in self.hands_left})

    @property
    def has_voted(self) -> bool:
        return bool(self.ballot and self.mine and self.mine.pk in self.voices)

    @property
    def opinion(self) -> str:
        return opinion_in_words(self.item)[self.language]

    @property
    def proposal(self) -> str:
        """What is put to the vote, in words."""
        return opinion_in_words(self.item, self.shown)[self.language] if self.shown else ""

    @cached_property
    def members(self) -> list[Member]:
        gone = {each.attendance_id for each in self.item.recusals.all()}
        return [self._marked(each, gone) for each in self.called]

    def _marked(self, attendance: Attendance, gone: set[int]) -> Member:
        if attendance.pk in gone:
            return self.member(attendance, "r", pgettext("session", "Left the room"), "rec")
        if attendance.pk not in self.voices:
            return self.member(attendance)
        choice = self.voices[attendance.pk]
        if not choice or self.ballot:
            return self.member(attendance, "v", pgettext("vote", "Has voted"))
        return self.member(attendance, MARKS[Voice.Choice(choice)], str(Voice.Choice(choice).label))

    @property
    def next(self) -> Item | None:
        return next((each for each in self.items if each.state == Item.State.WAITING and each.pk != self.item.pk), None)


def outcome_in_words(outcome: str) -> str:
    return str(KINDS.get(outcome, _("Not decided yet")))


def vote_in_words(ballot: Ballot | None) -> str:
    if ballot is None:
        return "–"
    if not ballot.against and not ballot.abstained:
        return _("Unanimous")
    return _("%(in_favour)s for, %(against)s against, %(abstained)s abstained") % {
        "in_favour": ballot.in_favour, "against": ballot.against, "abstained": ballot.abstained
    }  # fmt: skip
