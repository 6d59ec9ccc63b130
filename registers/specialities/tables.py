"""The nomenclature as a table: what a file would change, and the change itself, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.offices.guards import demand_administrator
from procedures.refusal import Refusal
from procedures.tables import Column, Difference, Fault, Row, compare, read
from registers.specialities.editing import CODE, show_at_once
from registers.specialities.models import Speciality

ABOUT = "specialities.speciality"  # as the audit chain names one
COLUMNS = (
    Column("code", 12, looks=CODE, example="BAT-01"),
    *(Column(f"sector_{language}", 100) for language in ("ar", "fr", "en")),
    *(Column(f"name_{language}", 150) for language in ("ar", "fr", "en")),
    Column("sector", 12, needed=False),
    Column("isced_f", 4, needed=False, looks=re.compile(r"\d{2,4}"), example="0732"),
    Column("isco08", 4, needed=False, looks=re.compile(r"\d{1,4}"), example="7112"),
    Column("levels", 60, needed=False),
)


@dataclass(frozen=True)
class Preview:
    """What a table would do: nothing while it has faults."""

    faults: Sequence[Fault]
    difference: Difference | None


def preview(text: str) -> Preview:
    """What loading this table would change. Raises Refusal where it is no table of specialities."""
    rows, faults = read(text, COLUMNS)
    return Preview(faults, None if faults else compare(rows, _known()))


@transaction.atomic
def load_table(*, text: str, by: Any) -> Difference:
    """Load a table of the administration, whole or not at all; a code that it leaves out stays. Raises Refusal."""
    demand_administrator(by)
    rows, faults = read(text, COLUMNS)
    if faults:
        raise Refusal(_("The table has faults. Nothing was loaded: mend them, then choose the file again."), "table")
    list(Speciality.objects.select_for_update().order_by("pk").values_list("pk"))
    difference = compare(rows, _known())
    for row in difference.added:
        Speciality.objects.create(**_stored(row))
    for change in difference.changed:
        Speciality.objects.filter(pk=change.code).update(**_stored(change.now), invented=False)
    data = {"added": len(difference.added), "changed": len(difference.changed), "same": difference.same}
    append(action="speciality.load", subject=(ABOUT, "*"), actor=by, data=data)
    for row in difference.added:
        append(action="speciality.create", subject=(ABOUT, row["code"]), actor=by, data={"code": row["code"]})
    for change in difference.changed:
        told = {"was": change.was, "now": change.now}
        append(action="speciality.change", subject=(ABOUT, change.code), actor=by, data=told)
    show_at_once()
    return difference


def _known() -> dict[str, Row]:
    names = [column.name for column in COLUMNS]
    rows = Speciality.objects.values(*names)
    return {row["code"]: row | {"levels": " ".join(row["levels"])} for row in rows}


def _stored(row: Row) -> dict[str, Any]:
    return row | {"levels": row["levels"].split()} if "levels" in row else dict(row)
