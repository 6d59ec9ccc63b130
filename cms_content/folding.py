"""One spelling for many: Arabic and Latin words folded, so that a search finds what people type."""

import re
import unicodedata
from functools import lru_cache

MARKS = re.compile("[\u064b-\u065f\u0670\u0610-\u061a\u06d6-\u06ed\u0640]")  # vowels, Quranic signs, tatweel
LETTERS = str.maketrans("أإآٱىؤئةڨ", "ااااي\u0648يهق")
WORD = re.compile(r"[^\W_]+")
PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
SHORTEST_STEM = 3


@lru_cache(maxsize=4096)
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, without case, accents, vowel signs and article: `للمعادلة` and `معادله` are one word."""
    return tuple(_without_article(word) for word in WORD.findall(folded(text)))


def folded(text: str) -> str:
    """Case, accents, vowel signs and variants of one letter taken off; letters and order stay."""
    bare = MARKS.sub("", text).translate(LETTERS)
    decomposed = unicodedata.normalize("NFKD", bare.casefold().replace("œ", "oe"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _without_article(word: str) -> str:
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_STEM:
            return word[len(prefix) :]
    return word
