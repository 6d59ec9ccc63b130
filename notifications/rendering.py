"""The HTML of a mail from its plain text: paragraphs, one link, the direction of the language."""

import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

ADDRESS = re.compile(r"^https?://\S+$")
CODE = re.compile(r"^[0-9A-Z]{6,8}$")


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: str  # "text", "link" or "code"


def html_of(subject: str, body: str, language: str) -> str:
    with translation.override(language):
        return render_to_string(
            "notifications/mail.html",
            {"subject": subject, "paragraphs": paragraphs_of(body), "language": language, "rtl": language == "ar"},
        )


def paragraphs_of(body: str) -> list[Paragraph]:
    """Blank lines part paragraphs; an address alone becomes the link, a code alone stands large."""
    texts = [part.strip() for part in re.split(r"\n\s*\n", body) if part.strip()]
    return [Paragraph(text, _kind(text)) for text in texts]


def _kind(text: str) -> str:
    if ADDRESS.match(text):
        return "link"
    return "code" if CODE.match(text) else "text"
