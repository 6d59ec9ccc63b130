"""What cases and imports write about people; each says why by a Cause, and none is edited by hand without a reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from procedures.audit.services import append
from registers.history.causes import Cause
from registers.people.duplicates import propose_duplicates
from registers.people.entering import (
    DETAILS,
    Entered,
    GivenPerson,
    enter_people,
    enter_person,
    known_people,
    names_of,
)
from registers.people.identifiers import GivenIdentifier, WrongIdentifier
from registers.people.merging import DecidedAlready, keep_apart, merge, tell_apart
from registers.people.models import Identifier, Person
from registers.people.names import keys_of
from registers.people.trainers import declare_trainer, end_engagement, engage
from registers.people.vault import vault
from registers.people.words import index_names

__all__ = [
    "DecidedAlready",
    "Entered",
    "GivenIdentifier",
    "GivenPerson",
    "WrongIdentifier",
    "correct_person",
    "declare_trainer",
    "end_engagement",
    "engage",
    "enter_people",
    "enter_person",
    "keep_apart",
    "known_people",
    "merge",
    "propose_duplicates",
    "reveal_identifier",
    "tell_apart",
]


@transaction.atomic
def correct_person(cause: Cause, *, person: Person, **details: Any) -> Person:
    """Write over details of a person (names, birth, sex, nationality); the chain keeps which, never the values.

    Certificates keep the name that they were issued with.
    """
    unknown = set(details) - {*DETAILS, "nationality"}
    if unknown:
        raise TypeError(f"a person has no {sorted(unknown)} to correct")
    held = Person.objects.select_for_update().get(pk=person.pk)
    changed = {name: value for name, value in details.items() if getattr(held, name) != value}
    if not changed:
        return held
    for name, value in changed.items():
        setattr(held, name, value)
    for name, key in keys_of(names_of(held)).items():
        setattr(held, name, key)
    held.compared_at = None
    held.save()
    index_names((), [held])
    append(action="people.correct", subject=held, actor=cause.by, data=cause.told | {"details": sorted(changed)})
    return held


@transaction.atomic
def reveal_identifier(*, identifier: Identifier, by: Any, purpose: str) -> str:
    """The whole number, for somebody who must see it: the chain keeps who saw it and what for (a code).

    Raises `vault.NoKey`, `vault.Unreadable`.
    """
    number = vault().open(identifier.kind, identifier.country, identifier.value, identifier.key_id)
    data = {"identifier": identifier.pk, "kind": identifier.kind, "purpose": purpose}
    append(action="people.reveal_identifier", subject=("people.person", str(identifier.person_id)), actor=by, data=data)
    return number
