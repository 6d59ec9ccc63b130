"""Change the nomenclature by hand: one function a change, each by an administrator, with a reason, on record."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append, change
from procedures.offices.guards import demand_administrator
from procedures.refusal import Refusal
from registers.history.services import Cause, begin
from registers.places.models import Place
from registers.specialities.halting import halt, let_go_on, record, stop
from registers.specialities.models import Moratorium, Retirement, Speciality
from registers.specialities.reasons import ENDS, MORATORIA, RETIREMENTS
from registers.specialities.selectors import forget

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,11}")
EDITABLE = (
    "sector", "sector_ar", "sector_fr", "sector_en", "name_ar", "name_fr", "name_en", "isced_f", "isco08", "levels",
)  # fmt: skip


@transaction.atomic
def create_speciality(*, code: str, by: Any, **values: Any) -> Speciality:
    """Add a speciality; `values` by the names in EDITABLE. It is offered at once. Raises Refusal (code)."""
    demand_administrator(by)
    if not CODE.fullmatch(code):
        raise Refusal(_("Enter capital letters, digits and hyphens, 12 at most, for example BAT-01."), "code")
    if Speciality.objects.filter(code=code).exists():
        raise Refusal(_("Another speciality has the code “%(code)s”. Enter another code.") % {"code": code}, "code")
    speciality = Speciality.objects.create(code=code, **{name: values[name] for name in EDITABLE if name in values})
    append(action="speciality.create", subject=speciality, actor=by, data={"code": code})
    show_at_once()
    return speciality


@transaction.atomic
def change_speciality(*, speciality: Speciality, by: Any, **values: Any) -> Speciality:
    """Give a speciality other words or codes, by the names in EDITABLE; its own code stays."""
    demand_administrator(by)
    held = Speciality.objects.select_for_update().get(pk=speciality.pk)
    new = {name: values[name] for name in EDITABLE if name in values}
    if change(held, new, action="speciality.change", actor=by):
        show_at_once()
    return held


@transaction.atomic
def retire_speciality(
    *, speciality: Speciality, since: date, until: date | None = None, reason: str, note: str = "", by: Any
) -> Retirement:
    """Offer a speciality no more from a day on, until another where one is given. What names it keeps its name.

    `reason`: a code of RETIREMENTS. Raises Refusal (a past day, no reason); EndsTooEarly, PeriodsOverlap.
    """
    demand_administrator(by)
    _demand(reason, RETIREMENTS)
    if since < timezone.localdate():
        raise Refusal(_("Until today people could choose it. Enter today or a later day."), "since")
    cause = Cause(by=by, reason=reason, note=note)
    period = begin(Retirement, subject=speciality, since=since, until=until, cause=cause)
    record("speciality.retire", period, cause)
    show_at_once()
    return period


@transaction.atomic
def restore_speciality(*, retirement: Retirement, on: date, reason: str, by: Any) -> Retirement:
    """Offer a retired speciality again from a day on. `reason`: a code of ENDS. Raises Refusal, Superseded."""
    demand_administrator(by)
    _demand(reason, ENDS)
    cause = Cause(by=by, reason=reason)
    period = stop(retirement, on, cause)
    record("speciality.restore", period, cause, on=on.isoformat())
    show_at_once()
    return period


@transaction.atomic
def declare_moratorium(
    *,
    speciality: Speciality,
    kind: str,
    governorate: Place | None,
    reference: str,
    since: date,
    until: date | None,
    reason: str,
    note: str = "",
    by: Any,
) -> Moratorium:
    """Halt something in a speciality, in one governorate or everywhere (None), from a day until another or no end.

    `reason`: a code of MORATORIA. Raises Refusal (no reason); EndsTooEarly, PeriodsOverlap with both periods.
    """
    demand_administrator(by)
    _demand(reason, MORATORIA)
    said: dict[str, Any] = {"kind": kind, "governorate": governorate, "reference": reference}
    cause = Cause(by=by, reason=reason, note=note)
    return halt(cause, speciality=speciality, since=since, until=until, **said)


@transaction.atomic
def end_moratorium(*, moratorium: Moratorium, on: date, reason: str, note: str = "", by: Any) -> Moratorium:
    """Let a moratorium end: `on` is the first day without it; on or before its first day it is taken back whole.

    `reason`: a code of ENDS. Raises Refusal (no reason, a day after its end), Superseded.
    """
    demand_administrator(by)
    _demand(reason, ENDS)
    return let_go_on(Cause(by=by, reason=reason, note=note), moratorium=moratorium, on=on)


def show_at_once() -> None:
    """The lists that people choose from follow the change: here and, once it is committed, everywhere."""
    forget()
    transaction.on_commit(forget)


def _demand(reason: str, known: dict[str, Any]) -> None:
    if reason not in known:
        raise Refusal(_("Choose a reason."), "reason")
