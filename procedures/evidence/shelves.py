"""Where files lie in the private storage, under names of ours; a file that no row knows is purged."""

import contextlib
import uuid
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from procedures.evidence.formats import ENDINGS
from procedures.evidence.models import Upload

QUARANTINE, PAPERS, ARRIVING, PREVIEWS = "quarantine", "papers", "arriving", "previews"
MOST_PREVIEWS = 10


def keep_file(shelf: str, upload: Upload, content: bytes) -> str:
    """Store the bytes under a random name; two letters of it make the folder. Returns the path."""
    name = uuid.uuid4().hex
    return storages["private"].save(f"{shelf}/{name[:2]}/{name}{ENDINGS[upload.kind][0]}", ContentFile(content))


def read_file(path: str) -> bytes:
    with storages["private"].open(path) as file:
        return file.read()


def delete_file(path: str) -> None:
    if path:
        with contextlib.suppress(FileNotFoundError):
            storages["private"].delete(path)
        _delete_previews(PurePosixPath(path).stem)


def _delete_previews(stem: str) -> None:
    for page in range(MOST_PREVIEWS + 1):
        path = f"{PREVIEWS}/{stem[:2]}/{stem}-{page}.jpg"
        if storages["private"].exists(path):
            storages["private"].delete(path)


def purge_orphans(*, older_than: timedelta = timedelta(hours=24)) -> int:
    """Delete files that no row knows: what a crash left behind, old parts, previews of yesterday."""
    private, limit, gone = storages["private"], timezone.now() - older_than, 0
    for shelf in (QUARANTINE, PAPERS, ARRIVING, PREVIEWS):
        if not private.exists(shelf):
            continue
        for folder in private.listdir(shelf)[0]:
            for name in private.listdir(f"{shelf}/{folder}")[1]:
                path = f"{shelf}/{folder}/{name}"
                if private.get_modified_time(path) <= limit and not Upload.objects.filter(stored=path).exists():
                    private.delete(path)
                    gone += 1
    return gone
