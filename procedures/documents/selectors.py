"""Reading documents: by id, and what one is worth at a moment."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from procedures.documents.models import Document, StatusPeriod, StatusProposal

VALID, EXPIRED = "valid", "expired"


def issued_document(public_id: str) -> Document | None:
    """The document that was issued under this id; one that is still being prepared is not known to anyone."""
    return Document.objects.filter(public_id=public_id, state=Document.State.ISSUED).first()


def status_of(document: Document, at: datetime | None = None) -> str:
    """ "valid", "suspended", "revoked", "replaced" or "expired"; what ends a document for good is said first."""
    moment = at or timezone.now()
    if period := period_of(document, moment):
        return str(period.status)
    if document.expires_on and document.expires_on < timezone.localdate(moment):
        return EXPIRED
    return VALID


def period_of(document: Document, at: datetime | None = None) -> StatusPeriod | None:
    """The period that weighs most at a moment: revoked, then replaced, then suspended."""
    moment = at or timezone.now()
    weight = (StatusPeriod.Status.REVOKED, StatusPeriod.Status.REPLACED, StatusPeriod.Status.SUSPENDED)
    running = document.periods.filter(since__lte=moment).filter(Q(until__isnull=True) | Q(until__gt=moment))
    return min(running, key=lambda period: weight.index(StatusPeriod.Status(period.status)), default=None)


def open_proposal(document: Document) -> StatusProposal | None:
    return document.proposals.filter(decided_at__isnull=True).first()


def documents_without_seal(case_id: int) -> bool:
    """Whether a document that the decision gives is still being made or held; a late receipt holds up nothing."""
    given = Document.objects.filter(case_id=case_id).exclude(output="receipt")
    return given.exclude(state=Document.State.ISSUED).exists()
