"""Load national programmes: a table of the administration, or the invented one of the demonstration."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registers.programmes.tables import COLUMNS, FaultyTable, load_programmes

DEMONSTRATION = Path(__file__).resolve().parents[2] / "data" / "programmes.demo.csv"


class Command(BaseCommand):
    help = "Load programmes from a CSV table; without a table, the invented ones of the demonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = ", ".join(column.name for column in COLUMNS)
        parser.add_argument("table", nargs="?", type=Path, help=f"UTF-8 CSV: {names}")

    def handle(self, *args: Any, **options: Any) -> None:
        table = options["table"]
        try:
            loaded = load_programmes(path=table or DEMONSTRATION, invented=table is None)
        except FaultyTable as faulty:
            raise CommandError(str(faulty)) from faulty
        self.stdout.write(f"programmes: {loaded.added} added, {loaded.changed} brought up to date")
