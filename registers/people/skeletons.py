"""The consonants of a name, the same from its Arabic and its French spelling, and the vowels between them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from registers.people.folding import arabic_words, is_arabic, latin_words

SOUNDS = dict(
    zip("بتثجحخدذرزسشصضطظغفقكلمنه", "bttjHXddrzsCsdtdGfkklmnH", strict=True)
)  # C: ch, G: gh, H: h, X: kh; emphatic letters as their plain ones
LONG = {"ا": "a", "و": "u", "ي": "i", "ة": "A"}  # A: a closing a, which tells Karima from Karim
SUN = "تثدذرزسشصضطظلن"
WITH_ALEF_AND_LAM = {"الهام", "الفة", "الفه", "الياس", "الا", "الين", "اليسار", "الفت", "الماس"}  # theirs, no article
LATIN_WITH_EL = re.compile("el(h[ae]m|fa|yes|ies|lissa|issa|ena|ma)")
FRENCH = (
    ("eu(?=r)", "e"),
    ("sch|ch|sh", "C"), ("kh", "X"), ("gh", "G"), ("ph", "f"), ("dh", "d"), ("th", "t"), ("dj", "j"), ("ck|qu", "k"),
    ("gu(?=[ei])", "k"), ("g(?=[eiy])", "j"), ("c(?=[eiy])", "s"), ("[cqg]", "k"), ("x", "ks"), ("v", "f"),
    ("p", "b"), ("h", "H"), ("o[uao]|w", "u"), ("y", "i"),
)  # fmt: skip
FRENCH_RULES = tuple((re.compile(pattern), code) for pattern, code in FRENCH)
VOWELS = "aeiouA"


@dataclass(frozen=True)
class Spelling:
    """One way to hear a word: its consonants, and before, between and behind them its vowels."""

    consonants: str
    vowels: tuple[str, ...]
    arabic: bool


@lru_cache(maxsize=20_000)
def skeleton(text: str) -> str:
    """The consonants of each word of a name in either script: "محمد الطرابلسي" and "Mohamed Trabelsi" give the same."""
    return " ".join(spelling.consonants for spelling in spellings(text))


def spellings(text: str) -> tuple[Spelling, ...]:
    """Each word of a name as it is heard, in their order."""
    arabic = is_arabic(text)
    words = arabic_words(text) if arabic else latin_words(text)
    return tuple(heard(word, arabic=arabic) for word in words)


@lru_cache(maxsize=20_000)
def heard(word: str, *, arabic: bool) -> Spelling:
    return _split(_arabic(word) if arabic else _latin(word), arabic=arabic)


def _arabic(word: str) -> str:
    """The sounds of a folded Arabic word, long vowels included."""
    if word.startswith("ال") and len(word) > 3 and word not in WITH_ALEF_AND_LAM:
        word = word[2:]
    word = "طاها" if word == "طه" else re.sub("الدين$", "دين", word)
    word = re.sub("الله$", "ال", word)
    word = re.sub(f"^عبدال(?=[{SUN}])", "عبد", word)
    word = re.sub(f"^بل(?=[{SUN}]..)", "ب", word)
    word = re.sub("ا[ةه]$", "ات", word) if len(word) > 3 else word  # حياة, Hayet
    if len(word) > 3 and word[-1] == "ه" and word[-2] not in "اوي":
        word = word[:-1] + "ة"
    first = {"و": "W", "ي": "Y", "ا": "a", "ع": "a"}.get(word[:1])
    if first == "a":
        word = re.sub("^[اع]+", "", word)
    rest = word if first in (None, "a") else word[1:]
    sounds = "".join(LONG.get(letter) or SOUNDS.get(letter, "") for letter in rest)
    return (first or "") + re.sub(r"([^aiuA])\1+", r"\1", sounds)


def _latin(word: str) -> str:
    """The sounds of a folded Latin word."""
    word = re.sub("^ezz?(?=ed)", "azz", word)
    if not LATIN_WITH_EL.match(word):
        word = re.sub("^el(?=[^aeiouy].{2})", "", word)
        word = re.sub(r"^e(?=([strndz])\1[aehiouy])", "", word)
    word = re.sub("^abd[aeu]?l(?=[tdrzsn]|ch|sh)", "abd", word)
    word = re.sub("e?l?d+ine?$", "din", word) if re.search("(l|d)dine?$", word) else word
    word = re.sub("^bel(?=([tdrzsn]|ch|sh).{2})", "be", word)
    word = re.sub("(?<=[il])sh(?=a[qkc])", "s-h", word) if word.startswith("is") else word
    word = re.sub("(?<=f[ae])th", "t-h", word)
    word = re.sub("llah$", "ll", word)
    word = re.sub("(?<=[^aeiouy])e$|(?<=i)e$", "", word) if len(word) > 3 else word
    word = re.sub("^(ou|w)(?=[aeiy])", "W", word)
    word = re.sub("^y(?=[aeiou])", "Y", word)
    word = re.sub("^([ae][iy]|[iy]|a?ou)?(?:[aeiouy](?!$))*", _opening, word, count=1)  # Eya closes with a vowel
    word = re.sub("a$", "A", word)
    for pattern, code in FRENCH_RULES:
        word = pattern.sub(code, word)
    return re.sub(r"([^aeiou])\1+", r"\1", word.replace("-", ""))


def _opening(found: re.Match[str]) -> str:
    """Ay, ei and ou are heard as such, a lone i may be a short one: Aymen, Ouni, Ibtissem."""
    heard = {"": "", "i": "ai", "y": "ai"}
    if found[1] in ("aou", "ou"):
        return "au" + found[0].removeprefix(found[1])
    return heard.get(found[1] or found[0], "aei" if found[1] else "a")


def _split(sounds: str, *, arabic: bool) -> Spelling:
    """An opening vowel counts as a consonant "a": without it Omar and Amor would begin like Mourou."""
    opening = sounds[:1] if sounds[:1] == "a" else ""
    consonants, vowels = [opening] if opening else [], [""]
    if opening:
        vowels.append("")
    for sound in sounds[len(opening) :]:
        if sound in VOWELS:
            vowels[-1] += sound
        else:
            consonants.append(sound)
            vowels.append("")
    return Spelling("".join(consonants), tuple(vowels), arabic)
