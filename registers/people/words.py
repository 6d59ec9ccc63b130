"""The words by which a person is found, kept as their name is written."""

from __future__ import annotations

from collections.abc import Collection

from registers.history.rows import insert_values
from registers.people.models import NameWord, Person

WORD = 60  # letters of a word that count


def words_of(person: Person) -> set[str]:
    return {word[:WORD] for word in f"{person.key_lat} {person.key_cross}".split()}


def index_names(new: Collection[Person], changed: Collection[Person] = ()) -> None:
    """Write the words of people who were entered, and those of others anew; two queries for any number of the first."""
    if changed:
        NameWord.objects.filter(person__in=[person.pk for person in changed]).delete()
    rows = [(person.pk, word) for person in (*new, *changed) for word in sorted(words_of(person))]
    insert_values(NameWord, ("person_id", "word"), rows)
