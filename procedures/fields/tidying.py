"""How typed text is tidied before it is judged: one form of each letter and digit, nothing invisible."""

import re
import unicodedata

from django.core.exceptions import ValidationError

BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# marks of direction, soft hyphen, tatweel, joiners and spaces of no width
SILENT = re.compile("[\u200b-\u200f\u061c\u2060\ufeff\u00ad\u0640]")
SPACES = re.compile(r"[^\S\n]+")
APOSTROPHES = str.maketrans("’ʼ‘`", "''''")


def western_digits(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def tidied(text: str, *, lines: bool = False) -> str:
    """`text` in NFC, Western digits, single spaces, none at the ends; raises ValidationError (code "forbidden").

    Refused are control characters, those that override the direction of text, and those that stand for nothing.
    """
    if text.isascii() and text.isprintable():  # nothing but single signs of one meaning: nearly every code and number
        return " ".join(text.translate(APOSTROPHES).split())
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = SILENT.sub("", text)
    text = text if lines else text.replace("\n", " ")
    for sign in text:
        if sign in BIDI_OVERRIDES or (unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") and sign != "\n"):
            raise ValidationError("", code="forbidden")
    text = western_digits(unicodedata.normalize("NFC", text)).translate(APOSTROPHES)
    return "\n".join(SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def compact(text: str) -> str:
    """An identifier as it is stored: capitals, no spaces, hyphens, points or slashes between its signs."""
    return re.sub(r"[\s.\-/_]", "", tidied(text)).upper()
