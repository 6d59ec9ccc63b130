"""An issued document with all that an answer about it is made of: what it is worth now, why, and its key of issue."""

from dataclasses import dataclass
from datetime import UTC, datetime
from json import loads
from typing import Any

from django.db import connection
from django.utils import timezone

from procedures.documents.models import Document, SealKey, StatusPeriod
from procedures.documents.selectors import period_of, weightiest, worth

# Public verification is asked more often than anything else: one question, written out, for putting the same one
# together through the models takes longer than the database takes to answer it.
OF_DOCUMENT = ("id", "public_id", "number", "titles", "content", "kid", "cose_digest", "issued_on", "expires_on")
OF_PERIOD = ("id", "status", "since", "until", "reason", "replaced_by_id")
BY_CODE = """
SELECT d.id, d.public_id, d.number, d.titles, d.content, d.kid, d.cose_digest, d.issued_on, d.expires_on,
       p.id, p.status, p.since, p.until, p.reason, p.replaced_by_id,
       k.not_before, k.not_after, k.revoked_at
FROM documents_document d
LEFT JOIN documents_statusperiod p ON p.document_id = d.id AND p.since <= %s AND (p.until IS NULL OR p.until > %s)
LEFT JOIN documents_sealkey k ON k.kid = d.kid AND k.purpose = %s
WHERE d.public_id = %s AND d.state = %s
"""
LAST = len(OF_DOCUMENT) + len(OF_PERIOD)


@dataclass(frozen=True)
class KeyOfIssue:
    """When the key that sealed the QR code was in force, and whether it was retired."""

    not_before: datetime
    not_after: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """`state` as `status_of` says it; `period` is the one that makes it so; `key` is None where it is not known."""

    document: Document
    state: str
    period: StatusPeriod | None
    key: KeyOfIssue | None


def standing_of(document: Document) -> Standing:
    """Of a document that is at hand, now."""
    now = timezone.now()
    period = period_of(document, now)
    keys = SealKey.objects.filter(kid=document.kid, purpose=SealKey.Purpose.QR)
    known = keys.values_list("not_before", "not_after", "revoked_at").first()
    return Standing(document, worth(document, period, now), period, KeyOfIssue(*known) if known else None)


def issued_standing(public_id: str) -> Standing | None:
    """Of the document that was issued under this id, now, by one query.

    The document has the fields that an answer needs; others, and the one that replaces it, are read when asked for.
    """
    now = timezone.now()
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(BY_CODE, [moment, moment, SealKey.Purpose.QR.value, public_id, Document.State.ISSUED.value])
        rows = cursor.fetchall()
    if not rows:
        return None
    document, key = _document(rows[0]), [_aware(moment) for moment in rows[0][LAST:]]
    period = weightiest(_period(row) for row in rows if row[len(OF_DOCUMENT)] is not None)
    return Standing(document, worth(document, period, now), period, KeyOfIssue(*key) if key[0] else None)


def _document(row: tuple[Any, ...]) -> Document:
    told = dict(zip(OF_DOCUMENT, row, strict=False))
    told |= {"titles": loads(told["titles"]), "content": loads(told["content"])}
    return Document.from_db(connection.alias, tuple(told), tuple(told.values()))


def _period(row: tuple[Any, ...]) -> StatusPeriod:
    return StatusPeriod.from_db(connection.alias, OF_PERIOD, tuple(map(_aware, row[len(OF_DOCUMENT) : LAST])))


def _aware(value: Any) -> Any:
    """SQLite keeps moments in UTC without saying so."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
