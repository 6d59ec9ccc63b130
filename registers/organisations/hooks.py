"""What the engine asks of the register: for whom a person reads and files, and whom to tell."""

from typing import Any
from uuid import UUID

from procedures.hookspecs import hookimpl
from procedures.representation import Represented
from procedures.sources.known import Known, Origin
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


@hookimpl
def known_facts(person: Any, organisation: UUID | None) -> list[Known]:
    """The caller has asked whether this person files for the organisation."""
    found = Organisation.objects.filter(public_id=organisation).first() if organisation else None
    if found is None:
        return []
    facts = {
        "organisation.tax_number": found.tax_number,
        "organisation.name_ar": found.name_ar,
        "organisation.name_fr": found.name_fr,
    }
    return [Known(Origin("organisation"), {fact: value for fact, value in facts.items() if value})]
