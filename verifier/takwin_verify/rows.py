"""The rows that the seal of a list binds: read from the credential attached to its PDF, and their digest anew."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from takwin_verify.verdict import FAILS, HOLDS, NOT_DONE, Tick, Verdict

NAME = "credential.json"
MOST_BYTES, MOST_ATTACHMENTS = 2**22, 16
Rows = list[list[str]]


class BadRows(ValueError):
    """What is attached is not one credential with an array of arrays of text under "rows"."""


def rows_in(path: Path) -> Rows | None:
    """The rows attached to a PDF; None where it carries no credential, or one without rows. Raises BadRows.

    Two credentials, two "rows" in one, or cells that are not text are refused: two programs could read two lists.
    """
    found = _attached(path)
    if len(found) > 1:
        raise BadRows("two credentials")
    return _rows_of(found[0]) if found else None


def digest_of(rows: Rows) -> bytes:
    """SHA-256 of the rows as JSON without spaces, every character as itself, in normal form C and UTF-8."""
    composed = [[unicodedata.normalize("NFC", cell) for cell in row] for row in rows]
    return hashlib.sha256(json.dumps(composed, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def with_rows(verdict: Verdict, path: Path | None) -> Verdict:
    """The verdict on a list with a fourth tick, for its rows: changed ones make it "not genuine", whatever its code is.

    A verdict on what binds no rows, or is not genuine already, is given back as it is. `path` is the PDF, or None where
    only paper or an address is there: then the rows are not checked.
    """
    if verdict.claims is None or verdict.claims.rows_sha256 is None:
        return verdict
    try:
        rows = rows_in(path) if path else None
        holds = rows is not None and digest_of(rows) == verdict.claims.rows_sha256
    except ValueError:  # BadRows, or text that has no UTF-8
        rows, holds = [], False
    if rows is None:
        return replace(verdict, rows=Tick(NOT_DONE, "no rows"))
    if holds:
        return replace(verdict, rows=Tick(HOLDS, "rows"), listed=tuple(map(tuple, rows)))
    return replace(verdict, said="not genuine", rows=Tick(FAILS, "rows changed"), claims=None)


def _rows_of(raw: bytes) -> Rows | None:
    try:
        credential = json.loads(raw, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise BadRows("no JSON") from error
    if not isinstance(credential, dict):
        raise BadRows("no credential")
    rows = credential.get("rows")
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise BadRows("no rows")
    if not all(isinstance(cell, str) for row in rows for cell in row):
        raise BadRows("cells that are not text")
    return rows


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    told = list(pairs)
    found = dict(told)
    if len(found) != len(told):
        raise BadRows("a name stands twice")
    return found


def _attached(path: Path) -> list[bytes]:
    """Nothing where the reader of PDFs is not installed: then no code was read from one either."""
    try:
        import pypdfium2
    except ImportError:
        return []
    try:
        pdf = pypdfium2.PdfDocument(path)
        try:
            return list(_credentials(pdf))
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        raise BadRows("no PDF, or a damaged attachment") from error


def _credentials(pdf: Any) -> Iterator[bytes]:
    if pdf.count_attachments() > MOST_ATTACHMENTS:
        raise BadRows("too many attachments")
    for place in range(pdf.count_attachments()):
        attachment = pdf.get_attachment(place)
        if attachment.get_name() == NAME:
            raw = bytes(attachment.get_data())
            if len(raw) > MOST_BYTES:
                raise BadRows("too long")
            yield raw
