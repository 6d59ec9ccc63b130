"""Plan and record visits, close what was found, take and lift measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from registers.history.causes import Cause
from registers.history.selectors import current
from registers.history.services import begin, correct, cut, hold, written_by
from registers.inspections.errors import ClosedAlready, NoSuchMeasure, VisitedAlready
from registers.inspections.models import Finding, Measure, Visit
from registers.structures import services as structures
from registers.structures.models import Structure

Kind = Measure.Kind


@dataclass(frozen=True)
class GivenFinding:
    """Something found wrong: how grave, its code, and by when it must be mended."""

    severity: str
    code: str
    note: str = ""
    due_on: date | None = None


@transaction.atomic
def plan_visit(
    cause: Cause, *, structure: Structure, planned_on: date, drawn: bool = False, inspector: Any = None
) -> Visit:
    """Plan a visit; `drawn` says that chance chose the structure. The same case plans one visit."""
    hold(structure)
    if cause.case_id is not None:
        planned = Visit.objects.filter(structure=structure, case_id=cause.case_id).first()
        if planned is not None:
            return planned
    visit = Visit.objects.create(
        structure=structure,
        planned_on=planned_on,
        drawn=drawn,
        inspector=inspector,
        case_id=cause.case_id,
        recorded_at=timezone.now(),
    )
    data = cause.told | {"structure": structure.pk, "planned_on": planned_on.isoformat(), "drawn": drawn}
    append(action="inspections.plan", subject=visit, actor=cause.by, data=data)
    return visit


@transaction.atomic
def record_visit(cause: Cause, *, visit: Visit, visited_on: date, findings: Sequence[GivenFinding] = ()) -> Visit:
    """Record that a visit was made, and what it found. Raises VisitedAlready."""
    held = Visit.objects.select_for_update().get(pk=visit.pk)
    if held.visited_on is not None:
        raise VisitedAlready(held.visited_on)
    held.visited_on = visited_on
    held.save(update_fields=["visited_on"])
    now = timezone.now()
    rows = [
        Finding(
            visit=held,
            severity=Finding.Severity(given.severity),
            code=given.code,
            note=given.note,
            due_on=given.due_on,
            recorded_at=now,
        )
        for given in findings
    ]
    Finding.objects.bulk_create(rows)
    data = cause.told | {"visited_on": visited_on.isoformat(), "findings": [row.pk for row in rows]}
    append(action="inspections.record", subject=held, actor=cause.by, data=data)
    return held


@transaction.atomic
def record_inspection(
    cause: Cause,
    *,
    structure: Structure,
    visited_on: date,
    planned_on: date | None = None,
    inspector: Any = None,
    findings: Sequence[Any] = (),
) -> Visit:
    """Enter a visit that a case made, and what it found: what a decision writes. The same day of a case enters once.

    `findings` have code, severity, note and due_on, like those of `DecidedCase.visits`.
    """
    hold(structure)
    same = Visit.objects.none()
    if cause.case_id is not None:
        same = Visit.objects.filter(structure=structure, case_id=cause.case_id)
    if entered := same.filter(visited_on=visited_on).first():
        return entered
    visit = same.filter(visited_on=None).first()
    if visit is None:
        day = planned_on or visited_on
        visit = Visit.objects.create(
            structure=structure,
            planned_on=day,
            inspector=inspector,
            case_id=cause.case_id,
            recorded_at=timezone.now(),
        )
        data = cause.told | {"structure": structure.pk, "planned_on": day.isoformat(), "drawn": False}
        append(action="inspections.plan", subject=visit, actor=cause.by, data=data)
    given = [GivenFinding(one.severity, one.code, one.note, one.due_on) for one in findings]
    return record_visit(cause, visit=visit, visited_on=visited_on, findings=given)


@transaction.atomic
def close_finding(cause: Cause, *, finding: Finding, on: date, note: str = "") -> Finding:
    """What was found wrong is mended. Raises ClosedAlready."""
    held = Finding.objects.select_for_update().get(pk=finding.pk)
    if held.closed_on is not None:
        raise ClosedAlready(held.closed_on)
    held.closed_on, held.closing_note = on, note
    held.save(update_fields=["closed_on", "closing_note"])
    append(action="inspections.close_finding", subject=held, actor=cause.by, data=cause.told | {"on": on.isoformat()})
    return held


@transaction.atomic
def take_measure(
    cause: Cause,
    *,
    structure: Structure,
    kind: str,
    since: date,
    until: date | None = None,
    visit: Visit | None = None,
) -> Measure:
    """A measure against a structure from `since` until before `until`; a suspension suspends it, a closure closes it.

    Raises PeriodsOverlap where one of the kind is in force, `structures.errors.WrongStatus`.
    """
    hold(structure)
    written = Measure.objects.filter(subject=structure, kind=kind, case_id=cause.case_id or 0, reason=cause.reason)
    repeated = written.exists()
    values = {"kind": Kind(kind), "visit": visit}
    measure = begin(Measure, subject=structure, since=since, until=until, cause=cause, **values)
    if repeated:
        return measure
    if kind == Kind.SUSPENSION:
        structures.suspend(cause, structure=structure, since=since, until=until)
    if kind == Kind.CLOSURE:
        structures.close(cause, structure=structure, since=since)
    data = cause.told | {"structure": structure.pk, "kind": str(kind), "since": since.isoformat()}
    append(action="inspections.take_measure", subject=measure, actor=cause.by, data=data)
    return measure


@transaction.atomic
def lift_measure(cause: Cause, *, structure: Structure, kind: str, on: date) -> Measure:
    """A measure ends; `on` is the first day without it. A suspension lifted resumes the structure; a closure stays.

    Raises NoSuchMeasure, `structures.errors.WrongStatus`.
    """
    hold(structure)
    measure = current(structure, Measure, on, kind=kind)
    if measure is None or kind == Kind.CLOSURE:
        raise NoSuchMeasure(on)
    ended = cut(measure, on=on, cause=cause)
    if kind == Kind.SUSPENSION:
        structures.resume(cause, structure=structure, since=on)
    data = cause.told | {"structure": structure.pk, "kind": str(kind), "on": on.isoformat()}
    append(action="inspections.lift_measure", subject=ended, actor=cause.by, data=data)
    return ended


@transaction.atomic
def uphold_suspension(cause: Cause, *, structure: Structure, on: date, until: date) -> Measure:
    """From `on` a suspension goes on until before `until`, longer or shorter than before; one that lapsed begins again.

    Raises EndsTooEarly, `structures.errors.WrongStatus`. The same case upholds once.
    """
    hold(structure)
    if upheld := written_by(cause, Measure, subject=structure, kind=Kind.SUSPENSION, reason=cause.reason):
        return upheld
    running = current(structure, Measure, on, kind=Kind.SUSPENSION)
    if running is None:
        return take_measure(cause, structure=structure, kind=Kind.SUSPENSION, since=on, until=until)
    structures.suspend_until(cause, structure=structure, on=on, until=until)
    upheld = correct(running, since=running.since, until=until, cause=cause)
    data = cause.told | {"structure": structure.pk, "until": until.isoformat()}
    append(action="inspections.uphold_suspension", subject=upheld, actor=cause.by, data=data)
    return upheld
