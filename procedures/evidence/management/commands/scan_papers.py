"""Ask the virus scanner again about every paper that still waits for it."""

from typing import Any

from django.core.management.base import BaseCommand

from procedures.evidence.models import Upload
from procedures.evidence.scanning import scan_again


class Command(BaseCommand):
    help = "Ask the virus scanner again about every paper that still waits for it."

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = list(Upload.objects.filter(state=Upload.State.AWAITING_SCAN).values_list("pk", flat=True))
        answered = sum(scan_again(upload_id=str(pk)) for pk in waiting)
        self.stdout.write(f"{len(waiting)} waited, {answered} answered, {len(waiting) - answered} still wait.")
