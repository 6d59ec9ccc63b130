"""A process of its own for the test of killed imports: opens groups, receives a table, tells what came in."""

import json
import sys
from pathlib import Path

import django

WORK = ("imports.stage", "imports.enter")


def prepare(table: Path, rows: int) -> None:
    """Write the table and bring it; prints the structures' numbers."""
    from django.contrib.auth import get_user_model
    from django.core.files import File

    from bench.trainees import open_groups, write_csv
    from bench.trainees import table as invented
    from procedures.offices.models import Office
    from registers.imports.services import receive_table

    write_csv(table, invented(rows, open_groups(rows))[0])
    names = dict.fromkeys(("name_ar", "name_fr", "name_en"), "Central")
    office = Office.objects.create(code="central-imports", kind="central", **names)
    by = get_user_model().objects.create(email="imports@takwin.example")
    with table.open("rb") as file:
        receive_table(kind="trainees", file=File(file, name=table.name), by=by, office=office)


def decide() -> None:
    from registers.imports.models import ImportBatch
    from registers.imports.services import decide_import

    batch = ImportBatch.objects.get()
    decide_import(batch=batch, mode="valid", by=batch.by)


def tell() -> None:
    """Print every enrolment as the register has it, with the whole number of the card, and the figures of the batch."""
    from procedures.audit.models import Entry
    from procedures.jobs.models import Job
    from registers.imports.models import ImportBatch, ImportRow
    from registers.people.models import Identifier, Person
    from registers.people.vault import vault
    from registers.training.models import Enrolment

    keys = vault()
    cards = {row.person_id: keys.open(row.kind, row.country, row.value, row.key_id) for row in Identifier.objects.all()}
    enrolled = [
        [
            each.session.offer.structure.number, each.session.label, cards[each.person_id], each.person.first_ar,
            each.person.last_lat, each.person.birth_date.isoformat(), each.entered_on.isoformat(),
        ]
        for each in Enrolment.objects.select_related("person", "session__offer__structure").iterator()
    ]  # fmt: skip
    batch = ImportBatch.objects.get()
    told = {
        "enrolled": enrolled,
        "people": Person.objects.count(),
        "state": batch.state,
        "counts": batch.counts,
        "faulty": list(batch.rows.filter(state=ImportRow.State.FAULTY).values_list("line", flat=True)),
        "ends": Entry.objects.filter(action="import.entered").count(),
        "tries": list(
            Job.objects.filter(kind__startswith="imports.").order_by("pk").values_list("kind", "state", "tries")
        ),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "prepare":
        prepare(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        {"decide": decide, "tell": tell}[sys.argv[1]]()
