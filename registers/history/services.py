"""Write periods: begin, end, correct, withdraw. What was believed before stays, and until when it was believed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from registers.history.causes import Cause, NoCause
from registers.history.errors import EndsTooEarly, PeriodsOverlap, Refusal, Superseded
from registers.history.models import Period

__all__ = [
    "Cause",
    "EndsTooEarly",
    "NoCause",
    "PeriodsOverlap",
    "Refusal",
    "Superseded",
    "begin",
    "correct",
    "end",
    "hold",
    "withdraw",
    "written_by",
]
P = TypeVar("P", bound=Period)


def hold(subject: Any) -> Any:
    """Lock the row of a subject until the caller's transaction ends: its periods are written by one at a time."""
    type(subject)._default_manager.select_for_update(of=("self",)).only("pk").get(pk=subject.pk)
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

    Gives the row that holds now. Raises Superseded; EndsTooEarly where `on` is not after its beginning: withdraw it.
    """
    hold(period.subject)
    newest = _newest(period)
    if newest.until == on and newest.end_case_id is not None and newest.end_case_id == cause.case_id:
        return newest
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
    _sign(corrected, cause)
    return _put_in_place(period, corrected)


@transaction.atomic
def withdraw(period: P, *, cause: Cause) -> P:
    """Believe a period no more, with nothing in its place. The caller's audit entry says who and why."""
    hold(period.subject)
    if not isinstance(cause, Cause):
        raise NoCause
    held = _believed(period)
    held.superseded_at = _now(held)
    held.save(update_fields=["superseded_at"])
    return held


def written_by(cause: Cause, model: type[P], **said: Any) -> P | None:
    """The row that holds now of what this case wrote before, so that an effect carried out twice writes once."""
    if cause.case_id is None:
        return None
    first = model._default_manager.filter(case_id=cause.case_id, **said).order_by("-pk").first()
    return None if first is None else _newest(first)


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
    kept = {field.attname: getattr(period, field.attname) for field in period._meta.concrete_fields}
    kept |= {"id": None, "replaces_id": period.pk, "recorded_at": _now(period)}
    successor = type(period)(**kept)
    for name, value in changes.items():
        setattr(successor, name, value)
    return successor


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
