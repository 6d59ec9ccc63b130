"""Names in one form of each letter, Arabic and Latin, with what belongs together written together."""

import re
import unicodedata
from functools import lru_cache

ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")
# vowel marks, tatweel, and what steers the direction of text
SILENT = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ؤ": "و", "ئ": "ي", "ء": "", "ک": "ك",
     "ڤ": "ق", "ڨ": "ق", "گ": "ق", "پ": "ب", "چ": "ج"}
)  # fmt: skip
MOHAMED = {"med", "md", "mhd", "mohd"}  # how the first name of half the country is shortened
SPELT_TODAY = {
    "رحمن": "رحمان", "اسحق": "اسحاق", "هرون": "هارون", "ابرهيم": "ابراهيم", "اسمعيل": "اسماعيل", "يحي": "يحيي",
    "brahim": "ibrahim", "skander": "iskander", "smail": "ismail", "smain": "ismail",
}  # fmt: skip
ARTICLES = {"el", "al", "ed", "er", "es", "ess", "et", "ez", "en", "ech", "esh"}
SERVANT = {"abd", "abdel", "abdal", "abdul"}
RELIGION = {"eddine", "edine", "eddin", "dine", "ddine", "din"}


def is_arabic(text: str) -> bool:
    return bool(ARABIC.search(text))


@lru_cache(maxsize=20_000)
def fold_arabic(text: str) -> str:
    """`text` with one form of alef, yeh and teh, without marks, and عبد، بن، بو، الدين، الله joined to their name."""
    return " ".join(arabic_words(text)).replace("ة", "ه")


@lru_cache(maxsize=20_000)
def fold_latin(text: str) -> str:
    """`text` in small letters without accents, with abd, ben, bou, eddine, allah joined to their name."""
    return " ".join(latin_words(text))


def arabic_words(text: str) -> list[str]:
    """The words of an Arabic name in one form of each letter; the teh marbuta is kept."""
    plain = SILENT.sub("", unicodedata.normalize("NFKC", text)).translate(LETTERS)
    words: list[str] = []
    carried = ""
    for word in re.findall("[\u0621-\u064a]+", plain):
        word = SPELT_TODAY.get(word) or re.sub("رحمن$", "رحمان", word)
        if word in ("الدين", "الله") and words and not carried:
            words[-1] += word
        elif not carried and word in ("عبد", "بن", "ابن", "بو", "ابو", "ام"):
            carried = word.removeprefix("ا") if word in ("ابن", "ابو") else word
        else:
            words.append(_sons(carried + _father(word)))
            carried = ""
    return [*words, carried] if carried else words


def _father(word: str) -> str:
    return word[1:] if word.startswith("ابو") and len(word) > 5 else word


def _sons(word: str) -> str:
    """بن الحاج، بو الحاج and بالحاج as one writes بلحاج."""
    for beginning in ("بنال", "بوال", "بال"):
        if word.startswith(beginning) and len(word) - len(beginning) >= 3:
            return "بل" + word[len(beginning) :]
    return word


def latin_words(text: str) -> list[str]:
    """The words of a name in Latin letters: small, bare, joined."""
    plain = text.lower().replace("ç", "ss").replace("œ", "oe").replace("æ", "ae")
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    words: list[str] = []
    carried = ""
    for word in re.findall("[a-z]+", re.sub("['’ʼ`‘.]", "", plain)):
        if carried and word in ARTICLES:
            carried = "bel" if carried == "ben" else carried if carried in ("abdel", "bel") else carried + word
        elif not carried and word in RELIGION and words:
            words[-1] += "eddine"
        elif not carried and word == "allah" and words:
            words[-1] += word
        elif not carried and word in SERVANT | {"ben", "bin", "ibn", "bel", "bou", "abou", "oum"}:
            carried = {"bin": "ben", "ibn": "ben", "abou": "bou"}.get(word, word)
        elif carried or word not in ARTICLES:
            words.append(_shortened(carried + word))
            carried = ""
    return [*words, carried] if carried else words


def _shortened(word: str) -> str:
    if word in MOHAMED or word in SPELT_TODAY:
        return SPELT_TODAY.get(word, "mohamed")
    return word[1:] if word.startswith("abou") and len(word) > 6 else word
