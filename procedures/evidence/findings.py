"""What a first look at a paper finds, as kept with it, and the sentences that say it; a finding never stops anybody."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from PIL import Image

from procedures.evidence.formats import PDF, Checked
from procedures.evidence.looking import faults_of
from procedures.evidence.pages import drawn_pages
from procedures.evidence.words import Names, told_by

MOST_PAGES = 5  # of a PDF that are looked at; officers see the others
SIDE = 1600

SAID = {
    "blurred": (
        _("The writing is not sharp"),
        _("Hold the telephone still, touch the paper on the screen, then take the picture again."),
    ),
    "dark": (_("The picture is too dark"), _("Take it again in daylight, without the shadow of your hand.")),
    "small": (
        _("The picture is too small to be read well"),
        _("Come nearer, or add the original rather than a copy from a conversation."),
    ),
    "cut": (
        _("An edge of the paper is outside of the picture"),
        _("Take it again with the whole sheet and a little of the table around it."),
    ),
    "turned": (_("The paper lies on its side"), _("Turn the picture upright on your telephone, then add it again.")),
    "blank": (
        _("Nothing is written on it"),
        _("Look whether the written side lay before the camera, or in the scanner, then add it again."),
    ),
    "expired": (_("The paper expired on %(day)s"), _("Add the paper that is valid now, if you have it.")),
    "other_name": (
        _("The name in your answers could not be read on it"),
        _("Look whether it is the right paper, and whether your answers write the name as it does."),
    ),
}


@dataclass(frozen=True)
class Finding:
    """One thing to mend, as shown: which page (0 where there is one only), what it is, and how it is mended."""

    code: str
    page: int
    title: str
    mend: str


def look_at(checked: Checked, *, names: Names = (), on: date) -> list[dict[str, Any]]:
    """Everything that a first look finds: the pictures themselves, then the words of a PDF.

    `names` is how the person of the paper is written, `on` the day on which it must be valid. JSON-native.
    """
    if checked.kind != PDF:
        with Image.open(io.BytesIO(checked.content)) as image:
            return [{"code": code} for code in faults_of(image)]
    with drawn_pages(checked.content, last=MOST_PAGES, side=SIDE, words=True) as pages:
        found = []
        for page in pages:
            with Image.open(page.picture) as image:
                faults = [code for code in faults_of(image) if page.scanned or code == "blank"]
            several = {"page": page.number} if checked.pages > 1 else {}
            found += [{"code": code} | several for code in faults if not (code == "blank" and page.text.strip())]
        text = "\n".join(page.text for page in pages)
    return found + told_by(text, names=names, on=on)


def said(findings: list[dict[str, Any]]) -> Iterator[Finding]:
    """The kept findings in the language of the moment; a code that is no longer known is left out."""
    for finding in findings:
        if finding["code"] not in SAID:
            continue
        title, mend = SAID[finding["code"]]
        day = {"day": date_format(date.fromisoformat(finding["day"]), "DATE_FORMAT")} if "day" in finding else {}
        yield Finding(finding["code"], finding.get("page", 0), str(title) % day if day else str(title), str(mend))
