"""Who else confirms a filing before it counts: read off the procedure and the answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from procedures.calendar.services import day_after
from procedures.cases.models import Confirmation
from procedures.definition import Days, Delay, Procedure, Signatory
from procedures.rules import Situation

USUAL: Delay = Days(7)  # to answer, where the procedure says nothing: an assumption


@dataclass(frozen=True)
class Asked:
    """One person to ask, by the address that the applicant gave."""

    signatory: Signatory
    row: str
    email: str

    def due_on(self, day: date) -> date:
        deadline = self.signatory.deadline
        return day_after(day, deadline.within if deadline else USUAL)


def asked_of(procedure: Procedure, situation: Situation, answers: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Those whom this filing needs: a signatory whose condition does not surely fail, once a row where `who` is one."""
    return tuple(
        Asked(signatory, row, email.strip().lower())
        for signatory in procedure.signatories
        if situation.holds(signatory.when) is not False
        for row, email in _addresses(signatory.who, answers)
        if email.strip()
    )


def signatory_of(procedure: Procedure, confirmation: Confirmation) -> Signatory | None:
    """Its words in the procedure; None where a later version has dropped it."""
    return next((each for each in procedure.signatories if each.code == confirmation.code), None)


def _addresses(who: str, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    block, _dot, name = who.rstrip("?").partition(".")
    given = answers.get(block) or {}
    for row in given if isinstance(given, list) else [given]:
        yield str(row.get("_row", "")), str(row.get(name) or "")
