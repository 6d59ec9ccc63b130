"""Documents whose making was held for a person to look at: which, why, and how one is made anew once that is mended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from procedures.audit import services as audit
from procedures.audit.selectors import last_about_each
from procedures.cases.access import is_interested
from procedures.documents.models import Document, StatusPeriod
from procedures.documents.rendering import TEMPLATE_VERSION
from procedures.documents.status_changes import MAY_PROPOSE
from procedures.jobs import services as jobs
from procedures.offices.selectors import roles_of
from procedures.refusal import Refusal

MAY_RELEASE = MAY_PROPOSE  # no check is passed over: the file is made anew and read back again
NOT_READ_BACK, WITHOUT_FONT = "name not read back", "signs without a font"
FIRST_FELL = "the document it repeats was revoked"  # or suspended, or replaced, or somebody asks for that


@dataclass(frozen=True)
class Holding:
    """Why the making of a document stopped, by a code above, and when."""

    why: str
    since: datetime


def held_documents() -> QuerySet[Document]:
    """Those that wait for a person, the oldest first."""
    return Document.objects.filter(state=Document.State.HELD).select_related("case").order_by("pk")


def holdings_of(documents: Collection[Document]) -> dict[int, Holding]:
    """Why each of these is held, by its key: one query for all of them."""
    told = last_about_each(documents, action="document.held")
    return {pk: Holding(str(entry.data["why"]), entry.at) for pk, entry in told.items()}


def hold(document: Document, why: str) -> None:
    """Stop the making: a person must look before anything leaves. Inside the caller's transaction."""
    unissued = Document.objects.filter(pk=document.pk).exclude(state=Document.State.ISSUED)
    if unissued.update(state=Document.State.HELD):  # not where another worker has issued it meanwhile
        audit.append(action="document.held", subject=document, actor=None, data={"why": why})


def release_document(*, document: Document, by: Any) -> Document:
    """Have a held document made anew, once what held it was mended; what is still wrong holds it again.

    Its words, its code and its seal stay as they were frozen; the file is made with the frame and fonts of today.
    Raises Refusal for one that is not held or was annulled meanwhile, for the wrong role, and for one's own document.
    """
    with transaction.atomic():
        held = Document.objects.select_for_update(of=("self",)).select_related("case").get(pk=document.pk)
        _check(held, by)
        held.state, held.template_version = Document.State.PREPARING, TEMPLATE_VERSION
        held.save(update_fields=["state", "template_version"])
        entry = audit.append(action="document.released", subject=held, actor=by)
        jobs.add(kind="documents.seal", key=f"seal:{held.pk}:{entry.seq}", payload={"document_id": held.pk})
    return held


def _check(held: Document, by: Any) -> None:
    if not MAY_RELEASE & roles_of(by):
        raise Refusal(_("Your role does not allow this."))
    if held.case is not None and is_interested(by, held.case):
        raise Refusal(_("This document is your own: colleagues look at it."))
    if held.state != Document.State.HELD:
        raise Refusal(_("This document is not held any more. Nothing was changed."))
    if held.periods.filter(status=StatusPeriod.Status.REVOKED).exists():
        raise Refusal(_("The decision behind this document was annulled: it is not made any more."))
