"""Rows that one seal binds: their digest, which anyone can work out again from the rows that the file carries."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence

Rows = Sequence[Sequence[str]]


def digest_of(rows: Rows) -> bytes:
    """SHA-256 over the rows as one JSON array of arrays of text: in normal form C, without spaces, in UTF-8."""
    composed = [[unicodedata.normalize("NFC", cell) for cell in row] for row in rows]
    return hashlib.sha256(json.dumps(composed, ensure_ascii=False, separators=(",", ":")).encode()).digest()
