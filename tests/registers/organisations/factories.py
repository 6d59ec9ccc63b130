"""Organisations with people in them, each named after what they do there."""

import itertools
from datetime import date
from typing import Any

from registers.organisations.models import Organisation, Staff
from registers.organisations.services import begin_service, enter_organisation
from tests.procedures.kernel.factories import a_person

LONG_AGO = date(2020, 1, 1)
_count = itertools.count(1)


def a_tax_number() -> str:
    return f"{next(_count):07d}M"


def an_organisation(name: str = "مؤسسة البستان") -> Organisation:
    organisation, _made = enter_organisation(
        kind="company", tax_number=a_tax_number(), name_ar=name, name_fr="Société El Bostan", invented=True
    )
    return organisation


def serving(organisation: Organisation, role: str, *, person: Any = None, since: date = LONG_AGO) -> Staff:
    person = person or a_person(role)
    return begin_service(organisation=organisation, person=person, role=role, since=since)


class Body:
    """An organisation with somebody in each role."""

    def __init__(self) -> None:
        self.organisation = an_organisation()
        self.owner = serving(self.organisation, "owner")
        self.director = serving(self.organisation, "director")
        self.secretary = serving(self.organisation, "secretary")
        self.exam_officer = serving(self.organisation, "exam_officer")
