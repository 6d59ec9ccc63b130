"""Reading documents: by id, and what one is worth at a moment."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from procedures.documents.models import Document, StatusPeriod, StatusProposal

VALID, EXPIRED = "valid", "expired"


def issued_document(public_id: str) -> Document | None:
    """The document that was issued under this id; one that is still being prepared is not known to anyone."""
    return Document.objects.filter(public_id=public_id, state=Document.State.ISSUED).first()


def issued_file(digest: str) -> Document | None:
    """The document whose sealed file has this SHA-256 (64 hexadecimal digits, lower case): byte for byte that file."""
    return Document.objects.filter(file_sha256=digest, state=Document.State.ISSUED).first() if digest else None


def status_of(document: Document, at: datetime | None = None) -> str:
    """ "valid", "suspended", "revoked", "replaced" or "expired"; what ends a document for good is said first."""
    moment = at or timezone.now()
    return worth(document, period_of(document, moment), moment)


def statuses_of(documents: Collection[Document]) -> dict[int, str]:
    """What each of these documents is worth now, by its key: one query for all of them."""
    moment = timezone.now()
    running: dict[int, list[StatusPeriod]] = {}
    for period in StatusPeriod.objects.filter(_running(moment), document__in=[each.pk for each in documents]):
        running.setdefault(period.document_id, []).append(period)
    return {each.pk: worth(each, weightiest(running.get(each.pk, ())), moment) for each in documents}


def period_of(document: Document, at: datetime | None = None) -> StatusPeriod | None:
    """The period that weighs most at a moment: revoked, then replaced, then suspended."""
    return weightiest(document.periods.filter(_running(at or timezone.now())))


def open_proposal(document: Document) -> StatusProposal | None:
    return document.proposals.filter(decided_at__isnull=True).first()


def documents_without_seal(case_id: int) -> bool:
    """Whether a document that the decision gives is still being made or held; a late receipt holds up nothing."""
    given = Document.objects.filter(case_id=case_id).exclude(output="receipt")
    return given.exclude(state=Document.State.ISSUED).exists()


def _running(moment: datetime) -> Q:
    return Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))


def weightiest(running: Iterable[StatusPeriod]) -> StatusPeriod | None:
    """Of the periods that run at one moment, the one that says what the document is worth."""
    weight = (StatusPeriod.Status.REVOKED, StatusPeriod.Status.REPLACED, StatusPeriod.Status.SUSPENDED)
    return min(running, key=lambda period: weight.index(StatusPeriod.Status(period.status)), default=None)


def worth(document: Document, period: StatusPeriod | None, moment: datetime) -> str:
    """The state of a document at a moment, given the period that weighs most then."""
    if period is not None:
        return str(period.status)
    is_past = document.expires_on is not None and document.expires_on < timezone.localdate(moment)
    return EXPIRED if is_past else VALID
