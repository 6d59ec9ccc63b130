"""`work --once`: do every due job in this process, then stop; without --once, go on until interrupted."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from procedures.jobs import services


class Command(BaseCommand):
    help = "Do the jobs that are due, in this process: no broker, no worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is due any more")
        parser.add_argument("--kinds", nargs="+", default=(), help="only these kinds of job")

    def handle(self, *args: Any, **options: Any) -> None:
        done = services.sweep(seconds=3600, kinds=options["kinds"])
        while not options["once"]:
            time.sleep(1)
            done += services.sweep(kinds=options["kinds"])
        if options["verbosity"]:
            self.stdout.write(f"{done} jobs done.")
