"""Enter people: one who is known is found by identifier and by nothing else; likeness of names is for the proposals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from procedures.audit.services import append
from registers.history.causes import Cause
from registers.history.rows import insert
from registers.people.identifiers import GivenIdentifier
from registers.people.models import DuplicateProposal, Identifier, Person
from registers.people.names import Names, keys_of, likeness
from registers.people.vault import Vault, vault
from registers.people.words import index_names

AT_ONCE = 500  # people an audit entry and a handful of queries
TRIES = 3
OTHER_NAME = 80  # likeness below which a name is another one
DETAILS = ("first_ar", "last_ar", "first_lat", "last_lat", "birth_date", "birth_place", "sex")


@dataclass(frozen=True)
class GivenPerson:
    """A person as a case or an import describes them; what is not known is empty."""

    first_ar: str = field(default="", repr=False)
    last_ar: str = field(default="", repr=False)
    first_lat: str = field(default="", repr=False)
    last_lat: str = field(default="", repr=False)
    birth_date: date | None = field(default=None, repr=False)
    birth_place: str = field(default="", repr=False)
    sex: str = ""
    nationality: str = "TN"
    identifiers: tuple[GivenIdentifier, ...] = ()
    invented: bool = False

    @property
    def names(self) -> Names:
        return Names(self.first_ar, self.last_ar, self.first_lat, self.last_lat)


@dataclass
class Entered:
    """Who it is, whether entered now, and in what the entry that was there differs: `name`, `birth_date`, `sex`."""

    person: Person
    made: bool
    differs: tuple[str, ...] = ()


def enter_person(cause: Cause, *, given: GivenPerson) -> tuple[Person, bool]:
    """The person with one of these identifiers, entered if there is none; whether entered now.

    Empty details of an entry that is there are filled; no detail is written over. Raises `vault.NoKey`.
    """
    entered = enter_people(cause, rows=[given])[0]
    return entered.person, entered.made


@transaction.atomic(savepoint=False)
def enter_people(cause: Cause, *, rows: Sequence[GivenPerson]) -> list[Entered]:
    """As `enter_person` for each row, in their order, in one transaction, that of the caller where there is one; as
    many queries for 500 rows as for one.

    Where name or birth date differ from the entry that is there, nothing is added to it: `differs` says so, and the
    caller decides. Two identifiers of one row that belong to two entries make a proposal to merge them.
    """
    entered: list[Entered] = []
    for start in range(0, len(rows), AT_ONCE):
        entered += _enter_slice(cause, rows[start : start + AT_ONCE])
    return entered


def known_people(rows: Sequence[GivenPerson]) -> list[Entered | None]:
    """Who of these is in the register already, found by identifier, and in what they differ; writes nothing."""
    looked = _LookedUp(vault(), rows)
    found = [looked.holders(row) for row in rows]
    return [
        Entered(people[0], False, differences(people[0], row)) if people else None
        for people, row in zip(found, rows, strict=True)
    ]


def differences(person: Person, given: GivenPerson) -> tuple[str, ...]:
    """In what a description contradicts an entry; what either side does not know contradicts nothing."""
    differs = []
    if any(vars(given.names).values()) and _another_name(person, given):
        differs.append("name")
    differs += [
        name
        for name in ("birth_date", "sex")
        if getattr(person, name) and getattr(given, name) and getattr(person, name) != getattr(given, name)
    ]
    return tuple(differs)


def names_of(person: Person) -> Names:
    return Names(person.first_ar, person.last_ar, person.first_lat, person.last_lat)


def _another_name(person: Person, given: GivenPerson) -> bool:
    return names_of(person) != given.names and likeness(names_of(person), given.names) < OTHER_NAME


class _LookedUp:
    """Who holds the identifiers of a slice: those in the register, and those that rows above brought."""

    def __init__(self, keys: Vault, rows: Iterable[GivenPerson]) -> None:
        self.keys = keys
        given = {identifier for row in rows for identifier in row.identifiers}
        self.indexes = {one: keys.indexes(one.kind, one.country, one.number) for one in given}
        wanted = {index for indexes in self.indexes.values() for index in indexes}
        stored = Identifier.objects.filter(index__in=wanted).select_related("person__merged_into")
        self.people: dict[str, Person] = {row.index: row.person.merged_into or row.person for row in stored}

    def holders(self, given: GivenPerson) -> list[Person]:
        """The different people who hold an identifier of the row, in the order of its identifiers."""
        found: dict[int, Person] = {}
        for identifier in given.identifiers:
            person = self.holder(identifier)
            if person is not None:
                found[id(person) if person.pk is None else person.pk] = person
        return list(found.values())

    def holder(self, identifier: GivenIdentifier) -> Person | None:
        indexes = self.indexes[identifier]
        return next((self.people[index] for index in indexes if index in self.people), None)

    def remember(self, identifier: GivenIdentifier, person: Person) -> None:
        self.people[self.indexes[identifier][0]] = person


class _Slice:
    """What a slice of rows will write, gathered before the first query that writes."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.people: list[Person] = []
        self.identifiers: list[Identifier] = []
        self.filled: dict[int, Person] = {}
        self.same: list[tuple[Person, Person]] = []

    def write(self) -> None:
        self._enter_people()
        for row in self.identifiers:
            row.person_id = row.person.pk
        one_order = sorted(self.identifiers, key=lambda row: row.index)  # no deadlock
        insert(one_order)
        if self.filled:
            fields = [*DETAILS, "key_ar", "key_lat", "key_cross", "compared_at"]
            Person.objects.bulk_update(self.filled.values(), fields)
        index_names(self.people, self.filled.values())
        if self.same:
            DuplicateProposal.objects.bulk_create([self._shared(*pair) for pair in self.same], ignore_conflicts=True)

    def _enter_people(self) -> None:
        insert(self.people)
        keys = dict(
            Person.objects.filter(public_id__in=[one.public_id for one in self.people]).values_list("public_id", "pk")
        )
        for person in self.people:
            person.pk = keys[person.public_id]
            person._state.adding = False

    def _shared(self, one: Person, other: Person) -> DuplicateProposal:
        left, right = sorted((one.pk, other.pk))
        evidence = {"identifier": "shared"}
        return DuplicateProposal(left_id=left, right_id=right, likeness=100, evidence=evidence, proposed_at=self.now)


def _enter_slice(cause: Cause, rows: Sequence[GivenPerson]) -> list[Entered]:
    """Another import may enter one of these people meanwhile: then the slice is undone and reads again."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                entered = _write(rows)
            break
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
    people: dict[str, Any] = {
        "made": [one.person.pk for one in entered if one.made],
        "found": sorted({one.person.pk for one in entered if not one.made}),
    }
    subject = entered[0].person if len(entered) == 1 else ("people.person", f"{len(entered)} people")
    append(action="people.enter", subject=subject, actor=cause.by, data=cause.told | people)
    return entered


def _write(rows: Sequence[GivenPerson]) -> list[Entered]:
    looked, writing = _LookedUp(vault(), rows), _Slice()
    entered = [_enter(row, looked, writing) for row in rows]
    writing.write()
    return entered


def _enter(given: GivenPerson, looked: _LookedUp, writing: _Slice) -> Entered:
    holders = looked.holders(given)
    if holders:
        person, made = holders[0], False
        differs = differences(person, given)
        writing.same += [(person, other) for other in holders[1:] if other.pk and person.pk]
        if not {"name", "birth_date"} & set(differs):
            _fill(person, given, writing)
    else:
        person, made, differs = _new(given, writing.now), True, ()
        writing.people.append(person)
    if not {"name", "birth_date"} & set(differs):
        for identifier in given.identifiers:
            if looked.holder(identifier) is None:
                looked.remember(identifier, person)
                writing.identifiers.append(_sealed(identifier, person, looked.keys, writing))
    return Entered(person, made, differs)


def _new(given: GivenPerson, now: Any) -> Person:
    details = {name: getattr(given, name) for name in DETAILS}
    return Person(
        **details, nationality=given.nationality, invented=given.invented, entered_at=now, **keys_of(given.names)
    )


def _fill(person: Person, given: GivenPerson, writing: _Slice) -> None:
    """What was not known is known now; a new spelling may be like another entry's, so it is compared again."""
    missing = {name: getattr(given, name) for name in DETAILS if getattr(given, name) and not getattr(person, name)}
    for name, value in missing.items():
        setattr(person, name, value)
    if not missing:
        return
    for name, key in keys_of(names_of(person)).items():
        setattr(person, name, key)
    person.compared_at = None
    if person.pk is not None:
        writing.filled[person.pk] = person


def _sealed(identifier: GivenIdentifier, person: Person, keys: Vault, writing: _Slice) -> Identifier:
    sealed = keys.seal(identifier.kind, identifier.country, identifier.number)
    return Identifier(
        person=person,
        kind=identifier.kind,
        country=identifier.country,
        value=sealed.value,
        index=sealed.index,
        key_id=sealed.key_id,
        entered_at=writing.now,
    )
