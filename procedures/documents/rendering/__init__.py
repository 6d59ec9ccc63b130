"""The one door to WeasyPrint: a template and its frozen content in, the same bytes out each time."""

import json
import re
import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from procedures.documents.rendering import qr, structure
from procedures.documents.rendering.fetching import LockedFetcher
from procedures.documents.rendering.finishing import Finish
from procedures.documents.rendering.fonts import check_fonts
from procedures.documents.rendering.ornament import art
from procedures.fields.drawn import MARK

TEMPLATE_VERSION = "3"
PRACTICE = (
    '<div class="practice"><p><span>تدريب</span> — <span lang="fr" dir="ltr">SANS VALEUR</span>'
    ' — <span lang="en" dir="ltr">PRACTICE</span></p></div>'
)
BODY = re.compile("<body[^>]*>")
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)

structure.install()


class NotRendered(Exception):
    """The document could not be made; nothing was stored."""


@dataclass(frozen=True, kw_only=True)
class Print:
    """What a rendering is told beside its content: identity, day, the text of the QR, the attached credential."""

    public_id: str
    issued_on: date
    code_text: str
    credential: dict[str, Any]
    field_title: str


def render(template: str, context: dict[str, Any], paper: Print) -> bytes:
    """A tagged PDF/A-3a, byte for byte the same for the same content."""
    check_fonts()
    code, side = qr.drawing(qr.modules(paper.code_text))
    moment = f"{paper.issued_on.isoformat()}T00:00:00Z"
    html = marked(render_to_string(f"documents/{template}.html", {**context, "issued": moment, "qr": PIXEL}))
    fetcher = LockedFetcher()
    try:
        fonts, sheet = _shared()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves its colour profile's file open
            return HTML(string=printable(html), base_url="portal:", url_fetcher=fetcher).write_pdf(
                stylesheets=[sheet],
                font_config=fonts,
                pdf_variant="pdf/a-3a",
                pdf_identifier=paper.public_id.encode(),
                attachments=[_attachment(paper)],
                cache=dict(art()),
                finisher=Finish(code, side, paper.field_title),
            )
    except FatalURLFetchingError as error:  # a BaseException: nothing above would catch it
        raise NotRendered(str(error)) from error


def print_sheet(template: str, context: dict[str, Any], *, identifier: str, issued_on: date) -> bytes:
    """A tagged PDF to be printed and worked with: no seal, no code; what it says binds nobody by itself."""
    check_fonts()
    html = marked(render_to_string(template, {**context, "issued": f"{issued_on.isoformat()}T00:00:00Z"}))
    try:
        fonts, sheet = _shared()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves its colour profile's file open
            return HTML(string=printable(html), base_url="portal:", url_fetcher=LockedFetcher()).write_pdf(
                stylesheets=[sheet],
                font_config=fonts,
                pdf_variant="pdf/ua-1",
                pdf_identifier=identifier.encode(),
                cache=dict(art()),
            )
    except FatalURLFetchingError as error:  # a BaseException: nothing above would catch it
        raise NotRendered(str(error)) from error


def marked(html: str) -> str:
    """In a practice space, every page says across itself that it is worth nothing; elsewhere the text as it is."""
    return BODY.sub(rf"\g<0>{PRACTICE}", html, count=1) if settings.TAKWIN_PRACTICE else html


def printable(text: str) -> str:
    """As it can be printed and read back: no vowel marks, which tear words apart, no hyphen that is slow to lay out."""
    return MARK.sub("", text).replace("\u2011", "-")


def _attachment(paper: Print) -> Attachment:
    moment = datetime(paper.issued_on.year, paper.issued_on.month, paper.issued_on.day, tzinfo=UTC)
    return Attachment(
        string=json.dumps(paper.credential, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        name="credential.json",
        description="The claims of this document and its seal, for machines",
        created=moment,
        modified=moment,
        relationship="Data",
    )


@lru_cache(maxsize=1)
def _shared() -> tuple[FontConfiguration, CSS]:
    """Fonts and the parsed frame, shared by every document of a worker: half of the time of a rendering."""
    fonts = FontConfiguration()
    source = (Path(__file__).parent / "frame.css").read_text()
    return fonts, CSS(string=source, base_url="portal:", font_config=fonts, url_fetcher=LockedFetcher())
