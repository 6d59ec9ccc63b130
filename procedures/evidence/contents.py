"""What a file is by its content, whatever its name says; then the reading that proves it."""

from django.conf import settings

from procedures.evidence.formats import HIDDEN_MARKS, MEGABYTE, Checked
from procedures.evidence.heic import BRANDS, read_heic
from procedures.evidence.pdfs import read_pdf
from procedures.evidence.pictures import read_picture
from procedures.evidence.refusals import PaperRefused

OFFICE_MARKS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"word/", b"xl/")
WEB_MARKS = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?xml", b"<body")


def check_content(content: bytes) -> Checked:
    """Read a file as what its first bytes announce; raise PaperRefused where it is, or hides, something else."""
    if not content:
        raise PaperRefused("empty")
    if len(content) > settings.TAKWIN_UPLOAD_MAX_BYTES:
        raise PaperRefused("too_large", limit=settings.TAKWIN_UPLOAD_MAX_BYTES // MEGABYTE)
    if content.startswith(b"%PDF-"):
        return read_pdf(content)
    is_heic = content[4:12] in BRANDS
    if is_heic or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        if any(mark in content for mark in HIDDEN_MARKS):
            raise PaperRefused("mixed")
        return read_heic(content) if is_heic else read_picture(content)
    raise PaperRefused(_recognised(content))


def _recognised(content: bytes) -> str:
    """The reason that fits a file of another kind, so that the sentence names what the person has in hand."""
    head = content[:4096]
    if content.startswith((b"\x7fELF", b"MZ", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")):
        return "program"
    if b"%PDF-" in head:
        return "mixed"
    if content.startswith(b"\xd0\xcf\x11\xe0") or (
        content.startswith(b"PK") and any(mark in head or mark in content[-4096:] for mark in OFFICE_MARKS)
    ):
        return "office"
    if content.startswith((b"PK", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        return "archive"
    if any(mark in head.lower() for mark in WEB_MARKS):
        return "web_page"
    return "unknown"
