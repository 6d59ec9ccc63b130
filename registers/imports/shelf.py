"""Where uploaded tables lie in the private storage, under names of ours, until they are purged."""

from __future__ import annotations

import contextlib
import uuid
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.core.files.base import File
from django.core.files.storage import storages
from django.utils import timezone

from registers.imports.models import ImportBatch

SHELF = "imports"


def keep_table(file: Any, format: str) -> str:
    """Store an uploaded file under a random name; two letters of it make the folder. Returns the path."""
    name = uuid.uuid4().hex
    file.seek(0)
    return storages["private"].save(f"{SHELF}/{name[:2]}/{name}.{format}", File(file))


def open_table(batch: ImportBatch) -> BinaryIO:
    """The file as it came. Raises FileNotFoundError once it is purged."""
    if not batch.stored:
        raise FileNotFoundError(batch.public_id)
    return cast(BinaryIO, storages["private"].open(batch.stored))


def delete_table(path: str) -> None:
    if path:
        with contextlib.suppress(FileNotFoundError):
            storages["private"].delete(path)


def purge_orphans(*, older_than: timedelta = timedelta(hours=24)) -> int:
    """Delete files that no batch knows: what a crash between the file and its row left behind."""
    private, limit, gone = storages["private"], timezone.now() - older_than, 0
    if not private.exists(SHELF):
        return 0
    for folder in private.listdir(SHELF)[0]:
        for name in private.listdir(f"{SHELF}/{folder}")[1]:
            path = f"{SHELF}/{folder}/{name}"
            if private.get_modified_time(path) <= limit and not ImportBatch.objects.filter(stored=path).exists():
                private.delete(path)
                gone += 1
    return gone
