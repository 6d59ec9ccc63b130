"""What the registers know of people, for those who may ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from registers.history.selectors import in_force
from registers.people.entering import known_people
from registers.people.folding import is_arabic
from registers.people.identifiers import GivenIdentifier, masked
from registers.people.models import DuplicateProposal, Engagement, Identifier, NameWord, Person
from registers.people.skeletons import skeleton
from registers.people.vault import vault
from registers.people.words import WORD
from registers.structures.models import Structure

__all__ = [
    "everybody",
    "find",
    "known_people",
    "masked_identifiers",
    "one_person",
    "open_proposals",
    "person_with",
    "trainers_of",
]


def everybody() -> QuerySet[Person]:
    """Each person once: entries that were made one with another are left out."""
    return Person.objects.filter(merged_into__isnull=True)


def one_person(person: Person) -> list[int]:
    """The ids under which the belongings of a person stand: their entry, and those that were made one with it."""
    kept = Person.objects.values_list("merged_into", flat=True).get(pk=person.pk) or person.pk
    return [kept, *Person.objects.filter(merged_into=kept).values_list("pk", flat=True)]


def person_with(identifier: GivenIdentifier) -> Person | None:
    """Whoever holds an identifier. Raises `vault.NoKey`."""
    indexes = vault().indexes(identifier.kind, identifier.country, identifier.number)
    stored = Identifier.objects.filter(index__in=indexes).select_related("person__merged_into").first()
    return None if stored is None else stored.person.merged_into or stored.person


def find(words: str, *, birth_date: date | None = None) -> QuerySet[Person]:
    """People by name in either script, however it is spelt; each word of `words` must be heard in the name."""
    found = everybody() if birth_date is None else everybody().filter(birth_date=birth_date)
    heard = skeleton(words).split()
    if not heard:
        return found.none()
    for word in heard:
        found = found.filter(pk__in=NameWord.objects.filter(word=word[:WORD]).values("person"))
    return found.order_by(*(("key_ar",) if is_arabic(words) else ("last_lat", "first_lat")), "pk")


def masked_identifiers(people: Iterable[Person]) -> dict[int, list[tuple[str, str]]]:
    """For each person the kind and the last three signs of their identifiers. Raises `vault.NoKey`."""
    keys = vault()
    shown: dict[int, list[tuple[str, str]]] = {}
    for row in Identifier.objects.filter(person__in=[person.pk for person in people]).order_by("kind", "pk"):
        number = keys.open(row.kind, row.country, row.value, row.key_id)
        shown.setdefault(row.person_id, []).append((row.kind, masked(number)))
    return shown


def open_proposals() -> QuerySet[DuplicateProposal]:
    """What waits for a decision, the likest first."""
    return DuplicateProposal.objects.filter(state=DuplicateProposal.State.OPEN).select_related("left", "right")


def trainers_of(structure: Structure, on: date) -> QuerySet[Engagement]:
    """Who teaches for a structure on a day."""
    return in_force(Engagement, on).filter(structure=structure).select_related("subject__person")
