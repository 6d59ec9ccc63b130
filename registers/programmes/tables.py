"""Load national programmes from a table: of the administration, or the invented ones of the demonstration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.refusal import Refusal
from procedures.tables import Column, Fault, Row, read, text_of
from registers.programmes.models import Mode, Programme
from registers.specialities.models import Speciality

COLUMNS = (
    Column("code", 30, looks=re.compile(r"[A-Z0-9][A-Z0-9-]*"), example="BAT-01-CAP"),
    Column("version", 10, needed=False),
    *(Column(f"title_{language}", 200) for language in ("ar", "fr", "en")),
    Column("speciality", 12),
    Column("level", 12, looks=re.compile(r"CC|CAP|BTP|BTS|attestation"), example="CAP"),
    Column("hours", 5, looks=re.compile(r"[1-9]\d*"), example="1200"),
    Column("mode", 14, needed=False, looks=re.compile("|".join(Mode.values)), example="residential"),
    Column("isced_f", 4, needed=False, looks=re.compile(r"\d{2,4}"), example="0732"),
    Column("isco08", 4, needed=False, looks=re.compile(r"\d{1,4}"), example="7112"),
)


class FaultyTable(Exception):
    """The table cannot be loaded; its faults, one a line, each with its row."""


@dataclass(frozen=True)
class Loaded:
    added: int
    changed: int


@transaction.atomic
def load_programmes(*, path: Path, invented: bool) -> Loaded:
    """Load a CSV table (UTF-8, the columns of COLUMNS), whole or not at all; raises FaultyTable.

    A code and version that are there already take what the table says; what it leaves out stays, for offers name it.
    """
    try:
        rows, faults = read(text_of(path.read_bytes()), COLUMNS)
    except (OSError, Refusal) as broken:
        raise FaultyTable(f"{path} cannot be read: {broken}") from broken
    faults += _unknown_specialities(rows)
    if faults:
        raise FaultyTable("\n".join(f"Row {one.line}, {one.column} “{one.value}”: {one.remedy}" for one in faults))
    known = {(each.code, each.version): each for each in Programme.objects.select_for_update()}
    added = changed = 0
    for row in rows:
        said = _stored(row, invented)
        before = known.get((said["code"], said["version"]))
        if before is None:
            Programme.objects.create(**said)
            added += 1
        elif any(getattr(before, name) != value for name, value in said.items()):
            Programme.objects.filter(pk=before.pk).update(**said)
            changed += 1
    if added or changed:
        subject = ("programmes.programme", "*")
        append(action="programmes.load", subject=subject, data={"added": added, "changed": changed})
    return Loaded(added, changed)


def _unknown_specialities(rows: list[Row]) -> list[Fault]:
    known = set(Speciality.objects.values_list("pk", flat=True))
    remedy = _("No speciality has this code. Take one of the nomenclature.")
    return [
        Fault(line, "speciality", row["speciality"], remedy)
        for line, row in enumerate(rows, start=2)
        if row["speciality"] not in known
    ]


def _stored(row: Row, invented: bool) -> dict[str, Any]:
    said: dict[str, Any] = {name: value for name, value in row.items() if value and name != "speciality"}
    return {
        "version": "1",
        **said,
        "speciality_id": row["speciality"],
        "hours": int(row["hours"]),
        "invented": invented,
    }
