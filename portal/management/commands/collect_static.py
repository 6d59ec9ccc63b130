"""Collect and compress the static files where any has changed since it was done last."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

DONE = "collected.sha256"


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        mark = Path(settings.STATIC_ROOT) / DONE
        state = state_of_the_files()
        if mark.exists() and mark.read_text() == state:
            return
        mark.unlink(missing_ok=True)  # half-way is not done
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(state)


def state_of_the_files() -> str:
    """A digest of every file's name, size and time, and of how they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return digest.hexdigest()
