"""Links by which a holder shows a document with the full name: made, found by their secret, withdrawn, forgotten."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.verification.models import ShareLink
from procedures.audit.services import append
from procedures.documents.models import Document

DAYS = (7, 30, 90)
MOST_OPEN = 10  # links of one document that open something at a time
KEPT_DAYS = 30  # a link that opens nothing any more is forgotten after these
SALT = "portal.verification.sharing"
SECRET_SIGNS = 32  # hexadecimal: 128 bits


class TooManyLinks(Exception):
    """This document has as many open links as it may."""


@transaction.atomic
def share_document(*, document: Document, days: int, by: Any) -> ShareLink:
    """A new link that opens for `days` (one of DAYS). The caller has asked whether the document is theirs.

    Raises TooManyLinks, ValueError (other days).
    """
    if days not in DAYS:
        raise ValueError(days)
    held = Document.objects.select_for_update().get(pk=document.pk)
    now = timezone.now()
    if open_links(held).count() >= MOST_OPEN:
        raise TooManyLinks
    seed = secrets.token_hex(16)
    link = ShareLink.objects.create(
        document=held,
        made_by=by,
        seed=seed,
        digest=_digest(_secret(seed)),
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    append(action="document.share", subject=held, actor=by, data={"link": link.pk, "days": days})
    return link


@transaction.atomic
def withdraw_link(*, link: ShareLink, by: Any) -> None:
    """From now on the link opens nothing; withdrawing it twice changes nothing."""
    held = ShareLink.objects.select_for_update().select_related("document").get(pk=link.pk)
    if held.revoked_at is None:
        held.revoked_at = timezone.now()
        held.save(update_fields=("revoked_at",))
        append(action="document.unshare", subject=held.document, actor=by, data={"link": held.pk})


def open_links(*documents: Document) -> QuerySet[ShareLink]:
    """Links of these documents that open something now, the latest first."""
    return ShareLink.objects.filter(document__in=documents, revoked_at=None, expires_at__gt=timezone.now())


def secret_of(link: ShareLink) -> str:
    """The secret, for its maker; empty where the site's key has changed since, and only the receivers know it."""
    secret = _secret(link.seed)
    return secret if _digest(secret) == link.digest else ""


def link_of(secret: str) -> ShareLink | None:
    """The open link of this secret; None for one that is wrong, withdrawn or past its day alike."""
    if len(secret) != SECRET_SIGNS:
        return None
    found = ShareLink.objects.filter(digest=_digest(secret), revoked_at=None, expires_at__gt=timezone.now())
    return found.filter(document__state=Document.State.ISSUED).select_related("document").first()


def forget_links() -> int:
    """Delete links that have opened nothing for a month; how many."""
    gone, _by_kind = ShareLink.objects.filter(expires_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
    return gone


def _secret(seed: str) -> str:
    return salted_hmac(SALT, seed, algorithm="sha256").hexdigest()[:SECRET_SIGNS]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
