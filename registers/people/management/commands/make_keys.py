"""Make every key that a site needs and that is missing: those of the seal, and those of people's identifiers."""

from pathlib import Path
from typing import Any

from django.conf import settings

from procedures.documents.management.commands.make_keys import Command as SealKeys
from registers.people.vault import make_pairs


class Command(SealKeys):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        path = Path(settings.TAKWIN_PEOPLE_KEYS)
        made = make_pairs(path)
        self.stdout.write(f"Made: {path.name}" if made else "The keys of people's identifiers are there.")
