"""Make development keys for the QR seal, the PDF seal and the status list; keys that exist are kept."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from procedures.documents.key_making import make_keys


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_keys(Path(settings.TAKWIN_KEYS))
        self.stdout.write(f"Made: {', '.join(made)}" if made else "All keys are there.")
