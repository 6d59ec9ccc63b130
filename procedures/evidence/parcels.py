"""A file that arrives in parts: each is kept as it comes, so that a broken connection costs one part and no more."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction

from procedures.evidence.formats import MEGABYTE
from procedures.evidence.models import Parcel
from procedures.evidence.refusals import PaperRefused
from procedures.evidence.shelves import ARRIVING, delete_file, read_file

LARGEST_PART = MEGABYTE
MOST_AT_ONCE = 12  # of one draft
KEPT = timedelta(hours=24)


def expect_parcel(*, draft: Any, paper: str, row: str, name: str, size: int, key: str) -> Parcel:
    """The parcel of this file, as far as it has come; a new one where none of it has.

    `key` is what the browser knows the file by. Raises PaperRefused for one that will be too large, or one too many.
    """
    if size > settings.TAKWIN_UPLOAD_MAX_BYTES:
        raise PaperRefused("too_large", limit=settings.TAKWIN_UPLOAD_MAX_BYTES // MEGABYTE)
    if size < 1:
        raise PaperRefused("empty")
    known = Parcel.objects.filter(draft=draft, paper=paper, row=row, key=key[:200], size=size).first()
    if known is None and Parcel.objects.filter(draft=draft).count() >= MOST_AT_ONCE:
        forget_parcels(draft=draft)  # those that were given up
    return known or Parcel.objects.create(draft=draft, paper=paper, row=row, key=key[:200], name=name[:500], size=size)


def add_part(*, parcel: Parcel, at: int, part: UploadedFile[Any]) -> Parcel:
    """Keep a part that begins where the last one ended; any other is left aside. Returns the parcel as it stands."""
    content = part.read(LARGEST_PART + 1)
    with transaction.atomic():
        held = Parcel.objects.select_for_update().get(pk=parcel.pk)
        if at != held.received or not content or len(content) > min(LARGEST_PART, held.size - at):
            return held
        path = storages["private"].save(f"{ARRIVING}/{held.pk.hex[:2]}/{uuid.uuid4().hex}", ContentFile(content))
        held.parts = [*held.parts, path]
        held.received += len(content)
        held.save(update_fields=["parts", "received"])
    return held


def whole(parcel: Parcel) -> SimpleUploadedFile:
    """The file of a parcel that has arrived, as the plain form would have sent it."""
    return SimpleUploadedFile(parcel.name or "document", b"".join(read_file(path) for path in parcel.parts))


def forget_parcel(*, parcel: Parcel) -> None:
    Parcel.objects.filter(pk=parcel.pk).delete()
    for path in parcel.parts:
        delete_file(path)


def forget_parcels(*, draft: Any) -> None:
    """What has arrived for a draft that is deleted, or that has more on the way than anybody chooses at once."""
    for parcel in Parcel.objects.filter(draft=draft):
        forget_parcel(parcel=parcel)


def purge_parcels(*, now: datetime) -> int:
    """Forget those that were begun a day ago; returns how many."""
    old = list(Parcel.objects.filter(begun_at__lte=now - KEPT))
    for parcel in old:
        forget_parcel(parcel=parcel)
    return len(old)
