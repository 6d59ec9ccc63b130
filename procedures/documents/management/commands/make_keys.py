"""Make the keys of the QR seal and the status list, in a demonstration of the PDF seal too; none is replaced."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from procedures.documents.key_making import is_there, make_keys
from procedures.documents.models import SealKey


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_keys(Path(settings.TAKWIN_KEYS))
        self.stdout.write(f"Made: {', '.join(made)}" if made else "All keys are there.")
        if not is_there(Path(settings.TAKWIN_KEYS), SealKey.Purpose.PDF):
            self.stdout.write("For the PDF seal run manage.py rotate_seal_keys pdf, or bring its key and certificates.")
