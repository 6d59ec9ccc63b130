"""What a circular asks and rules about moratoria, what its decision does, and which speciality it touches."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures import api as p
from procedures.refusal import Refusal
from registers.history.causes import Cause
from registers.history.selectors import believed
from registers.places.models import Place
from registers.specialities.halting import halt, let_go_on
from registers.specialities.models import Moratorium, Speciality

BEGINS, ENDS = "begins", "ends"
HALTED = dict(Moratorium.Kind.choices)
CIRCULAR = "circular"  # of the reasons of moratoria, and of their ends
DAY = timedelta(days=1)


def moratorium_is_possible(block: p.Address) -> tuple[p.Rule, p.Rule]:
    """Of the block that names it: one that begins meets none of its kind, one that ends is in force until later.

    The block asks `act` (begins, ends), `speciality`, `kind`, `governorate` (empty: everywhere), `since`, `until`.
    """

    @p.fact(
        f"{block}.speciality",
        f"{block}.kind",
        f"{block}.governorate?",
        f"{block}.since",
        title=gettext_lazy("Moratorium on that day"),
    )
    def moratorium_then(speciality: str, kind: str, governorate: str | None, since: date) -> bool:
        return _standing(speciality, kind, governorate, since) is not None

    @p.rule(
        f"{block}.act",
        moratorium_then,
        says=gettext_lazy("To begin a moratorium none of its kind may be in force then; to end one it must be."),
        title=gettext_lazy("The moratorium can begin, or end, on that day"),
    )
    def moratorium_is_possible(act: str, in_force: bool) -> bool:
        return in_force == (act == ENDS)

    @p.rule(
        f"{block}.since",
        f"{block}.until",
        says=gettext_lazy("The last day comes before the first. Correct one of them."),
        title=gettext_lazy("The moratorium has an order of days"),
    )
    def moratorium_runs_forward(since: date, until: date) -> bool:
        return since <= until

    return moratorium_is_possible, moratorium_runs_forward


def change_moratorium(case: p.DecidedCase, said: dict[str, Any], *, reference: str) -> None:
    """What a circular says of a moratorium, by the names of the block that asks it.

    Raises Refusal where the register has moved since the file was opened.
    """
    cause = Cause(case=case, reason=CIRCULAR)
    governorate = Place.objects.filter(pk=said.get("governorate") or "").first()
    if said["act"] == ENDS:
        found = _standing(said["speciality"], said["kind"], said.get("governorate"), said["since"])
        if found is None:
            raise Refusal(_("This moratorium was ended meanwhile. Nothing was changed."))
        let_go_on(cause, moratorium=found, on=said["since"])
        return
    halt(
        cause,
        speciality=Speciality.objects.get(pk=said["speciality"]),
        kind=said["kind"],
        governorate=governorate,
        reference=reference,
        since=said["since"],
        until=said["until"] + DAY if said.get("until") else None,
    )


def _standing(speciality: str, kind: str, governorate: str | None, on: date) -> Moratorium | None:
    """Declared for exactly this place, and not over on that day; one that is yet to begin can be taken back."""
    rows = Moratorium.objects.filter(believed(), subject=speciality, kind=kind, governorate=governorate or None)
    found = (row for row in rows.order_by("since") if row.until is None or row.until > on)
    return next(found, None)
