"""What a file is allowed to be before anything reads it: its kind by content, its true size, nothing that runs."""

import re
import zipfile
import zlib
from typing import BinaryIO

from registers.imports.refusals import FileRefused

XLSX, CSV = "xlsx", "csv"
MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNFOLDED = 200 * MEGABYTE
MOST_RATIO = 100
MOST_PARTS = 500
MOST_ROWS = 120_000
MOST_COLUMNS = 100
CHUNK = MEGABYTE
TYPES = "[Content_Types].xml"
# The reader holds a sheet as a full rectangle: one cell in the last corner of a sheet would take all memory there is.
# Found are rows from 130,000 on and columns from CW on, wherever a row or a cell says its place.
FAR_AWAY = re.compile(
    rb"""\sr\s*=\s*["'](?:[A-Z]{3}|[D-Z][A-Z]|C[W-Z]|[A-Z]{0,3}(?:1[3-9]\d{4}|[2-9]\d{5}|\d{7}))""", re.I
)


def check_file(file: BinaryIO, name: str) -> str:
    """The format of a table that may be read: XLSX or CSV. Raises FileRefused.

    Compressed parts are unfolded once and thrown away, so that what a file says of its size is known to be true.
    """
    size = _size(file)
    if not size:
        raise FileRefused("empty")
    if size > MOST_BYTES:
        raise FileRefused("too_large", limit=MOST_BYTES // MEGABYTE)
    head = file.read(8)
    file.seek(0)
    ending = name.lower().rpartition(".")[2]
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused("old_excel")
    if ending in ("xlsm", "xltm", "xlsb"):
        raise FileRefused("macros")
    if head.startswith(b"PK") and ending == XLSX:
        _check_package(file)
        file.seek(0)
        return XLSX
    if head.startswith((b"PK", b"%PDF", b"\x7fELF", b"MZ", b"\x89PNG")) or ending not in (CSV, "txt"):
        raise FileRefused("kind")
    return CSV


def _size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _check_package(file: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            _check_sizes(parts)
            types = package.read(TYPES) if TYPES in package.namelist() else b""
            if b"macroEnabled" in types or any("vbaproject" in part.filename.lower() for part in parts):
                raise FileRefused("macros")
            if b"spreadsheetml.sheet.main+xml" not in types:
                raise FileRefused("kind")
            for part in parts:
                _unfold(package, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as broken:
        raise FileRefused("damaged") from broken


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    unfolded = sum(part.file_size for part in parts)
    folded = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unfolded > MOST_UNFOLDED or unfolded > MOST_RATIO * max(folded, 1):
        raise FileRefused("too_heavy")


def _unfold(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """To the end, where the checksum shows that the declared size is the true one; sheets are searched on the way."""
    is_sheet, tag = "worksheets/" in part.filename.lower(), b""  # the tag that the last chunk left open
    with package.open(part) as unfolded:
        while chunk := unfolded.read(CHUNK):
            if not is_sheet:
                continue
            text = tag + chunk
            if FAR_AWAY.search(text):
                raise FileRefused("too_wide")
            tag = text[max(text.rfind(b"<"), 0) :]
            if len(tag) > CHUNK:
                raise FileRefused("too_heavy")
