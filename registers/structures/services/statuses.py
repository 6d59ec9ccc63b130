"""What a structure is from day to day, laid down as periods without a gap.

A branch has measures of its own and those of its parent, and both must be lifted before it is at work: its rows say
what holds, and in `own` what would hold by its own file alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from registers.history.errors import EndsTooEarly, PeriodsOverlap, Superseded
from registers.history.services import Cause, begin, correct, end, hold, withdraw
from registers.structures.errors import ParentRests, StatusGap
from registers.structures.models import Status, Structure, StructureStatus

WITH_PARENT = "with_parent"  # why a branch is suspended, closed or at work again, where its own file says nothing


@dataclass(frozen=True)
class Span:
    """A status from a day until before another; `own` where the file of a branch alone would say something else."""

    since: date
    until: date | None
    status: str
    own: str = ""

    @property
    def said(self) -> tuple[str, str]:
        return self.status, self.own

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


def believed_rows(structure: Structure) -> list[StructureStatus]:
    return list(StructureStatus.objects.filter(subject=structure, superseded_at__isnull=True).order_by("since"))


def own_fragments(rows: Iterable[StructureStatus]) -> list[Span]:
    """What the file of a structure alone says, row by row."""
    return [Span(row.since, row.until, row.own or row.status) for row in rows]


def own_spans(structure: Structure) -> list[Span]:
    """The same, with what follows unchanged made one."""
    return joined(own_fragments(believed_rows(structure)))


def joined(spans: Iterable[Span], apart: Iterable[date] = ()) -> list[Span]:
    """Neighbours that say the same made one, but on the days of `apart`."""
    kept, found = set(apart), list[Span]()
    for span in spans:
        if found and found[-1].said == span.said and found[-1].until == span.since and span.since not in kept:
            found[-1] = replace(found[-1], until=span.until)
        else:
            found.append(span)
    return found


def with_status(spans: Sequence[Span], since: date, until: date | None, status: str) -> list[Span]:
    """The same days, with `status` from `since` until before `until`."""
    before = [replace(span, until=_earlier(span.until, since)) for span in spans if span.since < since]
    if until is None:
        return [*before, Span(since, None, status)]
    after = [span for span in spans if span.until is None or span.until > until]
    return [*before, Span(since, until, status), *(replace(span, since=max(span.since, until)) for span in after)]


def settle(structure: Structure, own: Sequence[Span], cause: Cause, *, on: date | None = None) -> list[Structure]:
    """Lay down what the file of a structure says, under its parent's measures, and so for its branches; `on` is the day
    of the act, on which a row begins. Gives the branches in which something changed. Structure and branches are locked.
    """
    own = joined(own)
    parent = [] if structure.parent is None else own_spans(structure.parent)
    _lay(structure, _under(own, parent), cause, on)
    return [
        branch
        for branch in structure.branches.order_by("pk")
        if _lay(hold(branch), _under(own_spans(branch), own), replace(cause, reason=WITH_PARENT), on)
    ]


def correct_status(
    row: StructureStatus, *, since: date, until: date | None, status: str, cause: Cause
) -> StructureStatus:
    """Let a status hold on other days, or be another: its neighbours end and begin with it, so that no day is without.

    Raises Superseded, ParentRests for what the parent's measure says, EndsTooEarly, StatusGap, and PeriodsOverlap where
    nothing would be left of a neighbour. The structure is locked.
    """
    rows, place = _own_place(row)
    before, after = rows[:place], rows[place + 1 :]
    proposed = StructureStatus(subject=row.subject, since=since, until=until, status=status)
    if until is not None and until <= since:
        raise EndsTooEarly(since, until)
    if before and since <= before[-1].since:
        raise PeriodsOverlap(before[-1], proposed)
    if after and (until is None or (after[0].until is not None and until >= after[0].until)):
        raise PeriodsOverlap(after[0], proposed)
    if (not before and since != row.since) or (not after and until is not None) or (after and status == Status.CLOSED):
        raise StatusGap(row.pk)
    own = own_fragments(rows)
    own[place] = Span(since, until, status)
    if before:
        own[place - 1] = replace(own[place - 1], until=since)
    if after and until is not None:
        own[place + 1] = replace(own[place + 1], since=until)
    settle(row.subject, own, cause, on=since)
    return next(each for each in believed_rows(row.subject) if each.since <= since and (each.until or date.max) > since)


def withdraw_status(row: StructureStatus, *, cause: Cause) -> None:
    """Take a status back: the one before goes on in its place, or the one after begins with the structure.

    Raises Superseded, ParentRests, and StatusGap for the only one. The structure is locked.
    """
    rows, place = _own_place(row)
    if len(rows) == 1:
        raise StatusGap(row.pk)
    own = own_fragments(rows)
    if place:
        own[place - 1] = replace(own[place - 1], until=row.until)
    else:
        own[1] = replace(own[1], since=row.since)
    settle(row.subject, own[:place] + own[place + 1 :], cause)


def _own_place(row: StructureStatus) -> tuple[list[StructureStatus], int]:
    rows = believed_rows(row.subject)
    place = next((place for place, each in enumerate(rows) if each.pk == row.pk), None)
    if place is None:
        raise Superseded(row)
    if row.own:
        raise ParentRests(row.subject.parent, row.since)
    return rows, place


def _under(own: Sequence[Span], parent: Sequence[Span]) -> list[Span]:
    """A branch rests while it or its parent is suspended, and is closed once either is."""
    days = sorted({span.since for span in (*own, *parent) if own and span.since >= own[0].since})
    laid = []
    for since, until in zip(days, [*days[1:], None], strict=True):
        mine = next(span.status for span in own if span.holds(since))
        above = next((span.status for span in parent if span.holds(since)), "")
        rests = above == Status.SUSPENDED and mine == Status.ACTIVE
        status = Status.CLOSED if above == Status.CLOSED else Status.SUSPENDED if rests else mine
        laid.append(Span(since, until, status, "" if status == mine else mine))
    return joined(laid)


def _lay(structure: Structure, wanted: Sequence[Span], cause: Cause, on: date | None) -> bool:
    """Bring the believed rows to what is wanted, each by the smallest change; whether anything changed.

    What shrinks goes first, so that no two hold on one day at any moment.
    """
    rows = believed_rows(structure)
    apart = {later.since for earlier, later in pairwise(rows) if _said(earlier) == _said(later)}
    spans = _parted(wanted, apart | ({on} if on else set()), rows)
    followed = _followed(rows, spans)
    for row in rows:
        if row.pk not in followed:
            withdraw(row, cause=cause)
    changed = [(row, followed[row.pk]) for row in rows if row.pk in followed]
    changed = [(row, span) for row, span in changed if (row.since, row.until) != (span.since, span.until)]
    for row, span in sorted(changed, key=lambda pair: not _within(pair[1], pair[0])):
        if row.since == span.since and span.until is not None and _within(span, row):
            end(row, on=span.until, cause=cause)
        else:
            correct(row, since=span.since, until=span.until, cause=cause)
    new = [span for span in spans if span not in followed.values()]
    for span in new:
        values: dict[str, Any] = {"status": Status(span.status), "own": span.own}
        begin(StructureStatus, subject=structure, since=span.since, until=span.until, cause=cause, **values)
    return bool(new or changed or len(followed) < len(rows))


def _parted(wanted: Sequence[Span], days: set[date], rows: Sequence[StructureStatus]) -> list[Span]:
    """`wanted`, parted on the days on which rows of one status meet, or one begins: each keeps its own cause."""
    known = {row.since for row in rows} | {row.until for row in rows if row.until}
    found = []
    for span in wanted:
        cuts = sorted(day for day in days & known if span.since < day and span.holds(day))
        edges = [span.since, *cuts, span.until]
        found += [replace(span, since=since, until=until) for since, until in pairwise(edges) if since is not None]
    return found


def _followed(rows: Sequence[StructureStatus], spans: Sequence[Span]) -> dict[int, Span]:
    """Which row goes on as which span: that which begins on its day, else that which ends on it."""
    followed: dict[int, Span] = {}
    for edge in ("since", "until"):
        for row in rows:
            free = [span for span in spans if span not in followed.values() and span.said == _said(row)]
            found = next((span for span in free if getattr(span, edge) == getattr(row, edge)), None)
            if row.pk not in followed and found is not None:
                followed[row.pk] = found
    return followed


def _said(row: StructureStatus) -> tuple[str, str]:
    return row.status, row.own


def _within(span: Span, row: StructureStatus) -> bool:
    return span.since >= row.since and (row.until is None or (span.until is not None and span.until <= row.until))


def _earlier(until: date | None, day: date) -> date:
    return day if until is None else min(until, day)
