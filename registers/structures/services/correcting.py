"""Correct what was written wrongly about a structure: by a decision or by a person with a reason, on record."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from registers.history import services as history
from registers.history.causes import Cause
from registers.history.models import Period
from registers.structures.models import Structure, StructureDetails
from registers.structures.services.declaring import show_newest
from registers.structures.services.writing import act
from registers.structures.words import index_names

P = TypeVar("P", bound=Period)


def correct_period(cause: Cause, *, period: P, since: date, until: date | None, **values: Any) -> P:
    """Say what a period of a structure should have said from the beginning; what was believed until now stays readable.

    `values` are columns of its kind. Raises Superseded, EndsTooEarly, PeriodsOverlap.
    """
    structure: Structure = period.subject
    with act("correct", structure, cause, since) as doing:
        corrected = history.correct(period, since=since, until=until, cause=cause, **values)
        doing.told |= {"kind": type(period).__name__, "was": period.pk, "now": corrected.pk, "changed": sorted(values)}
        _details_follow(structure, period)
    return corrected


def withdraw_period(cause: Cause, *, period: P) -> P:
    """Believe a period of a structure no more, with nothing in its place. Raises Superseded."""
    structure: Structure = period.subject
    with act("withdraw", structure, cause, period.since) as doing:
        withdrawn = history.withdraw(period, cause=cause)
        doing.told |= {"kind": type(period).__name__, "was": period.pk}
        _details_follow(structure, period)
    return withdrawn


def _details_follow(structure: Structure, period: Period) -> None:
    if not isinstance(period, StructureDetails):
        return
    newest = structure.details.filter(superseded_at__isnull=True).order_by("-since").first()
    if newest is not None:
        show_newest(structure, newest)
    index_names(structure)
