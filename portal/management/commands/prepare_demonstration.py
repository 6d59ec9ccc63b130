"""Bring the demonstration's database, keys, site and data up to date; running it again loses nothing."""

import io
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

STEPS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("Preparing the database (about half a minute the first time)", ("migrate", "--verbosity", "0")),
    ("Cache", ("createcachetable", "--verbosity", "0")),
    ("Static files", ("collect_static",)),
    ("Development keys for the seal", ("make_keys",)),
    ("Offices", ("load_offices",)),
    ("Specialities (invented)", ("load_specialities",)),
    ("Delegations (invented)", ("load_places",)),
    ("Programmes (invented)", ("load_programmes",)),
    ("Pages of the site", ("load_site",)),
    ("Demonstration accounts and files", ("load_demonstration",)),
    ("A small country (invented): structures, trainees, certificates", ("load_country",)),
)
SMALL = ("--structures", "12", "--trainees", "240")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--small", action="store_true", help="a fifth of the structures and fewer trainees")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TAKWIN_DEMONSTRATION:
            raise CommandError(
                "This fills a database with invented data; it runs with the demonstration settings only."
            )
        for position, (title, command) in enumerate(STEPS, 1):
            began = time.monotonic()
            self.stdout.write(f"[{position}/{len(STEPS)}] {title} ... ", ending="")
            self.stdout.flush()
            more = SMALL if options["small"] and command == ("load_country",) else ()
            call_command(*command, *more, stdout=io.StringIO())
            self.stdout.write(f"{time.monotonic() - began:.1f} s")
