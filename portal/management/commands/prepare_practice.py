"""Make the practice space beside the genuine site, or bring it up to date; --again empties it and begins anew."""

import contextlib
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from procedures.documents.key_safety import of_another_kind
from procedures.practice.services import Genuine, mark_database, refuse_genuine
from procedures.practice.starting import is_marked


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="delete every invented case, account and paper first")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TAKWIN_PRACTICE:
            raise CommandError("This makes a practice space: it runs with TAKWIN_PRACTICE=1 only.")
        if wrong := of_another_kind(Path(settings.TAKWIN_KEYS)):
            raise CommandError(" ".join(wrong))
        try:
            refuse_genuine()
            if options["again"]:
                self._empty()
            call_command("migrate", verbosity=0)
            mark_database()
        except Genuine as genuine:
            raise CommandError(str(genuine)) from genuine
        call_command("prepare_demonstration", small=True, stdout=self.stdout)

    def _empty(self) -> None:
        """The whole database and its papers; the keys stay, which prove nothing and are slow to make."""
        if not is_marked():
            raise CommandError("This database has no mark of a practice space: nothing was deleted.")
        if connection.vendor == "sqlite":
            name = str(connection.settings_dict["NAME"])
            connection.close()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{name}{suffix}").unlink(missing_ok=True)
        else:
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(settings.TAKWIN_PRIVATE_STORAGE)
        self.stdout.write("The practice space was emptied.")
