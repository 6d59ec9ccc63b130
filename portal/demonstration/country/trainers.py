"""Trainers of the country's structures."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from portal.demonstration.country.importing import CountryImport
from portal.demonstration.country.people import trainer
from portal.demonstration.country.plan import Fate, PlannedStructure
from registers.people.models import Engagement
from registers.people.services import declare_trainer, engage, enter_people
from registers.structures.models import Structure

EACH = 2


def engage_trainers(country: CountryImport, planned: PlannedStructure, structure: Structure, chance: Random) -> None:
    """Two trainers for each structure, who left where it closed."""
    place = structure.place.name_ar
    given = [trainer(country, planned.position * EACH + each, place) for each in range(EACH)]
    since = country.ago(planned.age) + timedelta(days=15)
    until = country.ago(130) if planned.fate is Fate.CLOSED else None
    for entered in enter_people(country.cause, rows=given):
        shown = {"diploma": "BTS", "speciality": planned.sector, "year": since.year - 5, "country": "TN"}
        who, _made = declare_trainer(country.cause, person=entered.person, qualifications=[shown])
        engage(
            country.cause,
            trainer=who,
            structure=structure,
            since=since,
            until=until,
            contract=chance.choice(Engagement.Contract.values),
            hours=chance.choice((12, 18, 30)),
        )
