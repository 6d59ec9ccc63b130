"""A key that leaked: from now on nobody takes its seals, and the papers to issue anew are told."""

import base64
import binascii
import contextlib
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from procedures.audit import services as audit
from procedures.documents.fingerprints import NoKey
from procedures.documents.key_register import facts
from procedures.documents.models import Document, SealKey
from procedures.documents.selectors import statuses_of

HOLD_NO_MORE = {"revoked", "replaced", "expired"}


def retire(kid: str, *, since: datetime | None = None, purpose: str = "") -> SealKey:
    """Publish that a key is worth nothing since a moment (now). Said again, an earlier moment counts, a later one not.

    The answer online stays true for whatever the register holds, seal by seal; a forgery is not in it. Raises NoKey.
    """
    now = timezone.now()
    if since and since > now:
        raise NoKey("A key is retired since now or since a day that has passed.")
    with transaction.atomic():
        row = _named(kid, purpose)
        moment = min(filter(None, (row.revoked_at, since or row.revoked_at or now)))
        if moment != row.revoked_at:
            row.revoked_at = moment
            row.save(update_fields=["revoked_at"])
            audit.append(action="key.retired", subject=row, data=facts(row) | {"since": moment.isoformat()})
    return row


def to_issue_anew(row: SealKey) -> list[tuple[Document, str]]:
    """The papers that a retired key sealed and that hold today or are suspended, with that; the oldest first."""
    if row.purpose != SealKey.Purpose.QR:
        return []
    found = list(_sealed_by(row).defer("content", "claims", "cose"))
    worth = statuses_of(found)
    return [(document, worth[document.pk]) for document in found if worth[document.pk] not in HOLD_NO_MORE]


def is_retired(kid: str, purpose: str = SealKey.Purpose.QR) -> bool:
    return SealKey.objects.filter(kid=kid, purpose=purpose, revoked_at__isnull=False).exists()


def _sealed_by(row: SealKey) -> QuerySet[Document]:
    return Document.objects.filter(kid=row.kid, state=Document.State.ISSUED).order_by("issued_on", "pk")


def _named(kid: str, purpose: str) -> SealKey:
    """By its id in hexadecimal, or as the published keys spell it."""
    spelt = {kid.lower()}
    with contextlib.suppress(binascii.Error, ValueError):
        spelt.add(base64.urlsafe_b64decode(kid + "=" * (-len(kid) % 4)).hex())
    rows = SealKey.objects.select_for_update().filter(kid__in=spelt)
    found = list(rows.filter(purpose=purpose) if purpose else rows)
    if len(found) != 1:
        raise NoKey(f"{len(found) or 'No'} keys bear the id {kid}." + (" Say which with --purpose." if found else ""))
    return found[0]
