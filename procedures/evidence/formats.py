"""The three kinds of file that are kept (HEIC becomes JPEG), and what is known of one that was read through."""

from dataclasses import dataclass

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",)}  # the first is the one we give
MEGABYTE = 1024 * 1024
HIDDEN_MARKS = (  # of other files; long enough never to occur in compressed pictures by chance
    b"%PDF-",
    b"<html",
    b"<HTML",
    b"<script",
    b"<SCRIPT",
    b"<?php",
    b"PK\x03\x04\x14\x00",
    b"PK\x03\x04\x0a\x00",
    b"\x7fELF\x02\x01\x01",
    b"This program cannot be run in DOS mode",
)


@dataclass(frozen=True)
class Checked:
    """A paper that was read through: its true kind, the bytes to keep, and how many pages it has."""

    kind: str
    content: bytes
    pages: int
