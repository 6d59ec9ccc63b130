"""Whether a database may be filled with rows to measure with."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from procedures.cases.models import Case
from registers.certificates.models import Certificate
from registers.people.models import Person
from registers.structures.models import Structure

DOMAIN = "bench.takwin.example"  # of the accounts that stand behind invented rows
LEGACY = "BENCH-"


class NotAScratchDatabase(Exception):
    """The database holds what was not made to measure with. Name one with “bench” in its name."""


def refuse_real_data() -> None:
    """Raises NotAScratchDatabase unless the database is named bench or holds nothing but rows made by this room."""
    if "bench" in Path(str(connection.settings_dict["NAME"])).name.lower():
        return
    real = (
        Case.objects.exclude(applicant__email__endswith=f"@{DOMAIN}"),
        Structure.objects.exclude(legacy_number__startswith=LEGACY),
        Certificate.objects.exclude(structure__legacy_number__startswith=LEGACY),
        Person.objects.exclude(invented=True),
    )
    if any(rows.exists() for rows in real):
        raise NotAScratchDatabase(NotAScratchDatabase.__doc__)
