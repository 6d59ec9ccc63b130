"""The words by which a case is found, and what a person types to find it, folded alike."""

import re

from django.db import connection
from django.db.models import Q

from procedures.cases.folding import fold

LONGEST = 60
MOST_SOUGHT = 6
SON_OF = frozenset(("بن", "ابن", "بنت", "ben", "bin", "ibn", "bent", "bint"))  # in too many names to tell one
NUMBER = re.compile(r"[a-z]{2,}-\d{4}-0*(\d+)-\w+$")  # of a case, folded: its serial is a word of its own


def words_of(search: str) -> tuple[str, ...]:
    """Each word of `Case.search` once: names without their article, the number whole and by its serial."""
    found: dict[str, None] = {}
    for word in search.split():
        found[_bare(word)[:LONGEST]] = None
        if serial := NUMBER.match(word):
            found[serial.group(1)] = None
    return tuple(word for word in found if word)


def sought(text: str) -> tuple[str, ...]:
    """What was typed, as words to look up; a number keeps its beginning, and "son of" counts only where it is all."""
    words = (_bare(word)[:LONGEST] for word in fold(text).split())
    typed = tuple(dict.fromkeys(word for word in words if word))
    return (tuple(word for word in typed if word not in SON_OF) or typed)[:MOST_SOUGHT]


def begins(word: str) -> Q:
    """Words that begin so, as an index reads them: SQLite uses none for LIKE."""
    if connection.vendor == "sqlite":
        return Q(word__gte=word, word__lt=word[:-1] + chr(ord(word[-1]) + 1))
    return Q(word__startswith=word)


def _bare(word: str) -> str:
    bare = re.sub(r"[^\w-]", "", word).strip("-_")
    stripped = bare.lstrip("0") if bare.isdecimal() else bare
    return stripped[2:] if stripped.startswith("ال") and len(stripped) > 4 else stripped
