"""Halt something in a speciality and let it go on: what stands behind it is a person with a reason, or a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.refusal import Refusal
from registers.history.services import Cause, begin, end, hold, withdraw
from registers.places.models import Place
from registers.specialities.models import Moratorium, Speciality


@transaction.atomic
def halt(
    cause: Cause,
    *,
    speciality: Speciality,
    kind: str,
    governorate: Place | None,
    reference: str,
    since: date,
    until: date | None,
) -> Moratorium:
    """From a day until before another, or with no end; in one governorate or everywhere (None).

    Raises EndsTooEarly, PeriodsOverlap with both periods.
    """
    said = {"kind": Moratorium.Kind(kind), "governorate": governorate, "reference": reference}
    period = begin(Moratorium, subject=speciality, since=since, until=until, cause=cause, **said)
    record("moratorium.declare", period, cause, kind=kind, place=governorate.code if governorate else "")
    return period


@transaction.atomic
def let_go_on(cause: Cause, *, moratorium: Moratorium, on: date) -> Moratorium:
    """`on` is the first day without it; on or before its first day it is taken back whole.

    Raises Refusal (a day after its end), Superseded.
    """
    period = stop(moratorium, on, cause)
    record("moratorium.end", period, cause, on=on.isoformat())
    return period


def stop(period: Any, on: date, cause: Cause) -> Any:
    """End a period before its end, or withdraw one that would hold on no day."""
    hold(period.subject)
    if period.until is not None and on >= period.until:
        raise Refusal(_("It ends before this day already. Enter an earlier day."), "on")
    return end(period, on=on, cause=cause) if on > period.since else withdraw(period, cause=cause)


def record(action: str, period: Any, cause: Cause, **codes: str) -> None:
    """On the audit chain, with the days of the period and what stands behind the change."""
    days = {"since": period.since.isoformat(), "until": period.until.isoformat() if period.until else None}
    data = {"period": period.pk} | cause.told | days | codes
    append(action=action, subject=period.subject, actor=cause.by, data=data)
