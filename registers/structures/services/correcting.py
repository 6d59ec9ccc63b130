"""Correct what was written wrongly about a structure: by a decision or by a person with a reason, on record."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar, cast

from registers.history import services as history
from registers.history.causes import Cause
from registers.history.models import Period
from registers.structures.models import Status, Structure, StructureDetails, StructureStatus
from registers.structures.services.declaring import show_newest
from registers.structures.services.living import end_what_it_held
from registers.structures.services.statuses import correct_status, withdraw_status
from registers.structures.services.writing import act, not_beyond_closure
from registers.structures.words import index_names

P = TypeVar("P", bound=Period)


def correct_period(cause: Cause, *, period: P, since: date, until: date | None, **values: Any) -> P:
    """Say what a period of a structure should have said from the beginning; what was believed until now stays readable.

    `values` are columns of its kind. The neighbours of a status end and begin with it, and branches follow it.
    Raises Superseded, EndsTooEarly, PeriodsOverlap; for a status StatusGap and ParentRests too.
    """
    structure: Structure = period.subject
    with act("correct", structure, cause, since) as doing:
        corrected: Any
        if isinstance(period, StructureStatus):
            status = Status(values.get("status", period.status))
            corrected = correct_status(period, since=since, until=until, status=status, cause=cause)
            _nothing_outlasts_a_closure(structure, cause)
        else:
            corrected = history.correct(period, since=since, until=until, cause=cause, **values)
        doing.told |= {"kind": type(period).__name__, "was": period.pk, "now": corrected.pk, "changed": sorted(values)}
        _details_follow(structure, period)
    return cast(P, corrected)


def withdraw_period(cause: Cause, *, period: P) -> P:
    """Believe a period of a structure no more; nothing comes in its place, but a status before or after goes on there.

    What a closure ended stays ended though the closure is withdrawn: each is corrected by itself. Raises Superseded;
    for a status StatusGap and ParentRests too.
    """
    structure: Structure = period.subject
    with act("withdraw", structure, cause, period.since) as doing:
        if isinstance(period, StructureStatus):
            withdraw_status(period, cause=cause)
            _nothing_outlasts_a_closure(structure, cause)
        else:
            history.withdraw(period, cause=cause)
        withdrawn: Any = type(period)._default_manager.get(pk=period.pk)
        doing.told |= {"kind": type(period).__name__, "was": period.pk}
        _details_follow(structure, period)
    return cast(P, withdrawn)


def _nothing_outlasts_a_closure(structure: Structure, cause: Cause) -> None:
    for one in (structure, *structure.branches.order_by("pk")):
        closed = not_beyond_closure(one, None)
        if closed is not None:
            end_what_it_held(one, closed, cause)


def _details_follow(structure: Structure, period: Period) -> None:
    if not isinstance(period, StructureDetails):
        return
    newest = structure.details.filter(superseded_at__isnull=True).order_by("-since").first()
    if newest is not None:
        show_newest(structure, newest)
    index_names(structure)
