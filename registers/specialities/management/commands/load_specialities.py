"""Load the nomenclature of specialities: a table of the administration, or the invented one of the demonstration."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registers.specialities.services import FaultyTable, load_specialities

DEMONSTRATION = Path(__file__).resolve().parents[2] / "data" / "specialities.demo.csv"


class Command(BaseCommand):
    help = "Load specialities from a CSV table; without a table, the invented ones of the demonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", nargs="?", type=Path, help="UTF-8 CSV: code, sector_ar ... name_en")

    def handle(self, *args: Any, **options: Any) -> None:
        table = options["table"]
        try:
            loaded = load_specialities(path=table or DEMONSTRATION, invented=table is None)
        except FaultyTable as faulty:
            raise CommandError(str(faulty)) from faulty
        self.stdout.write(f"specialities: {loaded.added} added, {loaded.changed} brought up to date")
