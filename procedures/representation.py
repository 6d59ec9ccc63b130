"""For which organisations a person reads and files; the rooms above keep who serves where, and answer by hooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from procedures.definition import Applicant, Audience, Procedure
from procedures.registry import plugin_manager

FOR_ORGANISATIONS = (Audience.CENTRE, Audience.EMPLOYER)


@dataclass(frozen=True)
class Represented:
    """An organisation, by its public id, as one person stands in it today."""

    organisation: UUID
    name: str
    roles: frozenset[str]
    reads: bool  # its cases
    files: bool  # in its name; corrects and withdraws too

    def may_file(self, procedure: Procedure) -> bool:
        """Whether this procedure is for organisations, and open to one of the person's roles."""
        return self.files and any(self._is_for(applicant) for applicant in procedure.applicants)

    def _is_for(self, applicant: Applicant) -> bool:
        wanted = frozenset(applicant.roles)
        return applicant.audience in FOR_ORGANISATIONS and (not wanted or bool(wanted & self.roles))


def represented_by(person: Any) -> tuple[Represented, ...]:
    """The organisations in which a person serves today; none for whoever has no account."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return ()
    return tuple(each for told in plugin_manager().hook.organisations_of_person(person=person) for each in told)


def represented(person: Any, organisation: UUID) -> Represented | None:
    """How a person stands in one organisation today; None for strangers."""
    return next((each for each in represented_by(person) if each.organisation == organisation), None)


def readable_by(person: Any) -> list[UUID]:
    """Organisations whose cases a person reads."""
    return [each.organisation for each in represented_by(person) if each.reads]


def files_for(person: Any, organisation: UUID) -> bool:
    """Whether a person files, corrects and withdraws in the name of an organisation."""
    found = represented(person, organisation)
    return found is not None and found.files


def people_of(organisation: UUID) -> Iterable[Any]:
    """The people who file for an organisation today: they are told what happens to its cases."""
    told = plugin_manager().hook.people_of_organisation(organisation=organisation)
    return {person.pk: person for each in told for person in each}.values()
