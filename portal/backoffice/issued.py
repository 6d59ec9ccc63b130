"""Issued documents as officers see them: found by number or public code, with their status over time and proposals."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.backoffice.forms import CHANGES
from portal.backoffice.wording import LOOKS_OF_STANDING, reason_of_status, standing_in_words
from procedures.cases.selectors import visible_to as cases_visible_to
from procedures.documents import codes
from procedures.documents.models import Document, StatusPeriod, StatusProposal
from procedures.documents.selectors import status_of
from procedures.documents.status_changes import MAY_DECIDE, MAY_PROPOSE
from procedures.offices.selectors import roles_of

ABOUT_A_FILING = "receipt"  # it proves that something was filed, and has no status to change
NEXT = {
    "valid": ("suspend", "revoke"),
    "suspended": ("restore", "revoke"),
    "expired": ("revoke",),
}


@dataclass(frozen=True)
class Period:
    word: str
    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True)
class Shown:
    """One document on the page."""

    public_id: str
    number: str
    title: str
    holder: str
    code: str
    standing: str
    look: str
    has_file: bool
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """A proposal that waits, and why this person may not decide on it where that is so."""

    code: str
    pk: int
    document: Shown
    change: str
    reason: str
    note: str
    who: str
    at: datetime
    why_not: str

    @property
    def may_decide(self) -> bool:
        return not self.why_not


def visible_to(person: Any) -> QuerySet[Document]:
    """Documents of the cases that the person may open; of every case for those who decide on status."""
    documents = Document.objects.filter(state=Document.State.ISSUED).select_related("case")
    if roles_of(person).intersection(MAY_DECIDE):
        return documents
    return documents.filter(case__in=cases_visible_to(person))


def document_for(person: Any, public_id: str) -> Document:
    found = visible_to(person).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def find(person: Any, typed: str) -> list[Document]:
    """By public code, hyphens and spaces ignored, or by printed number."""
    code = codes.normalise(typed)
    wanted = Q(number__iexact=typed.strip())
    if isinstance(code, str):
        wanted |= Q(public_id=code)
    return list(visible_to(person).filter(wanted).exclude(output=ABOUT_A_FILING).order_by("-pk")[:20])


def show(document: Document, *, with_periods: bool = False) -> Shown:
    language = get_language() or "ar"
    standing = status_of(document)
    holder = (document.holder_ar, document.holder_lat)[:: 1 if language == "ar" else -1]
    periods = StatusPeriod.objects.filter(document=document).order_by("since") if with_periods else ()
    return Shown(
        public_id=document.public_id,
        number=document.number,
        title=document.titles.get(language) or document.titles["ar"],
        holder=holder[0] or holder[1],
        code=codes.grouped(document.public_id),
        standing=standing_in_words(standing),
        look=LOOKS_OF_STANDING[standing],
        has_file=document.state == Document.State.ISSUED,
        periods=tuple(
            Period(standing_in_words(each.status), each.since, each.until, reason_of_status(each.reason))
            for each in periods
        ),
    )


def changes_open(person: Any, document: Document) -> tuple[str, ...]:
    """What this person may propose for this document today."""
    if document.output == ABOUT_A_FILING or not roles_of(person).intersection(MAY_PROPOSE):
        return ()
    return NEXT.get(status_of(document), ())


def may_be_revoked(document: Document) -> bool:
    """Whether a file may be opened to revoke it: it was not revoked or replaced, and is no receipt."""
    return document.output != ABOUT_A_FILING and status_of(document) in NEXT


def waiting(person: Any, document: Document | None = None) -> list[Proposed]:
    """Proposals that wait for a decision, among the documents that this person may see."""
    rows = StatusProposal.objects.filter(decided_at=None).select_related("document", "proposed_by").order_by("pk")
    rows = rows.filter(document=document) if document else rows.filter(document__in=visible_to(person))
    return [_proposed(row, person) for row in rows]


def _proposed(row: StatusProposal, person: Any) -> Proposed:
    why_not = ""
    if row.proposed_by_id == person.pk:
        why_not = _("You proposed this change: another person decides on it.")
    elif not roles_of(person).intersection(MAY_DECIDE):
        why_not = _("The signatory or the administrator decides on it.")
    return Proposed(
        code=row.document.public_id,
        pk=row.pk,
        document=show(row.document),
        change=str(CHANGES.get(row.change, row.change)),
        reason=reason_of_status(row.reason),
        note=row.note,
        who=str(row.proposed_by),
        at=row.proposed_at,
        why_not=why_not,
    )
