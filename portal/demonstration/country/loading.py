"""Load the country, stage by stage; what is there is passed over, so that a loading that was cut off goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.accounts.models import User
from portal.demonstration.country import incidents
from portal.demonstration.country.groups import play_groups
from portal.demonstration.country.importing import country_import
from portal.demonstration.country.plan import STRUCTURES, TRAINEES, planned_groups, planned_structures
from portal.demonstration.country.structures import enter_structures
from procedures.offices.models import Office
from registers.programmes.models import Programme

Telling = Callable[[str], None]


class NotReady(Exception):
    """Offices, specialities, programmes and the demonstration's accounts are loaded before the country."""


@dataclass(frozen=True)
class Loaded:
    """What was entered by this loading; nothing where the country was there."""

    structures: int = 0
    trainees: int = 0


def load_country(
    *, structures: int = STRUCTURES, trainees: int = TRAINEES, told: Telling = lambda _line: None
) -> Loaded:
    """Load so many structures and trainees (at least six structures); `told` hears of each stage. Raises NotReady."""
    administrator, officer = _account("administrator"), _account("officer")
    office = Office.objects.filter(kind=Office.Kind.CENTRAL).order_by("code").first()
    if administrator is None or office is None or not Programme.objects.exists():
        raise NotReady(NotReady.__doc__)
    country = country_import(by=administrator, office=office)
    if country.is_done:
        return Loaded()
    planned = planned_structures(structures)
    entered = enter_structures(country, planned, staff=_staff())
    told(f"structures: {entered} entered")
    groups = planned_groups(planned, trainees)
    people = play_groups(country, groups)
    told(f"groups: {len(groups)}, {people} trainees entered")
    told(f"likenesses: {incidents.enter_likenesses(country, groups)} proposed")
    incidents.question_certificates(country)
    incidents.halt_a_speciality(country, administrator)
    told(f"doubts: {incidents.report_doubts(planned, officer)} reported")
    country.finish(len(planned))
    return Loaded(entered, people)


def _staff() -> dict[str, Any]:
    """Who serves in the first organisation, as far as their accounts were made."""
    serving = {"owner": _account("centre"), "secretary": _account("secretary")}
    return {role: account for role, account in serving.items() if account is not None}


def _account(code: str) -> Any:
    return User.objects.filter(email=f"{code}@demo.takwin.example").first()
