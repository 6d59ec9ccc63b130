"""Seal and index people's identifiers with new keys; broken off, the next run goes on. `--forget` drops old keys."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registers.people.rotation import NoKey, StillNeeded, forget, rotate
from registers.people.vault import Unreadable


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forget", action="store_true", help="drop the old keys that no row needs any more")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["forget"]:
                self._forget()
            else:
                done = rotate(told=lambda done: self.stdout.write(f"{done} identifiers"))
                self.stdout.write(f"{done} identifiers are under the new keys. Drop the old ones with --forget.")
        except (NoKey, Unreadable, StillNeeded) as wrong:
            raise CommandError(str(wrong)) from wrong

    def _forget(self) -> None:
        ids = forget()
        self.stdout.write(f"Dropped: {', '.join(ids)}" if ids else "There are no old keys.")
