"""Read a finished PDF as a stranger's program would: a font may print a name right and hand out another word."""

import re
import unicodedata

import pypdfium2

BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufffe]")
MARKS = re.compile("[\u064b-\u0652\u0670]")


def carries_names(pdf: bytes, *names: str) -> bool:
    """Whether every word of every name can be read whole somewhere in the document."""
    found = words_of(text_of(pdf))
    return all(word in found for name in names for word in words_of(name))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def words_of(text: str) -> set[str]:
    """Words as printed: without vowel marks and direction controls, in one normal form."""
    plain = unicodedata.normalize("NFKC", MARKS.sub("", BIDI.sub("", text)))
    return {word for word in re.split(r"[^\w]+", plain.replace("_", " ")) if word}
