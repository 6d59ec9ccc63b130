"""Change the list of places by hand: each change by an administrator, on record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from procedures.audit.services import append, change
from procedures.offices.guards import demand_administrator
from procedures.refusal import Refusal
from procedures.tables import Column, Difference, Fault, Row, compare, read
from registers.places.models import Place

ABOUT = "places.place"  # as the audit chain names one
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,11}")
GOVERNORATE = re.compile(r"TN-\d\d")
NAMES = ("name_ar", "name_fr", "name_en")
COLUMNS = (
    Column("code", 12, looks=CODE, example="TN-82-01"),
    Column("governorate", 5, looks=GOVERNORATE, example="TN-82"),
    *(Column(name, 100) for name in NAMES),
)


@dataclass(frozen=True)
class Preview:
    """What a table would do: nothing while it has faults."""

    faults: Sequence[Fault]
    difference: Difference | None


@transaction.atomic
def create_delegation(*, code: str, governorate: Place, by: Any, **names: str) -> Place:
    """Add a delegation to a governorate; `names` by the words of NAMES. Raises Refusal (code)."""
    demand_administrator(by)
    if not CODE.fullmatch(code):
        raise Refusal(_("Enter capital letters, digits and hyphens, 12 at most, for example TN-82-01."), "code")
    if Place.objects.filter(code=code).exists():
        raise Refusal(_("Another place has the code “%(code)s”. Enter another code.") % {"code": code}, "code")
    place = Place.objects.create(code=code, kind=Place.Kind.DELEGATION, parent=governorate, **_named(names))
    append(action="place.create", subject=place, actor=by, data={"code": code, "governorate": governorate.code})
    return place


@transaction.atomic
def rename_place(*, place: Place, by: Any, **names: str) -> Place:
    """Give a governorate or a delegation other names; its code stays."""
    demand_administrator(by)
    held = Place.objects.select_for_update().get(pk=place.pk)
    if change(held, _named(names), action="place.change", actor=by):
        _show_at_once()
    return held


def preview(text: str) -> Preview:
    """What loading this table of delegations would change. Raises Refusal where it is no such table."""
    rows, faults = read(text, COLUMNS)
    faults += _unknown_governorates(rows)
    return Preview(faults, None if faults else compare(rows, _known()))


@transaction.atomic
def load_table(*, text: str, by: Any) -> Difference:
    """Load a table of delegations, whole or not at all; a code that it leaves out stays. Raises Refusal."""
    demand_administrator(by)
    rows, faults = read(text, COLUMNS)
    if faults or _unknown_governorates(rows):
        raise Refusal(_("The table has faults. Nothing was loaded: mend them, then choose the file again."), "table")
    list(Place.objects.select_for_update().order_by("pk").values_list("pk"))
    difference = compare(rows, _known())
    for row in difference.added:
        Place.objects.create(kind=Place.Kind.DELEGATION, **_stored(row))
        append(action="place.create", subject=(ABOUT, row["code"]), actor=by, data={"code": row["code"]})
    for each in difference.changed:
        Place.objects.filter(pk=each.code).update(**_stored(each.now), invented=False)
        append(action="place.change", subject=(ABOUT, each.code), actor=by, data={"was": each.was, "now": each.now})
    data = {"added": len(difference.added), "changed": len(difference.changed), "same": difference.same}
    append(action="place.load", subject=(ABOUT, "*"), actor=by, data=data)
    return difference


def _unknown_governorates(rows: Sequence[Row]) -> list[Fault]:
    known = set(Place.objects.filter(kind=Place.Kind.GOVERNORATE).values_list("pk", flat=True))
    words = _("No governorate has this code. Take one of the list of places.")
    taken = _("This is the code of a governorate. Give the delegation a code of its own.")
    faults = []
    for line, row in enumerate(rows, start=2):
        if row["governorate"] not in known and GOVERNORATE.fullmatch(row["governorate"]):
            faults.append(Fault(line, "governorate", row["governorate"], words))
        if row["code"] in known:
            faults.append(Fault(line, "code", row["code"], taken))
    return faults


def _known() -> dict[str, Row]:
    rows = Place.objects.filter(kind=Place.Kind.DELEGATION).values("code", "parent_id", *NAMES)
    return {
        row["code"]: {"governorate": row["parent_id"]} | {name: row[name] for name in ("code", *NAMES)} for row in rows
    }


def _stored(row: Row) -> dict[str, Any]:
    return {("parent_id" if name == "governorate" else name): value for name, value in row.items()}


def _named(names: dict[str, str]) -> dict[str, str]:
    return {name: names[name] for name in NAMES}


def _show_at_once() -> None:
    """The lists that people choose from follow the change."""
    cache.delete("places.governorates")
    transaction.on_commit(lambda: cache.delete("places.governorates"))
