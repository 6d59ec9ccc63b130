"""Write periods: begin, end, correct, withdraw. What was believed before stays, and until when it was believed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from registers.history.causes import Cause, NoCause
from registers.history.errors import EndsBefore, EndsTooEarly, NothingThen, PeriodsOverlap, Refusal, Superseded
from registers.history.models import Period, Withdrawal

__all__ = [
    "Cause",
    "EndsBefore",
    "EndsTooEarly",
    "NoCause",
    "NothingThen",
    "PeriodsOverlap",
    "Refusal",
    "Superseded",
    "begin",
    "change",
    "correct",
    "cut",
    "end",
    "ended_by",
    "hold",
    "withdraw",
    "written_by",
]
P = TypeVar("P", bound=Period)


def hold(subject: Any) -> Any:
    """Lock the row of a subject until the caller's transaction ends: its periods are written by one at a time."""
    type(subject)._default_manager.select_for_update(no_key=True).only("pk").get(pk=subject.pk)
    return subject


@transaction.atomic
def begin(model: type[P], *, subject: Any, since: date, until: date | None = None, cause: Cause, **values: Any) -> P:
    """Write that `values` hold for `subject` from `since` until before `until` (None: open).

    The same case saying the same thing again gets the row it wrote. Raises EndsTooEarly; PeriodsOverlap with both.
    """
    hold(subject)
    period = model(subject=subject, since=since, until=until, recorded_at=_now(), **values)
    repeated = written_by(cause, model, subject=subject, since=since, **values)
    if repeated is not None:
        return repeated
    _sign(period, cause)
    _refuse(period)
    period.save(force_insert=True)
    return period


@transaction.atomic
def end(period: P, *, on: date, cause: Cause) -> P:
    """Let a period end: `on` is the first day without it. The same case ending it again changes nothing.

    Gives the row that holds now; one that ends on that day anyway stands as it is. Raises Superseded, EndsTooEarly, and
    EndsBefore where it would be made longer: that is a correction.
    """
    hold(period.subject)
    newest = _newest(period)
    if newest.until == on and (newest.pk == period.pk or _same_case(newest, cause)):
        return newest
    if newest.until is not None and newest.until < on:
        raise EndsBefore(newest.until, on)
    ended = _successor(_believed(period), since=period.since, until=on)
    ended.end_case_id, ended.end_batch = cause.case_id, cause.batch_id
    ended.end_reason, ended.end_note = cause.reason, cause.note
    ended.recorded_by = cause.by
    return _put_in_place(period, ended)


@transaction.atomic
def correct(period: P, *, since: date, until: date | None, cause: Cause, **values: Any) -> P:
    """Say what a period should have said: the old row is believed no more, the new one names it.

    Raises Superseded, EndsTooEarly, PeriodsOverlap.
    """
    hold(period.subject)
    corrected = _successor(_believed(period), since=since, until=until, **values)
    if until != period.until:
        corrected.end_case_id = corrected.end_batch = None
        corrected.end_reason = corrected.end_note = ""
    _sign(corrected, cause)
    return _put_in_place(period, corrected)


@transaction.atomic
def withdraw(period: P, *, cause: Cause) -> P:
    """Believe a period no more, with nothing in its place; a Withdrawal says who and why. Raises Superseded."""
    hold(period.subject)
    if not isinstance(cause, Cause):
        raise NoCause
    held: P = _believed(period)
    held.superseded_at = _now(held)
    held.save(update_fields=["superseded_at"])
    Withdrawal.objects.create(
        kind=held._meta.label_lower,
        period=held.pk,
        case_id=cause.case_id,
        batch=cause.batch_id,
        reason=cause.reason,
        note=cause.note,
        withdrawn_at=held.superseded_at,
        withdrawn_by=cause.by,
    )
    return held


def written_by(cause: Cause, model: type[P], **said: Any) -> P | None:
    """The row that holds now of what this case wrote before, so that an effect carried out twice writes once."""
    if cause.case_id is None:
        return None
    first = model._default_manager.filter(case_id=cause.case_id, **said).order_by("-pk").first()
    return None if first is None else _newest(first)


def ended_by(cause: Cause, model: type[P], **said: Any) -> P | None:
    """The row that holds now of what this case ended before."""
    if cause.case_id is None:
        return None
    ended = model._default_manager.filter(end_case_id=cause.case_id, **said).order_by("-pk").first()
    return None if ended is None else _newest(ended)


@transaction.atomic
def cut(period: P, *, on: date, cause: Cause) -> P:
    """Let nothing of a period stand from `on` on: it ends, or is withdrawn where it would only have begun."""
    return withdraw(period, cause=cause) if on <= period.since else end(period, on=on, cause=cause)


@transaction.atomic
def change(model: type[P], *, subject: Any, since: date, cause: Cause, **values: Any) -> list[P]:
    """From `since` on `values` hold, and whatever else was said stands, that which is planned too.

    Gives the rows that hold now, the one that begins on `since` first. Raises NothingThen where none holds on `since`.
    """
    hold(subject)
    believed = model._default_manager.filter(**{"subject": subject}, superseded_at__isnull=True)
    touched = list(believed.filter(Q(until__isnull=True) | Q(until__gt=since)).order_by("since"))
    if not touched or touched[0].since > since:
        raise NothingThen(since)
    first, *later = touched
    if first.since < since:
        end(first, on=since, cause=cause)
        begun = _copy(first, since=since, until=first.until, **values)
        _sign(begun, cause)
        _refuse(begun)
        begun.save(force_insert=True)
    else:
        begun = correct(first, since=since, until=first.until, cause=cause, **values)
    return [begun, *(correct(row, since=row.since, until=row.until, cause=cause, **values) for row in later)]


def _same_case(period: Any, cause: Cause) -> bool:
    return cause.case_id is not None and period.end_case_id == cause.case_id


def _sign(period: Period, cause: Cause) -> None:
    period.case_id, period.batch = cause.case_id, cause.batch_id
    period.reason, period.note, period.recorded_by = cause.reason, cause.note, cause.by


def _believed(period: Any) -> Any:
    held = type(period)._default_manager.get(pk=period.pk)
    if held.superseded_at is not None:
        raise Superseded(held)
    return held


def _newest(period: Any) -> Any:
    while (successor := type(period)._default_manager.filter(replaces=period).first()) is not None:
        period = successor
    return period


def _successor(period: Any, **changes: Any) -> Any:
    successor = _copy(period, **changes)
    successor.replaces_id = period.pk
    return successor


def _copy(period: Any, **changes: Any) -> Any:
    kept = {field.attname: getattr(period, field.attname) for field in period._meta.concrete_fields}
    copied = type(period)(**kept | {"id": None, "replaces_id": None, "recorded_at": _now(period)})
    for name, value in changes.items():
        setattr(copied, name, value)
    return copied


def _put_in_place(period: Any, successor: Any) -> Any:
    _refuse(successor)
    type(period)._default_manager.filter(pk=period.pk).update(superseded_at=successor.recorded_at)
    successor.save(force_insert=True)
    return successor


def _refuse(period: Any) -> None:
    """Raises EndsTooEarly or PeriodsOverlap; the row that `period` replaces does not count."""
    if period.until is not None and period.until <= period.since:
        raise EndsTooEarly(period.since, period.until)
    model: Any = type(period)
    keys = [model._meta.get_field(key).attname for key in model.exclusive]
    same = Q(*(Q(**{key: getattr(period, key)}) for key in keys if getattr(period, key) is not None))
    same &= Q(*(Q(**{f"{key}__isnull": True}) for key in keys if getattr(period, key) is None))
    found = model._default_manager.filter(same, superseded_at__isnull=True).exclude(pk=period.replaces_id)
    found = found.filter(Q(until__isnull=True) | Q(until__gt=period.since))
    if period.until is not None:
        found = found.filter(since__lt=period.until)
    existing = found.order_by("since").first()
    if existing is not None:
        raise PeriodsOverlap(existing, period)


def _now(after: Period | None = None) -> datetime:
    """Now, or the moment of the row before where the clock stood still or was set back: belief runs forward only."""
    now = timezone.now()
    return now if after is None else max(now, after.recorded_at)
