"""Load delegations: a table of the administration, or the invented one of the demonstration."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registers.places.services import FaultyTable, load_places

DEMONSTRATION = Path(__file__).resolve().parents[2] / "data" / "delegations.demo.csv"


class Command(BaseCommand):
    help = "Load delegations from a CSV table; without a table, the invented ones of the demonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", nargs="?", type=Path, help="UTF-8 CSV: code, governorate, name_ar ... name_en")

    def handle(self, *args: Any, **options: Any) -> None:
        table = options["table"]
        try:
            loaded = load_places(path=table or DEMONSTRATION, invented=table is None)
        except FaultyTable as faulty:
            raise CommandError(str(faulty)) from faulty
        self.stdout.write(f"places: {loaded.added} added, {loaded.changed} brought up to date")
