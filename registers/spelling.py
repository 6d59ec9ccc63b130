"""One spelling for many: the words of a name folded, so that a search finds it however it was typed."""

from __future__ import annotations

import re
import unicodedata

ALIKE = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ة": "ه", "ڤ": "ق", "ڨ": "ق"}
)
DROPPED = re.compile(r"[ءـ'’‘`]")
LONGEST = 60
# Words that stand in half of all names find nothing by themselves, and nobody types them twice alike.
PASSED_OVER = frozenset({"de", "du", "des", "la", "le", "les", "et", "the", "of", "و", "في", "d", "l"})
# The sounds g and v have no letter of their own: ڨرافيك, غرافيك and قرافيك; ڤيديو and فيديو. Keyboards differ, too.
HEARD_ALIKE = str.maketrans("غگڧفڥڢکی", "قققققق" + "كي")
JOINED = ("وال", "بال", "كال", "فال", "لل")
SHORTEST_STEM = 3


def words_of(*names: str) -> tuple[str, ...]:
    """The folded words of names, each once: without vowel signs, accents, case, articles or doubled letters."""
    found = (word for name in names for word in re.split(r"[\W_]+", _folded(name)))
    return tuple(dict.fromkeys(_bare(word)[:LONGEST] for word in found if word and word not in PASSED_OVER))


def heard(*names: str) -> tuple[str, ...]:
    """The words of names folded further: what people hear alike is one, and what is joined to a word falls away."""
    return tuple(dict.fromkeys(_unjoined(word).translate(HEARD_ALIKE) for word in words_of(*names)))


def finds(sought: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether each word sought begins one of the words, or from three letters on stands within one; both `heard`.

    An Arabic word that begins with و may be joined to an "and": what follows it finds as well.
    """
    return bool(sought) and all(any(_stands_in(way, words) for way in _ways(each)) for each in sought)


def _ways(sought: str) -> tuple[str, ...]:
    joined = sought.startswith("و") and len(sought) > SHORTEST_STEM
    return (sought, sought[1:]) if joined else (sought,)


def _stands_in(sought: str, words: tuple[str, ...]) -> bool:
    return any(word.startswith(sought) or (len(sought) >= SHORTEST_STEM and sought in word) for word in words)


def _folded(text: str) -> str:
    apart = re.sub(r"\b([dl])['’]", r"\1 ", unicodedata.normalize("NFKC", text).casefold())
    apart = DROPPED.sub("", apart.replace("œ", "oe").translate(ALIKE))
    parted = unicodedata.normalize("NFD", apart)
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).translate(ALIKE)


def _bare(word: str) -> str:
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    return re.sub(r"([a-z])\1+", r"\1", word)  # Mohammed, Mohamed


def _unjoined(word: str) -> str:
    stem = next((word[len(each) :] for each in JOINED if word.startswith(each)), word)
    return stem if len(stem) >= SHORTEST_STEM else word
