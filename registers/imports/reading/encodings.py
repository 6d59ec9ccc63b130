"""In which encoding a CSV table was written: marks first, then what makes words of the bytes."""

import codecs
import re

from registers.imports.refusals import FileRefused

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = (("utf-16-le", 1), ("utf-16-be", 0))  # where a table without mark keeps the empty half of its Latin signs
MIXED = re.compile("[A-Za-z][\u0600-\u06ff]|[\u0600-\u06ff][A-Za-z]")
ARABIC = re.compile("[\u0600-\u06ff]{2}")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def encoding_of(content: bytes) -> str:
    """The encoding of a table's bytes: utf-8(-sig), utf-16(-le, -be), cp1256 or cp1252. Raises FileRefused.

    In the two code pages of Windows most bytes above 127 are a letter either way. French capitals read as cp1256 give
    words of both scripts ("PEUT-ةTRE"); Arabic names give words of one.
    """
    for mark, name in MARKS:
        if content.startswith(mark):
            return _proved(content, name)
    sample = content[:4000]
    for name, empty in WIDE:
        if sample[empty::2].count(0) > len(sample) / 8:
            return _proved(content, name)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _proved(content, _code_page(content))
    return _proved(content, "utf-8")


def _code_page(content: bytes) -> str:
    read = content.decode("cp1256", errors="replace")
    return "cp1256" if len(ARABIC.findall(read)) > len(MIXED.findall(read)) else "cp1252"


def _proved(content: bytes, name: str) -> str:
    try:
        text = content.decode(name)
    except UnicodeDecodeError as unreadable:
        raise FileRefused("encoding") from unreadable
    if CONTROLS.search(text):
        raise FileRefused("encoding")
    return name
