"""What the rooms above answer and do for this one: they know structures, and structures do not know them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from registers.history.causes import Cause


class Homologations(Protocol):
    """Said by `registers.programmes` when the portal starts."""

    def held_by(self, structure: Any, on: date, believed_at: datetime | None) -> Sequence[Any]: ...

    def structures_holding(self, on: date, speciality: str) -> Any: ...

    def end_all(self, structure: Any, on: date, cause: Cause, speciality: str) -> None: ...


class _Above:
    homologations: Homologations


above = _Above()
