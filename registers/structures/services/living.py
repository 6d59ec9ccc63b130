"""From declared to active, suspended, and closed for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from registers.history.errors import EndsTooEarly, PeriodsOverlap
from registers.history.models import Period
from registers.history.selectors import current
from registers.history.services import Cause, cut, hold, written_by
from registers.structures.above import above
from registers.structures.errors import ParentRests, WrongStatus
from registers.structures.models import Authorisation, Direction, Status, Structure, StructureStatus, Teaching
from registers.structures.services.statuses import WITH_PARENT, Span, own_spans, settle, with_status
from registers.structures.services.writing import act, standing_row


def activate(cause: Cause, *, structure: Structure, since: date) -> StructureStatus:
    """From `since` on a declared structure is active: its conformity was seen. Raises WrongStatus."""
    with transaction.atomic():
        _hold(structure)
        repeated = _written(cause, structure, status=Status.ACTIVE)
        if repeated is not None:
            return repeated
        with act("activate", structure, cause, since):
            own, span = _standing(structure, since, Status.DECLARED)
            _refuse_resting_parent(structure, since)
            settle(structure, with_status(own, since, span.until, Status.ACTIVE), cause, on=since)
            return standing_row(structure, since)


def suspend(cause: Cause, *, structure: Structure, since: date, until: date | None = None) -> StructureStatus:
    """From `since` until before `until` (None: until it is resumed) the structure is at rest, its branches with it.

    On `until` it is again what it was, by the date alone. A branch that rests with its parent may be suspended by its
    own file too: then both must be lifted. Raises WrongStatus, PeriodsOverlap, EndsTooEarly.
    """
    with transaction.atomic():
        _hold(structure)
        repeated = _written(cause, structure, status=Status.SUSPENDED)
        if repeated is not None:
            return repeated
        with act("suspend", structure, cause, since) as doing:
            if until is not None and until <= since:
                raise EndsTooEarly(since, until)
            own, span = _standing(structure, since, Status.ACTIVE, Status.DECLARED)
            ends = until or _end_of_rest(own, span)
            if span.until is not None and (ends is None or ends > span.until):
                proposed = StructureStatus(subject=structure, since=since, until=until, status=Status.SUSPENDED)
                raise PeriodsOverlap(current(structure, StructureStatus, span.until), proposed)
            followers = settle(structure, with_status(own, since, ends, Status.SUSPENDED), cause, on=since)
            doing.told |= {"until": until.isoformat() if until else "", "branches": [one.number for one in followers]}
            return standing_row(structure, since)


def suspend_until(cause: Cause, *, structure: Structure, on: date, until: date) -> StructureStatus:
    """A suspension that runs on `on` lasts until before `until`, longer or shorter than it was to. On `until` the
    structure is what it was before. Raises WrongStatus, EndsTooEarly.
    """
    with transaction.atomic():
        _hold(structure)
        with act("suspend_until", structure, cause, on) as doing:
            if until <= on:
                raise EndsTooEarly(on, until)
            own, span = _standing(structure, on, Status.SUSPENDED)
            before = [each.status for each in own if each.until == span.since] or [Status.ACTIVE]
            freed = with_status(own, on, span.until, before[0])
            followers = settle(structure, with_status(freed, on, until, Status.SUSPENDED), cause, on=on)
            doing.told |= {"until": until.isoformat(), "branches": [one.number for one in followers]}
            return standing_row(structure, on)


def resume(cause: Cause, *, structure: Structure, since: date) -> StructureStatus:
    """From `since` on a suspended structure is what it was before, its branches with it, but for those that have a
    suspension of their own. A branch whose own is lifted rests on while its parent does. Raises WrongStatus.
    """
    with transaction.atomic():
        _hold(structure)
        repeated = _written(cause, structure, since=since)
        if repeated is not None:
            return repeated
        with act("resume", structure, cause, since) as doing:
            own, span = _standing(structure, since, Status.SUSPENDED)
            before = [each.status for each in own if each.until == span.since] or [Status.ACTIVE]
            followers = settle(structure, with_status(own, since, span.until, before[0]), cause, on=since)
            doing.told["branches"] = [one.number for one in followers]
            return standing_row(structure, since)


def close(cause: Cause, *, structure: Structure, since: date) -> StructureStatus:
    """From `since` on the structure is closed for good, and its branches; what it held ends that day, plans with it.

    Its number is never given again. Raises WrongStatus where it is closed already or not yet known.
    """
    with transaction.atomic():
        _hold(structure)
        repeated = _written(cause, structure, status=Status.CLOSED)
        if repeated is not None:
            return repeated
        with act("close", structure, cause, since) as doing:
            standing_row(structure, since)
            followers = settle(
                structure, with_status(own_spans(structure), since, None, Status.CLOSED), cause, on=since
            )
            end_what_it_held(structure, since, cause)
            for branch in followers:
                end_what_it_held(branch, since, replace(cause, reason=WITH_PARENT))
            doing.told["branches"] = [one.number for one in followers]
            return standing_row(structure, since, Status.CLOSED)


def _hold(structure: Structure) -> None:
    """A branch and its parent are written by one at a time, the parent locked first."""
    if structure.parent is not None:
        hold(structure.parent)
    hold(structure)


def _written(cause: Cause, structure: Structure, **said: Any) -> StructureStatus | None:
    """What this case wrote here before; what it wrote because of the parent does not count."""
    return written_by(cause, StructureStatus, subject=structure, reason=cause.reason, **said)


def _standing(structure: Structure, on: date, *allowed: str) -> tuple[Sequence[Span], Span]:
    """What the file of a structure says, and what of it holds on a day. Raises WrongStatus, ParentRests."""
    row = standing_row(structure, on)
    own = own_spans(structure)
    span = next(span for span in own if span.holds(on))
    if span.status not in allowed:
        if structure.parent is not None and row.status == Status.SUSPENDED != span.status:
            raise ParentRests(structure.parent, on)
        raise WrongStatus(span.status, on)
    return own, span


def _refuse_resting_parent(structure: Structure, on: date) -> None:
    """Nothing is seen of a branch while its parent is not at work. Raises ParentRests, WrongStatus."""
    if structure.parent is None:
        return
    row = standing_row(structure.parent, on)
    if row.status == Status.SUSPENDED:
        raise ParentRests(structure.parent, on)
    standing_row(structure.parent, on, Status.ACTIVE)


def _end_of_rest(own: Sequence[Span], span: Span) -> date | None:
    """A rest without an end lasts until it is lifted, or until a closure that is on record already."""
    return span.until if span.until and _after(own, span).status == Status.CLOSED else None


def _after(own: Sequence[Span], span: Span) -> Span:
    return next(each for each in own if each.since == span.until)


def end_what_it_held(structure: Structure, on: date, cause: Cause) -> None:
    """Let nothing of a closed structure last beyond `on`: homologations, specialities, receipt, director."""
    above.homologations.end_all(structure, on, cause, "")
    for model in (Teaching, Authorisation, Direction):
        for row in _lasting(model, structure, on):
            cut(row, on=on, cause=cause)


def _lasting(model: Any, structure: Structure, on: date) -> list[Period]:
    believed = model.objects.filter(subject=structure, superseded_at__isnull=True)
    return list(believed.exclude(until__lte=on).order_by("since"))
