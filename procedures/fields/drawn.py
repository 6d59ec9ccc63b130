"""Which signs the fonts of documents draw: what a form accepts can be printed, and read back from the print."""

import re
import unicodedata
from collections.abc import Iterable

MARKS = frozenset(map(chr, (*range(0x64B, 0x653), 0x670)))  # accepted and kept, left out in print


MARK = re.compile(f"[{''.join(sorted(MARKS))}]")
PLAINLY = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "\u2013",
    "\u2015": "\u2014",
    "←": "<-",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
}


def signs(*ranges: tuple[int, int]) -> frozenset[str]:
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))


# A test compares both with the fonts in documents/fonts.
LATIN = signs(
    (0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1CD, 0x1DC),
    (0x1FA, 0x1FF), (0x218, 0x21B), (0x237, 0x237), (0x259, 0x259), (0x2BC, 0x2BC), (0x300, 0x301), (0x303, 0x304),
    (0x308, 0x309), (0x323, 0x323), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9), (0x2013, 0x2014),
    (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2020), (0x2022, 0x2022), (0x2026, 0x2026), (0x2032, 0x2033),
    (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2212, 0x2212),
)  # fmt: skip
ARABIC = signs(
    (0x20, 0x20), (0xA0, 0xA0), (0xAB, 0xAB), (0xBB, 0xBB), (0x60C, 0x60C), (0x61B, 0x61B), (0x61F, 0x64A),
    (0x660, 0x66F), (0x671, 0x674), (0x679, 0x6BF), (0x6C1, 0x6C1), (0x6C3, 0x6D2), (0x6D4, 0x6D5), (0x6EE, 0x6FC),
    (0x6FF, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8A0), (0x8A2, 0x8AC),
)  # fmt: skip
DRAWN = LATIN | ARABIC
WRITABLE = DRAWN | MARKS | {"\n"}


def written_plainly(text: str) -> str:
    """Signs that no font of ours draws, by the letters that they stand for where these are drawn: ﬁ is fi."""
    if WRITABLE.issuperset(text):
        return text
    return "".join(sign if sign in WRITABLE else _plain(sign) for sign in text)


def undrawn(text: Iterable[str]) -> list[str]:
    """The signs that cannot be printed, each once, in the order of the text."""
    return [sign for sign in dict.fromkeys(text) if sign not in WRITABLE]


def _plain(sign: str) -> str:
    plain = PLAINLY.get(sign) or unicodedata.normalize("NFKC", sign)
    return plain if WRITABLE.issuperset(plain) else sign
