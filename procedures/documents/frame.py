"""The parts that every document prints: names, number, code, letterhead, and how to verify."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures.cases.models import Case
from procedures.documents import codes
from procedures.documents.addresses import public_host
from procedures.documents.letterhead import current_letterhead
from procedures.documents.names import Names
from procedures.documents.wording import Words, same, words

FIXED = {
    "demonstration": _("Demonstration document"),
    "number": _("No."),
    "seal": _("Electronically sealed"),
    "scan": _(
        "Scan the code with your telephone: the page shows the same data as this document. "
        "Or enter the code below. The address must be"
    ),
    "scan_briefly": _("Scan the code, or type it at"),
    "picture": _("QR code to verify the document"),
    "assumption": _("Default wording, an assumption: the ministry may change it"),
    "decides": _("Decides"),
    "next": _("What happens from here on"),
    "to": pgettext_lazy("letter", "To"),
    "reasons": _("The reasons, and what mends them"),
    "appeal": _("Contesting this decision"),
}


def frame(*, case: Case, public_id: str, name: Words, title: Words, names: Names, number: str = "") -> dict[str, Any]:
    """The frozen content of the frame for a document of one case; a document adds its own."""
    unit = {"ar": case.office.name_ar, "fr": case.office.name_fr, "en": case.office.name_en}
    return frame_of(number=number or case.number, unit=unit, public_id=public_id, name=name, title=title, names=names)


def frame_of(*, number: str, unit: Words, public_id: str, name: Words, title: Words, names: Names) -> dict[str, Any]:
    """The frozen content of the frame; `unit` is the office or body in whose name it is printed."""
    head = current_letterhead()
    return {
        "name": name,
        "title": title,
        "title_size": 24 if len(title["ar"]) <= 38 else 20,
        "number": number,
        "short_name": names.shortened(),
        "code": codes.grouped(public_id),
        "host": public_host(),
        "demonstration": settings.TAKWIN_DEMONSTRATION and not settings.TAKWIN_PRACTICE,  # which says more, by itself
        "letterhead": {
            "state": head.state,
            "authority": head.authority,
            "unit": unit,
        },
        "words": {code: words(text) for code, text in FIXED.items()},
    }


def row(label: Words, value: Words | str) -> dict[str, Words]:
    return {"label": label, "value": value if isinstance(value, dict) else same(value)}
