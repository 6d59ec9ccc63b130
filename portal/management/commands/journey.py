"""Play the thread from a start page to a verified certificate, through HTTP alone."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.journey.second_factor import Codes
from portal.journey.servers import own_portal
from portal.journey.telling import Diary, NotAsPromised
from portal.journey.thread import Thread
from procedures import registry, testing


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="folder for the papers and journey.json")
        parser.add_argument("--procedure", default="foreign_certificate_equivalence", help="code of the procedure")
        parser.add_argument("--language", choices=("ar", "fr", "en"), default="ar")
        parser.add_argument("--url", default="", help="a running demonstration; without it one is started and ended")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TAKWIN_DEMONSTRATION:
            raise CommandError("The journey invents people and papers: it runs with the demonstration settings only.")
        out: Path = options["out"]
        out.mkdir(parents=True, exist_ok=True)
        diary = Diary(self.stdout.write)
        try:
            with portal_at(options["url"], diary) as (url, environment):
                thread = self.thread(options, url, environment, diary)
                thread.walk()
                diary.write(out / "journey.json", language=options["language"], url=url, **thread.found)
        except NotAsPromised as broken:
            diary.write(out / "journey.json", language=options["language"], broken=str(broken))
            self.stderr.write(str(broken))
            sys.exit(1)
        except requests.ConnectionError as gone:
            diary.write(out / "journey.json", language=options["language"], broken="no answer")
            self.stderr.write(f"Nothing answers at {getattr(gone.request, 'url', None) or options['url']}.")
            sys.exit(1)

    def thread(self, options: dict[str, Any], url: str, environment: dict[str, str], diary: Diary) -> Thread:
        try:
            procedure = registry.procedure(options["procedure"])
        except LookupError as unknown:
            raise NotAsPromised(f"There is no procedure {options['procedure']!r}.") from unknown
        # Every conditional page is taken; the files of Médenine go to the demonstration's regional officer.
        everything = testing.sample_answers(procedure, options["language"], stages=True, registers=False)
        everything.setdefault("contact", {})["governorate"] = "TN-82"
        return Thread(
            url=url.rstrip("/"),
            language=options["language"],
            procedure=procedure.code,
            answers=everything,
            granted=everything,
            out=options["out"],
            diary=diary,
            code_of=Codes(environment),
        )


@contextmanager
def portal_at(url: str, diary: Diary) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of the portal to walk through, and the environment of its commands."""
    if url:
        yield url, dict(os.environ)
        return
    with tempfile.TemporaryDirectory(prefix="takwin-journey-") as scratch:
        with diary.step("start a portal of its own"):
            starting = own_portal(Path(scratch))
            portal = starting.__enter__()
        try:
            yield portal.url, portal.environment
        finally:
            starting.__exit__(None, None, None)
