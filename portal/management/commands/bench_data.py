"""Fill a scratch database with invented structures, cases and certificates to measure with; cut off, it goes on."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.demonstration.bulk.filling import CASES, CERTIFICATES, STRUCTURES, fill
from portal.demonstration.bulk.guarding import NotAScratchDatabase
from registers.people.vault import NoKey

WIDTH = 30  # of the bar, in signs


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, number in (("structures", STRUCTURES), ("cases", CASES), ("certificates", CERTIFICATES)):
            parser.add_argument(f"--{name}", type=int, default=number, help="how many (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.began: dict[str, float] = {}
        sizes = {name: options[name] for name in ("structures", "cases", "certificates")}
        if min(sizes.values()) < 1:
            raise CommandError("Ask for one of each at least.")
        try:
            fill(**sizes, told=self.show)
        except (NotAScratchDatabase, NoKey) as error:
            raise CommandError(str(error)) from error

    def show(self, kind: str, done: int, wanted: int) -> None:
        """A bar that fills on a terminal; one line a kind elsewhere."""
        taken = time.monotonic() - self.began.setdefault(kind, time.monotonic())
        full = WIDTH * done // wanted
        line = f"{kind:<13}[{'#' * full}{'.' * (WIDTH - full)}] {done:>9,} of {wanted:,}  {taken:.0f} s"
        if self.stdout.isatty():
            self.stdout.write(f"\r{line}", ending="\n" if done >= wanted else "")
            self.stdout.flush()
        elif done >= wanted:
            self.stdout.write(line)
