"""Load delegations from a table: of the administration, or the invented ones of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from procedures.audit.services import append
from procedures.refusal import Refusal
from procedures.tables import text_of
from registers.places.editing import ABOUT, preview
from registers.places.models import Place


class FaultyTable(Exception):
    """The table cannot be loaded; its faults, one a line, each with its row."""


@dataclass(frozen=True)
class Loaded:
    added: int
    changed: int


@transaction.atomic
def load_places(*, path: Path, invented: bool) -> Loaded:
    """Load a CSV table (UTF-8: code, governorate, name_ar, name_fr, name_en), whole or not at all; raises FaultyTable.

    A code that is there already takes the new names; what the table leaves out stays, for structures may name it.
    """
    try:
        found = preview(text_of(path.read_bytes()))
    except (OSError, Refusal) as broken:
        raise FaultyTable(f"{path} cannot be read: {broken}") from broken
    if found.difference is None:
        raise FaultyTable(
            "\n".join(f"Row {fault.line}, {fault.column} “{fault.value}”: {fault.remedy}" for fault in found.faults)
        )
    for row in found.difference.added:
        names = {name: value for name, value in row.items() if name != "governorate"}
        Place.objects.create(kind=Place.Kind.DELEGATION, parent_id=row["governorate"], invented=invented, **names)
    for change in found.difference.changed:
        columns = {("parent_id" if name == "governorate" else name): value for name, value in change.now.items()}
        Place.objects.filter(pk=change.code).update(**columns, invented=invented)
    loaded = Loaded(added=len(found.difference.added), changed=len(found.difference.changed))
    if loaded.added or loaded.changed:
        append(action="place.load", subject=(ABOUT, "*"), data={"added": loaded.added, "changed": loaded.changed})
    return loaded
