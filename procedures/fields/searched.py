"""Questions whose answers are too many to read through: they are looked up by words, however these are spelt."""

from collections.abc import Sequence
from typing import NamedTuple

from procedures.fields.described import Described


class Found(NamedTuple):
    """One answer that the words find: what is stored, its name, its names in other languages, what tells it apart."""

    value: str
    name: str
    others: tuple[tuple[str, str], ...] = ()  # language and name
    about: tuple[str, ...] = ()


class Searched(Described):
    """Mixed in before a Django field, in place of `Described`; the wizard puts a box and a button beside it."""

    def found(self, words: str, language: str, *, most: int) -> Sequence[Found]:
        """What the words find, best first, `most` at the most; nothing where no word was given."""
        raise NotImplementedError

    def found_by_value(self, value: str, language: str) -> Found:
        """The answer that was chosen before, to stand among what is found now."""
        return Found(value, self.shown(value, language))
