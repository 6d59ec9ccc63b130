"""Fold a name for searching: without vowel signs, accents, case or the letters that people write in two ways."""

import re
import unicodedata

ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ؤ": "و", "ئ": "ي", "ة": "ه", "ـ": None})


def fold(text: str) -> str:
    parted = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).translate(ALIKE).casefold())
    bare = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return re.sub(r"\s+", " ", bare.translate(ALIKE)).strip()
