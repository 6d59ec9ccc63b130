"""Make the keys of the QR seal and the status list, in a demonstration of the PDF seal too; none is replaced."""

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
        if not (Path(settings.TAKWIN_KEYS) / "pdf.pem").exists():
            self.stdout.write("Put pdf.pem, pdf.crt, pdf-root.crt and pdf-root.crl of your authority beside them.")
