"""What held on a day, as believed now or at another moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Manager, Q, QuerySet

from registers.history.models import Period, Withdrawal

P = TypeVar("P", bound=Period)


def on_day(on: date, prefix: str = "") -> Q:
    """Holds on `on`: `since` counts, `until` does not. `prefix` is the path to the period ("statuses__")."""
    return Q(**{f"{prefix}since__lte": on}) & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": on}))


def believed(at: datetime | None = None, prefix: str = "") -> Q:
    """Believed at a moment, or now."""
    if at is None:
        return Q(**{f"{prefix}superseded_at__isnull": True})
    return Q(**{f"{prefix}recorded_at__lte": at}) & (
        Q(**{f"{prefix}superseded_at__isnull": True}) | Q(**{f"{prefix}superseded_at__gt": at})
    )


def in_force(
    periods: type[P] | QuerySet[P] | Manager[P], on: date, *, believed_at: datetime | None = None
) -> QuerySet[P]:
    """The periods (a model, a query or a related manager) that hold on a day, as believed at a moment (now)."""
    query: QuerySet[P] = periods._default_manager.all() if isinstance(periods, type) else periods.all()
    return query.filter(on_day(on), believed(believed_at))


def current(subject: Any, model: type[P], on: date, *, believed_at: datetime | None = None, **keys: Any) -> P | None:
    """The period of `model` that holds for `subject` on a day, or None; `keys` where one subject has several."""
    return in_force(model, on, believed_at=believed_at).filter(**{"subject": subject, **keys}).first()


def chain(subject: Any, model: type[P], **keys: Any) -> QuerySet[P]:
    """Every row ever written about a subject, believed or not, in the order of its writing: nothing is lost."""
    return model._default_manager.filter(**{"subject": subject, **keys}).order_by("recorded_at", "pk")


def withdrawal_of(period: Period) -> Withdrawal | None:
    """Who took a period back and why; None where it is believed, or where another row stands in its place."""
    return Withdrawal.objects.filter(kind=period._meta.label_lower, period=period.pk).first()
