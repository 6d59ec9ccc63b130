"""What the engine asks of the register: for whom a person reads and files, and whom to tell."""

from typing import Any
from uuid import UUID

from procedures.hookspecs import hookimpl
from procedures.representation import Represented
from registers.organisations.models import Organisation
from registers.organisations.roles import Act
from registers.organisations.selectors import people_who_may, standings_of


@hookimpl
def organisations_of_person(person: Any) -> list[Represented]:
    return [
        Represented(
            standing.organisation.public_id,
            str(standing.organisation),
            frozenset(standing.roles),
            reads=standing.may(Act.SEE_CASES),
            files=standing.may(Act.FILE_CASES),
        )
        for standing in standings_of(person)
    ]


@hookimpl
def people_of_organisation(organisation: UUID) -> list[Any]:
    found = Organisation.objects.filter(public_id=organisation).first()
    return list(people_who_may(found, Act.FILE_CASES)) if found else []
