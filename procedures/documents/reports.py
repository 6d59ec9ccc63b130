"""What the register says of a list of codes, for a report that one seal binds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures.audit import services as audit
from procedures.documents import codes
from procedures.documents.frame import row
from procedures.documents.members import Reported, Row
from procedures.documents.models import Document
from procedures.documents.selectors import statuses_of
from procedures.documents.wording import Words, clock, day, words
from procedures.practice.kinds import is_practice_code, is_practice_kid

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
OUTPUT = "verification_report"  # what a document that answers a public list says it is
SAYS: dict[str, Any] = {
    "order": pgettext_lazy("line of a list", "No."),
    "code": _("Short code"),
    "document": _("Document"),
    "issued": pgettext_lazy("document", "Issued on"),
    "result": _("Result"),
}
CLOSING = _(  # the lines hold no names: a file is passed on, and a list of names is a file of persons
    "Compare the document and the day of each line with the paper, and read the name under its own code."
    " A status may change: verify again before you rely on it."
)


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


def report_title() -> Words:
    return words(_("Verification report"))


def list_report(typed: Sequence[str]) -> Reported:
    """The answer to a list that somebody without an account asked, as of now."""
    now = timezone.now()
    at = words(_("%(day)s at %(time)s"), day=day(timezone.localdate(now)), time=clock(now))
    asked_by = row(words(_("Asked by")), words(_("A person without an account, on the public page")))
    return report_of(typed, asked_by=asked_by, at=at)


def forget_rows(document: Document) -> None:
    """Delete the file and the rows of a report on a public list. Its code, seal, digest and tally stay: whoever kept
    the file can verify it, and nobody can read the list here any more. Inside the caller's transaction."""
    name = document.stored
    document.content = {part: value for part, value in document.content.items() if part not in ("lines", "bound")}
    document.stored = ""
    document.save(update_fields=["content", "stored"])
    audit.append(action="document.rows_forgotten", subject=document, actor=None)
    transaction.on_commit(
        lambda: (Path(settings.TAKWIN_PRIVATE_STORAGE) / name).unlink(missing_ok=True) if name else None
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
            continue
        document = known.get(public_id)
        if is_practice_code(public_id) or (document and is_practice_kid(bytes.fromhex(document.kid))):
            yield line_of(codes.grouped(public_id), "practice")
        elif document:
            issued_on = document.issued_on.strftime("%d.%m.%Y")
            yield line_of(codes.grouped(public_id), worth[document.pk], document.titles, issued_on)
        else:
            yield line_of(codes.grouped(public_id), "unknown")


def line_of(code: str, state: str, title: Words | None = None, day: str = "") -> dict[str, Any]:
    kind, said = VERDICTS[state]
    nothing = words(_("No document under this code"))
    named = title or nothing
    told = {language: named.get(language, "") for language in nothing}
    return {"code": code, "title": told, "day": day, "kind": kind, "state": state, "verdict": words(said)}
