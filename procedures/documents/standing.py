"""An issued document with all that an answer about it is made of: what it is worth now, why, and its key of issue."""

from dataclasses import dataclass
from datetime import UTC, datetime
from json import loads
from typing import Any, TypeVar

from django.db import connection
from django.utils import timezone

from procedures.documents.models import Document, SealKey, StatusPeriod
from procedures.documents.selectors import period_of, weightiest, worth

Row = TypeVar("Row", Document, StatusPeriod, SealKey)

# Public verification is asked more often than anything else: one question, written out, for putting the same one
# together through the models takes longer than the database takes to answer it.
OF_DOCUMENT = ("id", "public_id", "number", "titles", "content", "kid", "cose_digest", "issued_on", "expires_on")
OF_PERIOD = ("id", "status", "since", "until", "reason")
OF_KEY = ("id", "not_before", "not_after", "revoked_at")
BY_CODE = """
SELECT d.id, d.public_id, d.number, d.titles, d.content, d.kid, d.cose_digest, d.issued_on, d.expires_on,
       p.id, p.status, p.since, p.until, p.reason, r.id, r.public_id,
       k.id, k.not_before, k.not_after, k.revoked_at
FROM documents_document d
LEFT JOIN documents_statusperiod p ON p.document_id = d.id AND p.since <= %s AND (p.until IS NULL OR p.until > %s)
LEFT JOIN documents_document r ON r.id = p.replaced_by_id
LEFT JOIN documents_sealkey k ON k.kid = d.kid AND k.purpose = %s
WHERE d.public_id = %s AND d.state = %s
"""


@dataclass(frozen=True)
class Standing:
    """`state` as `status_of` says it; `period` is the one that makes it so; `key` sealed the QR code, where known."""

    document: Document
    state: str
    period: StatusPeriod | None
    key: SealKey | None


def standing_of(document: Document) -> Standing:
    """Of a document that is at hand, now."""
    now = timezone.now()
    period = period_of(document, now)
    key = SealKey.objects.filter(kid=document.kid, purpose=SealKey.Purpose.QR).first()
    return Standing(document, worth(document, period, now), period, key)


def issued_standing(public_id: str) -> Standing | None:
    """Of the document that was issued under this id, now, by one query.

    The document has the fields that an answer needs; others are read when they are asked for.
    """
    now = timezone.now()
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(BY_CODE, [moment, moment, SealKey.Purpose.QR.value, public_id, Document.State.ISSUED.value])
        rows = cursor.fetchall()
    if not rows:
        return None
    document, key = _document(rows[0]), _key(rows[0])
    period = weightiest(each for each in map(_period, rows) if each is not None)
    return Standing(document, worth(document, period, now), period, key)


def _document(row: tuple[Any, ...]) -> Document:
    told = dict(zip(OF_DOCUMENT, row, strict=False))
    return _made(Document, told | {"titles": loads(told["titles"]), "content": loads(told["content"])})


def _period(row: tuple[Any, ...]) -> StatusPeriod | None:
    start = len(OF_DOCUMENT)
    told = dict(zip(OF_PERIOD, map(_aware, row[start:]), strict=False))
    if told["id"] is None:
        return None
    period = _made(StatusPeriod, told)
    replaced_by, its_code = row[start + len(OF_PERIOD) : start + len(OF_PERIOD) + 2]
    period.replaced_by = _made(Document, {"id": replaced_by, "public_id": its_code}) if replaced_by else None
    return period


def _key(row: tuple[Any, ...]) -> SealKey | None:
    told = dict(zip(OF_KEY, map(_aware, row[-len(OF_KEY) :]), strict=True))
    return None if told["id"] is None else _made(SealKey, told)


def _made(model: type[Row], told: dict[str, Any]) -> Row:
    return model.from_db(connection.alias, tuple(told), tuple(told.values()))


def _aware(value: Any) -> Any:
    """SQLite keeps moments in UTC without saying so."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
