"""Names as words to search by: folded, so that people find a structure however they write its name."""

from __future__ import annotations

import re
import unicodedata

from registers.structures.models import NameWord, Structure

ALIKE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ة": "ه", "ڤ": "ق", "ڨ": "ق"}
)
DROPPED = re.compile(r"[ءـ'’‘`]")
LONGEST = 60
# Words that stand in half of all names find nothing by themselves, and nobody types them twice alike.
PASSED_OVER = frozenset({"de", "du", "des", "la", "le", "les", "et", "the", "of", "و", "في", "d", "l"})


def words_of(*names: str) -> tuple[str, ...]:
    """The folded words of names, each once: without vowel signs, accents, case, articles or doubled letters."""
    found = (word for name in names for word in re.split(r"[\W_]+", _folded(name)))
    return tuple(dict.fromkeys(_bare(word)[:LONGEST] for word in found if word and word not in PASSED_OVER))


def index_names(structure: Structure) -> None:
    """Write the words of every name that the structure is believed to have, to have had or to get."""
    names = structure.details.filter(superseded_at__isnull=True).values_list("name_ar", "name_fr")
    wanted = set(words_of(*(name for pair in names for name in pair)))
    known = set(structure.words.values_list("word", flat=True))
    structure.words.filter(word__in=known - wanted).delete()
    NameWord.objects.bulk_create(NameWord(structure=structure, word=word) for word in sorted(wanted - known))


def _folded(text: str) -> str:
    apart = re.sub(r"\b([dl])['’]", r"\1 ", unicodedata.normalize("NFKC", text).casefold())
    apart = DROPPED.sub("", apart.replace("œ", "oe").translate(ALIKE))
    parted = unicodedata.normalize("NFD", apart)
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).translate(ALIKE)


def _bare(word: str) -> str:
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    return re.sub(r"([a-z])\1+", r"\1", word)  # Mohammed, Mohamed
