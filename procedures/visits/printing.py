"""Visits on paper: the blank list that is taken along, and the report; each in one language."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from PIL import Image

from procedures.documents.rendering import print_sheet
from procedures.evidence.models import Upload
from procedures.evidence.shelves import read_file
from procedures.visits.items import CONFORMITY, bounds, looked_at
from procedures.visits.models import Checklist, Edition, Visit
from procedures.visits.selectors import photographs_of

SIDE, QUALITY = 520, 70  # pixels of the longer side of a printed photograph, and its JPEG quality
MOST_PICTURES = 24


def print_checklist(edition: Edition, *, visit: Visit | None = None, language: str) -> bytes:
    """The lines of an edition to be filled in by hand, with the place of a visit where one is given."""
    with translation.override(language):
        context = _frame(edition.checklist, edition, language, visit)
        context["lines"] = [(item, bounds(item)) for item in edition.items.all()]
        context["conformity"] = CONFORMITY.items()
        return _printed("documents/visit_checklist.html", context, f"checklist {edition.pk}")


def print_report(visit: Visit, *, language: str) -> bytes:
    """The report of a visit that was written; it says so while it is not confirmed."""
    if visit.edition is None:
        raise ValueError("A visit that has not begun has no report.")
    with translation.override(language):
        context = _frame(visit.checklist, visit.edition, language, visit)
        lines = list(looked_at(visit.edition, visit.answers))
        sentences = {line.item.code: str(line.item) for line in lines}
        context |= {"lines": lines, "facts": _facts(visit), "remarks": visit.remarks}
        context["draft"] = visit.state != Visit.State.CLOSED
        context["findings"] = [
            (one, sentences.get(one.code, _("Besides the list")), _day(one.due_on)) for one in visit.findings.all()
        ]
        context["pictures"] = list(_pictures(visit, sentences))
        return _printed("documents/visit_report.html", context, f"visit {visit.public_id}")


def _frame(checklist: Checklist, edition: Edition, language: str, visit: Visit | None) -> dict[str, Any]:
    invented = checklist.invented or settings.TAKWIN_DEMONSTRATION
    warning = _("This list is invented for demonstration: none of its lines or bounds is law.") if invented else ""
    if not warning and not checklist.basis:
        warning = _("Assumption: no text that asks for this list is known.")
    return {
        "language": language,
        "title": str(checklist),
        "edition": edition.number,
        "warning": warning,
        "office": str(visit.office) if visit else "",
        "number": visit.case.number if visit else "",
        "footer": visit.case.number if visit else checklist.code,
        "place": (visit.place_name, visit.place_address) if visit else None,
        "inspectors": [str(person) for person in visit.inspectors] if visit else [],
    }


def _facts(visit: Visit) -> list[tuple[str, str]]:
    notice = _("Announced") if visit.announced else _("Without notice")
    return [
        (_("Case"), visit.case.number),
        (_("Structure"), visit.place_name),
        (_("Address"), visit.place_address),
        (_("Day of the visit"), _day(visit.visited_on)),
        (_("Notice"), notice),
        (_("Inspectors"), pgettext("list", ", ").join(str(person) for person in visit.inspectors)),
        *([(_("Confirmed by"), str(visit.closed_by))] if visit.closed_by else []),
    ]


def _pictures(visit: Visit, sentences: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Photographs the scanner found clean, small enough to print."""
    for taken in photographs_of(visit).filter(upload__state=Upload.State.CLEAN)[:MOST_PICTURES]:
        out = io.BytesIO()
        with Image.open(io.BytesIO(read_file(taken.upload.stored))) as image:
            image.thumbnail((SIDE, SIDE))
            image.convert("RGB").save(out, "JPEG", quality=QUALITY)
        caption = sentences.get(taken.item, _("Photograph"))
        moment = timezone.localtime(taken.at)
        source = f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"
        yield source, f"{caption} – {date_format(moment, 'DATE_FORMAT')} {time_format(moment, 'H:i')}"


def _day(day: Any) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _printed(template: str, context: dict[str, Any], identifier: str) -> bytes:
    return print_sheet(template, context, identifier=identifier, issued_on=timezone.localdate())
