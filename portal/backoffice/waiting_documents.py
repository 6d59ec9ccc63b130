"""Held documents as officers see them: which, since when, why, and what mends it. Nobody is named."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from procedures.cases.models import Case
from procedures.cases.selectors import visible_to as cases_visible_to
from procedures.documents.models import Document
from procedures.documents.releasing import (
    FIRST_FELL,
    MAY_RELEASE,
    NOT_READ_BACK,
    WITHOUT_FONT,
    Holding,
    held_documents,
    holdings_of,
)
from procedures.documents.status_changes import MAY_DECIDE
from procedures.offices.selectors import roles_of


@dataclass(frozen=True)
class Held:
    """One line of the list."""

    public_id: str
    number: str
    title: str
    case: Case | None
    since: datetime | None
    why: str
    mends: str


def visible_to(person: Any) -> QuerySet[Document]:
    """Held documents of the cases that the person may open; every one for those who decide on status."""
    roles = roles_of(person)
    if not roles & MAY_RELEASE:
        return Document.objects.none()
    documents = held_documents()
    return documents if roles & MAY_DECIDE else documents.filter(case__in=cases_visible_to(person))


def page_of(document: Document, person: Any) -> str:
    """Where an officer reads of a document of a case; "" while it is made, or is held and they may not look at it."""
    if document.state == Document.State.ISSUED:
        return reverse("backoffice:document", args=(document.public_id,))
    is_theirs = document.state == Document.State.HELD and roles_of(person) & MAY_RELEASE
    return reverse("backoffice:held") if is_theirs else ""


def held(person: Any) -> list[Held]:
    found = list(visible_to(person)[:200])
    language, why = get_language() or "ar", holdings_of(found)
    return [_line(document, why.get(document.pk), language) for document in found]


def _line(document: Document, holding: Holding | None, language: str) -> Held:
    why, mends = _told(holding.why if holding else "")
    return Held(
        public_id=document.public_id,
        number=document.number,
        title=document.titles.get(language) or document.titles["ar"],
        case=document.case,
        since=holding.since if holding else None,
        why=why,
        mends=mends,
    )


def _told(why: str) -> tuple[str, str]:
    """Why, and what to do before it is made anew."""
    portal = _("Tell whoever runs the portal. Make it anew once they have mended it.")
    return {
        NOT_READ_BACK: (_("The holder’s name was not read back whole from the finished file."), portal),
        WITHOUT_FONT: (_("It holds signs that no font of the portal draws."), portal),
        FIRST_FELL: (
            _("It repeats a document that was not in force when this one was made, or about which a change was asked."),
            _("Make it anew once the first document is in force again and nothing is asked about it."),
        ),
    }.get(why, (_("The reason is in the record of the document."), portal))
