"""What the register says of a list of codes, for a report that one seal binds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures.documents import codes
from procedures.documents.frame import row
from procedures.documents.members import Reported, Row
from procedures.documents.models import Document
from procedures.documents.selectors import statuses_of
from procedures.documents.wording import Words, words
from procedures.practice.kinds import is_practice_code

VERDICTS: dict[str, tuple[str, Any]] = {  # the shape it is drawn with, and its words; in the order of the tally
    "valid": ("ok", _("Genuine and in force")),
    "suspended": ("expired", pgettext_lazy("document", "Suspended")),
    "revoked": ("revoked", pgettext_lazy("document", "Revoked")),
    "replaced": ("expired", pgettext_lazy("document", "Replaced")),
    "expired": ("expired", pgettext_lazy("document", "Expired")),
    "practice": ("unknown", pgettext_lazy("document", "Practice, worth nothing")),
    "unknown": ("unknown", pgettext_lazy("document", "Unknown")),
    "mistyped": ("unknown", pgettext_lazy("document", "Mistyped code")),
}
SAYS: dict[str, Any] = {
    "order": pgettext_lazy("line of a list", "No."),
    "code": _("Short code"),
    "document": _("Document"),
    "issued": pgettext_lazy("document", "Issued on"),
    "result": _("Result"),
}
CLOSING = _("Compare each name with the paper in your hands. A status may change: verify again before you rely on it.")


def report_of(typed: Sequence[str], *, asked_by: Row, at: Words) -> Reported:
    """The answer to each code as it was typed, in three queries however many there are."""
    lines = list(_lines(typed))
    tally = tally_of(lines)
    counted = [row(each["said"], str(each["count"])) for each in tally]
    return Reported(
        rows=[asked_by, row(words(_("State of the register on")), at)],
        lines=lines,
        tally=tally,
        says={code: words(text) for code, text in SAYS.items()},
        closing=words(CLOSING),
        public=counted,
    )


def tally_of(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many of each answer there are, in the order in which they matter."""
    found = Counter(line["state"] for line in lines)
    return [
        {"kind": kind, "count": found[state], "said": words(said)}
        for state, (kind, said) in VERDICTS.items()
        if found[state]
    ]


def _lines(typed: Sequence[str]) -> Iterator[dict[str, Any]]:
    read = [(text, codes.normalise(text)) for text in typed]
    wanted = {public_id for _text, public_id in read if isinstance(public_id, str)}
    issued = Document.objects.filter(public_id__in=wanted, state=Document.State.ISSUED).defer("content", "cose")
    known = {document.public_id: document for document in issued}
    worth = statuses_of(list(known.values())) if known else {}
    for text, public_id in read:
        if isinstance(public_id, codes.Mistyped):
            yield line_of(text[:24], "mistyped")
        elif is_practice_code(public_id):
            yield line_of(codes.grouped(public_id), "practice")
        elif document := known.get(public_id):
            day = document.issued_on.strftime("%d.%m.%Y")
            yield line_of(codes.grouped(public_id), worth[document.pk], document.titles, day)
        else:
            yield line_of(codes.grouped(public_id), "unknown")


def line_of(code: str, state: str, title: Words | None = None, day: str = "") -> dict[str, Any]:
    kind, said = VERDICTS[state]
    nothing = words(_("No document under this code"))
    named = title or nothing
    told = {language: named.get(language, "") for language in nothing}
    return {"code": code, "title": told, "day": day, "kind": kind, "state": state, "verdict": words(said)}
