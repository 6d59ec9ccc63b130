"""Retire a key that leaked: publish it, put another in its place, list the papers to issue anew."""

import csv
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from procedures.documents.fingerprints import NoKey
from procedures.documents.key_making import is_there
from procedures.documents.key_retiring import retire, to_issue_anew
from procedures.documents.key_rotation import rotate
from procedures.documents.keys import sealer_in
from procedures.documents.models import SealKey


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kid", help="the key's id, as in jwks.json or in hexadecimal")
        parser.add_argument("--since", default="", help="the day since which others may have it (now)")
        parser.add_argument("--purpose", default="", choices=[*SealKey.Purpose], metavar="qr|status|pdf")
        parser.add_argument("--list", default="", metavar="FILE.csv", help="write the papers to issue anew there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            row = retire(options["kid"], since=_beginning(options["since"]), purpose=options["purpose"])
            self.stdout.write(f"The {row.purpose} key {row.kid} is retired since {row.revoked_at:%Y-%m-%d %H:%M} UTC.")
            folder = Path(settings.TAKWIN_KEYS)
            if is_there(folder, row.purpose) and sealer_in(folder, row.purpose).kid.hex() == row.kid:
                _done, told = rotate(row.purpose, at_once=True)
                self.stdout.write("\n".join(told))
        except NoKey as wrong:
            raise CommandError(str(wrong)) from wrong
        if row.purpose == SealKey.Purpose.PDF:
            self.stdout.write("Have your authority revoke its certificate. The time stamps keep older files valid.")
        found = to_issue_anew(row)
        self.stdout.write(f"Papers to issue anew: {len(found)}.")
        if options["list"]:
            _write(options["list"], found)


def _beginning(day: str) -> datetime | None:
    if not day:
        return None
    found = parse_date(day)
    if found is None:
        raise CommandError("--since takes a day, as 2026-11-29.")
    return timezone.make_aware(datetime.combine(found, time.min))


def _write(name: str, found: list[Any]) -> None:
    """Codes and numbers alone: who holds them is read in the portal, by whoever may."""
    rows = [
        (each.public_id, each.number, each.procedure, each.output, each.issued_on.isoformat(), worth)
        for each, worth in found
    ]
    with Path(name).open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("code", "number", "procedure", "output", "issued_on", "status"))
        writer.writerows(rows)
