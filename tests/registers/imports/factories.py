"""A structure with groups to import into, tables to bring, and the work that follows done at once."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from procedures.jobs.services import sweep
from procedures.offices.models import Office
from registers.history.services import Cause
from registers.imports import services
from registers.imports.kinds.all import KINDS
from registers.imports.models import ImportBatch
from registers.programmes.services import open_offer
from registers.training.models import Session
from registers.training.services import declare_session
from tests.procedures.kernel.factories import a_person
from tests.registers.factories import a_programme, a_speciality, a_structure
from tests.registers.organisations.factories import an_organisation, serving

SINCE, UNTIL = date(2025, 9, 15), date(2026, 7, 1)
CAUSE = Cause(batch=0)


class School:
    """An organisation with a director, one active structure and one group of ten places."""

    def __init__(self, label: str = "2026-A", places: int = 10) -> None:
        self.organisation = an_organisation()
        self.director = serving(self.organisation, "director").person
        self.structure = a_structure(organisation=self.organisation)
        self.programme = a_programme(a_speciality())
        self.offer = open_offer(CAUSE, structure=self.structure, programme=self.programme, since=date(2020, 1, 2))
        self.group = self.open_group(label, places)

    def open_group(self, label: str, places: int = 10) -> Session:
        return declare_session(CAUSE, offer=self.offer, label=label, since=SINCE, until=UNTIL, places=places)

    def bring(self, kind: str, file: Any) -> ImportBatch:
        return services.receive_table(kind=kind, file=file, by=self.director, organisation=self.organisation)


def a_table(kind: str, rows: Sequence[dict[str, Any]], *, name: str = "table.csv") -> SimpleUploadedFile:
    """A CSV with the Arabic headings of the columns that the rows fill in."""
    asked = [column for column in KINDS[kind].columns if any(column.name in row for row in rows)]
    target = io.StringIO()
    table = csv.writer(target, delimiter=";")
    table.writerow([column.ar for column in asked])
    table.writerows([[row.get(column.name, "") for column in asked] for row in rows])
    return SimpleUploadedFile(name, target.getvalue().encode())


def a_trainee(number: int = 1, **changes: str) -> dict[str, str]:
    """A sound row of the table of trainees."""
    return {
        "group": "2026-A",
        "id_kind": "",
        "id_number": f"{8_000_000 + number:08}",
        "first_ar": "أميرة",
        "last_ar": "المثالي",
        "first_lat": "Amira",
        "last_lat": "Methali",
        "birth_date": "28/02/2004",
        "sex": "أنثى",
        "nationality": "",
        "entered_on": "",
    } | changes


def read(batch: ImportBatch) -> ImportBatch:
    """Let the table be read by a worker."""
    sweep(kinds=["imports.stage"])
    batch.refresh_from_db()
    return batch


def entered(batch: ImportBatch, mode: str = "valid") -> ImportBatch:
    """Decide, and let the rows be entered by a worker."""
    services.decide_import(batch=batch, mode=mode, by=batch.by)
    sweep(kinds=["imports.enter"])
    batch.refresh_from_db()
    return batch


def faults(batch: ImportBatch) -> dict[int, list[tuple[str, str]]]:
    """For each line with faults their columns and codes."""
    return {
        row.line: [(fault["column"], fault["code"]) for fault in row.errors] for row in batch.rows.all() if row.errors
    }


def an_office() -> Office:
    names = dict.fromkeys(("name_ar", "name_fr", "name_en"), "Central")
    return Office.objects.get_or_create(code="central-imports", defaults={"kind": "central", **names})[0]


def by_office(kind: str, file: Any) -> ImportBatch:
    return services.receive_table(kind=kind, file=file, by=a_person("central"), office=an_office())
