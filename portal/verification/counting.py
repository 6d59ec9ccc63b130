"""Verifications counted by document and day: the holder sees how often, nobody sees who."""

import logging
from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from portal.verification.gathering import gather
from portal.verification.models import Verified
from procedures.documents.models import Document

logger = logging.getLogger(__name__)


def count_verification(document: Document) -> None:
    """One more for today; where it cannot be written the verification goes on all the same."""
    if settings.TAKWIN_COUNT_SECONDS:
        gather(document.pk)
        return
    today = timezone.localdate()
    try:
        with transaction.atomic():
            if not _one_more(document, today):
                Verified.objects.get_or_create(document=document, day=today)
                _one_more(document, today)
    except DatabaseError:
        logger.warning("a verification was not counted")


def count_verifications(documents: Collection[Document]) -> None:
    """One more for today of each of many, in three queries; the same where it cannot be written."""
    today = timezone.localdate()
    try:
        with transaction.atomic():
            before = Verified.objects.filter(document__in=documents, day=today)
            known = set(before.values_list("document_id", flat=True))
            before.update(times=F("times") + 1)
            new = [Verified(document=each, day=today, times=1) for each in documents if each.pk not in known]
            Verified.objects.bulk_create(new, ignore_conflicts=True)
    except DatabaseError:
        logger.warning("verifications of a list were not counted")


def _one_more(document: Document, today: date) -> int:
    return Verified.objects.filter(document=document, day=today).update(times=F("times") + 1)
