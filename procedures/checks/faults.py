"""A fault of a definition, and the words in which faults are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Fault:
    """What is wrong with a definition, at which place of it, and how to mend it."""

    procedure: str
    address: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.procedure}: {self.address}: {self.sentence}"


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint at the known word that is most like `word`."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" The nearest is {found[0]}." if found else ""
