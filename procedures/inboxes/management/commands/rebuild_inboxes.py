"""Write the lists of the inboxes anew from the cases: after rows were written past the services."""

from typing import Any

from django.core.management.base import BaseCommand

from procedures.inboxes.rebuilding import rebuild


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild():,} cases")
