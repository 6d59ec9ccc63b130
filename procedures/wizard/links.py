"""Secret links that open a draft on any device before there is an account; at login it is claimed, and they end."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from procedures.wizard.models import Draft, DraftLink

MOST_OF_A_DRAFT, MOST_OF_AN_ADDRESS = 5, 10  # links made in one day
DAY = timedelta(days=1)


class TooManyLinks(Exception):
    """So many links were made today that another one would be a nuisance to somebody."""


@transaction.atomic
def make_link(*, draft: Draft, email: str, language: str) -> tuple[DraftLink, str]:
    """A new link to a draft that nobody has claimed, and its secret, which is kept nowhere; older links go on working.

    Raises TooManyLinks, and Draft.DoesNotExist where the draft was claimed, filed or deleted meanwhile.
    """
    held = Draft.objects.select_for_update().get(pk=draft.pk, owner=None, filed_at=None)
    now, email = timezone.now(), email.strip().lower()
    today = DraftLink.objects.filter(made_at__gt=now - DAY)
    if today.filter(draft=held).count() >= MOST_OF_A_DRAFT or today.filter(email=email).count() >= MOST_OF_AN_ADDRESS:
        raise TooManyLinks
    secret = secrets.token_urlsafe(32)
    link = DraftLink.objects.create(
        draft=held, email=email, language=language, made_at=now, secret_digest=_digest(secret)
    )
    return link, secret


def link_of(secret: str) -> DraftLink | None:
    """The link, while its draft waits unclaimed."""
    found = DraftLink.objects.select_related("draft").filter(
        secret_digest=_digest(secret),
        draft__owner=None,
        draft__filed_at=None,
        draft__expires_at__gt=timezone.now(),
    )
    return found.first()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
