"""What an effect receives: a decided case, readable by address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from procedures.definition import Kind, Need
from procedures.rules import Missing, Situation

if TYPE_CHECKING:
    from procedures.visits.selectors import MadeVisit


@dataclass(frozen=True)
class DecidedCase:
    """A case at the moment of its decision: `case["granted.level"]`, `case["identity"]`, `case.rows("stays")`.

    `situation` holds the answers of the applicant and of the officers together; `documents` are the public ids of what
    is issued. Inside the transaction of the decision: what an effect raises undoes the decision.
    """

    situation: Situation = field(repr=False)
    kind: Kind
    case_id: int
    number: str
    decided_at: datetime
    documents: tuple[str, ...] = ()

    def __getitem__(self, address: Need) -> Any:
        """The value at an address, or of a whole block as a mapping; None where it is empty, not asked or unknown."""
        value = self.situation.value(address)
        return None if isinstance(value, Missing) else value

    @property
    def visits(self) -> tuple[MadeVisit, ...]:
        """Visits on site that were made for the case, each with its day, its inspector and what it found."""
        from procedures.visits.selectors import visits_made  # the words of a procedure are read before any table

        return visits_made(self.case_id)

    def rows(self, group: str) -> Iterator[Mapping[str, Any]]:
        """The rows of a group, each a mapping of its answers."""
        value = self[group]
        yield from value or ()
