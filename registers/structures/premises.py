"""What a procedure asks and rules about the place where a structure teaches: its premises and their rooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures import api as p
from procedures.api import fields as f

OCCUPANCIES = {"owner": _("Owned"), "lease": _("Rented"), "loan": _("Lent free of charge")}
ROOM_KINDS = {
    "classroom": _("Classroom"),
    "workshop": _("Workshop"),
    "lab": _("Laboratory"),
    "admin": pgettext_lazy("room", "Office of the administration"),
    "sanitary": _("Toilets"),
}
# No text that was read gives these figures: assumptions, printed as such and changed by whoever may.
AREA_A_PLACE = p.Parameter(
    "premises.area_a_place", {"classroom": "1.5", "lab": "2", "workshop": "4"}, _("Least square metres a place")
)
LEASE_MONTHS = p.Parameter("premises.lease_months", 12, _("Months that a lease must still run"))
FIRE_SAFETY_MONTHS = p.Parameter(
    "premises.fire_safety_months", 12, _("Months for which a fire-safety certificate holds")
)


class Premises(f.Fieldset):
    legend = _("Premises")
    occupancy = f.Choice(_("Right to the premises"), OCCUPANCIES)
    lease_end = f.Date(_("Last day of the lease"), when=p.given(".occupancy", "lease"), sample="2031-12-31")
    accessible = f.YesNo(_("Accessible to people with reduced mobility"))
    fire_safety_date = f.Date(_("Date of the fire-safety certificate"), latest="today", sample="2026-03-02")


class Room(f.Fieldset):
    legend = _("Rooms")
    label = f.Text(_("Name or number of the room"), least=1, most=60, sample={"ar": "قاعة 1", "fr": "Salle 1"})
    kind = f.Choice(pgettext_lazy("room", "Kind"), ROOM_KINDS)
    area_m2 = f.Number(_("Area in square metres"), least="1", most=5000, sample="45")
    capacity = f.Whole(_("Places in the room"), help=_("0 where nobody is taught."), most=500, sample=20)


def lease_is_long_enough(block: str, since: p.Need) -> p.Rule:
    """A lease runs on long enough after the day on which the premises are to serve: `lease_end`."""

    @p.rule(
        f"{block}.lease_end",
        since,
        LEASE_MONTHS,
        says=_("The lease must run for at least %(months)s months after %(opening)s. Extend it, or correct the dates."),
        title=_("The lease is long enough"),
    )
    def lease_is_long_enough(end: date, opening: date, months: int) -> bool:
        return _months_between(opening, end) >= months

    return lease_is_long_enough


def fire_safety_is_recent(block: str, on: p.Need = "case.filed_on") -> p.Rule:
    """The fire-safety certificate is not too old on a day: `fire_safety_date`."""

    @p.rule(
        f"{block}.fire_safety_date",
        on,
        FIRE_SAFETY_MONTHS,
        says=_("The fire-safety certificate is older than %(months)s months. Ask for a new one."),
        title=_("The fire-safety certificate is recent"),
    )
    def fire_safety_is_recent(issued: date, on: date, months: int) -> bool:
        return _months_between(issued, on) < months or issued == on

    return fire_safety_is_recent


def room_is_large_enough(group: str) -> p.Rule:
    """Each room of a group has the least area for its places: `kind`, `area_m2`, `capacity`."""

    @p.rule(
        f"{group}.kind",
        f"{group}.area_m2",
        f"{group}.capacity",
        AREA_A_PLACE,
        each=group,
        says=_("%(area)s m² are too few for %(places)s places. Lower the places, or correct the area."),
        title=_("The room is large enough for its places"),
    )
    def room_is_large_enough(kind: str, area: Decimal, places: int, least: Mapping[str, str]) -> bool:
        return area >= Decimal(least.get(kind, "0")) * places

    return room_is_large_enough


def _months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (later.day < earlier.day)
