"""Read a finished PDF as a stranger's program would: a font may print a name right and hand out another word."""

import json
import re
import unicodedata
from typing import Any

import pypdfium2

from procedures.documents.rendering import printable
from procedures.fields.drawn import MARK, undrawn

SILENT = re.compile("[\u200e\u200f\u00ad\ufffe]")
RUNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what a program writes where a run of one direction ends


def carries_names(pdf: bytes, *names: str) -> bool:
    """Whether every word of every name can be read whole somewhere in the document."""
    found = words_of(text_of(pdf))
    return all(word in found for name in names for word in words_of(name))


def without_font(content: Any) -> list[str]:
    """The signs of a document's frozen content that no font of ours draws: they would print in a foreign one."""
    return undrawn(printable(json.dumps(content, ensure_ascii=False)))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def words_of(text: str) -> set[str]:
    """Words as printed: without vowel marks and direction controls, in one normal form."""
    plain = unicodedata.normalize("NFKC", MARK.sub("", RUNS.sub(" ", SILENT.sub("", text))))
    return {word for word in re.split(r"[^\w]+", plain.replace("_", " ")) if word}
