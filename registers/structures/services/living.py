"""From declared to active, suspended, and closed for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from registers.history.models import Period
from registers.history.services import Cause, begin, correct, cut, hold, written_by
from registers.structures.above import above
from registers.structures.errors import WrongStatus
from registers.structures.models import Authorisation, Direction, Status, Structure, StructureStatus, Teaching
from registers.structures.services.writing import act, standing_row

WITH_PARENT = "with_parent"  # why a branch is suspended or at work again, where its own file says nothing


def activate(cause: Cause, *, structure: Structure, since: date) -> StructureStatus:
    """From `since` on a declared structure is active: its conformity was seen. Raises WrongStatus."""
    with transaction.atomic():
        hold(structure)
        repeated = written_by(cause, StructureStatus, subject=structure, status=Status.ACTIVE)
        if repeated is not None:
            return repeated
        with act("activate", structure, cause, since):
            row = standing_row(structure, since, Status.DECLARED)
            _parent_is_active(structure, since)
            cut(row, on=since, cause=cause)
            return _begin(structure, Status.ACTIVE, since, row.until, cause)


def suspend(cause: Cause, *, structure: Structure, since: date, until: date | None = None) -> StructureStatus:
    """From `since` until before `until` (None: until it is resumed) the structure is at rest, its branches with it.

    On `until` it is again what it was, by the date alone. Raises WrongStatus, PeriodsOverlap, EndsTooEarly.
    """
    with transaction.atomic():
        hold(structure)
        repeated = written_by(cause, StructureStatus, subject=structure, status=Status.SUSPENDED)
        if repeated is not None:
            return repeated
        with act("suspend", structure, cause, since) as doing:
            row = standing_row(structure, since, Status.ACTIVE, Status.DECLARED)
            suspended = _rest(row, since, until, cause)
            followers = [branch for branch in _branches(structure) if _follows(branch, since, Status.ACTIVE)]
            for branch in followers:
                _rest(standing_row(branch, since), since, until, replace(cause, reason=WITH_PARENT))
            doing.told |= {"until": until.isoformat() if until else "", "branches": [one.number for one in followers]}
    return suspended


def resume(cause: Cause, *, structure: Structure, since: date) -> StructureStatus:
    """From `since` on a suspended structure is what it was before, its branches with it. Raises WrongStatus."""
    with transaction.atomic():
        hold(structure)
        repeated = written_by(cause, StructureStatus, subject=structure, since=since)
        if repeated is not None:
            return repeated
        with act("resume", structure, cause, since) as doing:
            row = standing_row(structure, since, Status.SUSPENDED)
            _parent_is_active(structure, since)
            resumed = _wake(row, since, cause)
            followers = [
                branch for branch in _branches(structure) if _follows(branch, since, Status.SUSPENDED, WITH_PARENT)
            ]
            for branch in followers:
                _wake(standing_row(branch, since), since, replace(cause, reason=WITH_PARENT))
            doing.told["branches"] = [one.number for one in followers]
    return resumed


def close(cause: Cause, *, structure: Structure, since: date) -> StructureStatus:
    """From `since` on the structure is closed for good, and its branches; what it held ends that day, plans with it.

    Its number is never given again. Raises WrongStatus where it is closed already or not yet known.
    """
    with transaction.atomic():
        hold(structure)
        repeated = written_by(cause, StructureStatus, subject=structure, status=Status.CLOSED)
        if repeated is not None:
            return repeated
        with act("close", structure, cause, since) as doing:
            closed = _close_one(structure, since, cause)
            followers = [branch for branch in _branches(structure) if not _closed_by(branch, since)]
            for branch in followers:
                _close_one(branch, since, replace(cause, reason=WITH_PARENT))
            doing.told["branches"] = [one.number for one in followers]
    return closed


def _parent_is_active(structure: Structure, on: date) -> None:
    """A branch is at work while its parent is. Raises WrongStatus with that of the parent."""
    if structure.parent is not None:
        standing_row(structure.parent, on, Status.ACTIVE)


def _begin(structure: Structure, status: Status, since: date, until: date | None, cause: Cause) -> StructureStatus:
    return begin(StructureStatus, subject=structure, since=since, until=until, cause=cause, status=status)


def _rest(row: StructureStatus, since: date, until: date | None, cause: Cause) -> StructureStatus:
    cut(row, on=since, cause=cause)
    suspended = _begin(row.subject, Status.SUSPENDED, since, until or row.until, cause)
    if until is not None and until != row.until:
        _begin(row.subject, Status(row.status), until, row.until, cause)
    return suspended


def _wake(row: StructureStatus, since: date, cause: Cause) -> StructureStatus:
    ended = cut(row, on=since, cause=cause)
    believed = StructureStatus.objects.filter(subject=row.subject, superseded_at__isnull=True)
    planned = believed.filter(since=row.until, status__in=(Status.ACTIVE, Status.DECLARED)).first()
    if row.until is not None and planned is not None:
        return correct(planned, since=since, until=planned.until, cause=cause)
    before = believed.filter(until=ended.since).exclude(status=Status.SUSPENDED).first()
    return _begin(row.subject, Status(before.status) if before else Status.ACTIVE, since, row.until, cause)


def _close_one(structure: Structure, since: date, cause: Cause) -> StructureStatus:
    standing_row(structure, since)
    _end_from(StructureStatus, structure, since, cause)
    closed = _begin(structure, Status.CLOSED, since, None, cause)
    above.homologations.end_all(structure, since, cause, "")
    for model in (Teaching, Authorisation, Direction):
        _end_from(model, structure, since, cause)
    return closed


def _end_from(model: type[Period], structure: Structure, on: date, cause: Cause) -> None:
    for row in _lasting(model, structure, on):
        cut(row, on=on, cause=cause)


def _lasting(model: Any, structure: Structure, on: date) -> list[Any]:
    believed = model.objects.filter(subject=structure, superseded_at__isnull=True)
    return list(believed.exclude(until__lte=on).order_by("since"))


def _branches(structure: Structure) -> list[Structure]:
    return [hold(branch) for branch in structure.branches.order_by("pk")]


def _follows(branch: Structure, on: date, status: str, reason: str = "") -> bool:
    row = _row(branch, on)
    return row is not None and row.status == status and (not reason or row.reason == reason)


def _closed_by(branch: Structure, on: date) -> bool:
    row = _row(branch, on)
    return row is None or row.status == Status.CLOSED


def _row(branch: Structure, on: date) -> StructureStatus | None:
    try:
        return standing_row(branch, on, *Status.values)
    except WrongStatus:
        return None
