"""What the register of structures asks of this one: see `registers.structures.above`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from registers.history.selectors import in_force
from registers.history.services import Cause, cut
from registers.programmes.models import Homologation
from registers.structures.models import Structure

WITH_OFFER = "subject__programme__speciality", "subject__place"


class HomologationsOfStructures:
    def held_by(self, structure: Structure, on: date, believed_at: datetime | None) -> Sequence[Homologation]:
        """In force on a day, with their offers and programmes, by speciality and diploma."""
        held = in_force(Homologation, on, believed_at=believed_at).filter(subject__structure=structure)
        return list(held.select_related(*WITH_OFFER).order_by("subject__programme__speciality", "diploma", "pk"))

    def structures_holding(self, on: date, speciality: str) -> Any:
        """The ids of structures with a homologation in force on a day, in a speciality where one is named."""
        held = in_force(Homologation, on)
        if speciality:
            held = held.filter(subject__programme__speciality=speciality)
        return held.values("subject__structure")

    def end_all(self, structure: Structure, on: date, cause: Cause, speciality: str) -> None:
        """End what would last beyond a day, in a speciality where one is named, inside the caller's act."""
        lasting = Homologation.objects.filter(subject__structure=structure, superseded_at__isnull=True)
        if speciality:
            lasting = lasting.filter(subject__programme__speciality=speciality)
        for row in lasting.exclude(until__lte=on).order_by("subject", "since"):
            cut(row, on=on, cause=cause)
