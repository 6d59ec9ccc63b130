"""Load the invented country of the demonstration: structures, trainees, groups, exams, certificates; once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demonstration.country.loading import NotReady, load_country
from portal.demonstration.country.plan import STRUCTURES, TRAINEES


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--structures", type=int, default=STRUCTURES, help="at least 6 (default: %(default)s)")
        parser.add_argument("--trainees", type=int, default=TRAINEES, help="default: %(default)s")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TAKWIN_DEMONSTRATION:
            raise CommandError("An invented country is loaded with the demonstration settings only.")
        try:
            load_country(structures=max(6, options["structures"]), trainees=options["trainees"], told=self.stdout.write)
        except NotReady as error:
            raise CommandError(str(error)) from error
