"""Put a new key of the QR seal, the status list or the PDF seal in the place of the old; broken off, it goes on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from procedures.documents.fingerprints import NoKey
from procedures.documents.key_rotation import is_due, rotate
from procedures.documents.models import SealKey


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("purposes", nargs="*", metavar="qr|status|pdf")
        parser.add_argument("--due", action="store_true", help="only keys that end within 30 days, or that were begun")
        parser.add_argument("--at-once", action="store_true", help="do not wait a day until verifiers know the new key")
        parser.add_argument("--algorithm", choices=["ES256", "EdDSA"], default="", help="by default as the old one")

    def handle(self, *args: Any, **options: Any) -> None:
        purposes = options["purposes"] or ([*SealKey.Purpose] if options["due"] else [])
        if not purposes or set(purposes) - set(SealKey.Purpose):
            raise CommandError("Say which: qr, status or pdf, or --due for those that end soon.")
        wrong = [sentence for purpose in purposes if (sentence := self._rotate(purpose, options))]
        if wrong:
            raise CommandError("\n".join(wrong))

    def _rotate(self, purpose: str, options: dict[str, Any]) -> str:
        """What is wrong with one key keeps the others from nothing."""
        try:
            if options["due"] and not is_due(purpose, timezone.now()):
                self.stdout.write(f"{purpose}: nothing to do.")
                return ""
            _done, told = rotate(purpose, at_once=options["at_once"], algorithm=options["algorithm"])
        except NoKey as wrong:
            return str(wrong)
        self.stdout.write("\n".join(told))
        return ""
