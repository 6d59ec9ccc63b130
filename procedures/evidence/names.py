"""The name of a file as the person gave it, made safe to show; it is never used as a path."""

import re
import unicodedata
from pathlib import PurePosixPath

from procedures.evidence.formats import ENDINGS

LONGEST = 120


def cleaned_name(name: str, kind: str) -> str:
    """As shown, and with the ending that the content deserves."""
    stem = shown_name(name)
    if PurePosixPath(stem).suffix.lower() in ENDINGS[kind]:
        stem, ending = stem[: stem.rindex(".")], stem[stem.rindex(".") :].lower()
    else:
        stem, ending = re.sub(r"\.hei[cf]$", "", stem, flags=re.IGNORECASE), ENDINGS[kind][0]
    return (stem.strip(" .")[:LONGEST].strip() or "document") + ending


def shown_name(name: str) -> str:
    """Without folders, controls and direction marks, and no longer than a line."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    text = " ".join(shown.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 8]}…{text[-7:]}"
