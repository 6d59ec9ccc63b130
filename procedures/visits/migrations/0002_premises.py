"""One checklist to begin with, invented: administrators publish the ministry's own."""

import json
from pathlib import Path

from django.db import migrations
from django.utils import timezone

SOURCE = Path(__file__).resolve().parents[1] / "data" / "premises.json"


def install(apps, schema_editor):
    Checklist, Edition, Item = (apps.get_model("visits", name) for name in ("Checklist", "Edition", "Item"))
    described = json.loads(SOURCE.read_text())
    items = described.pop("items")
    if Checklist.objects.filter(code=described["code"]).exists():
        return
    edition = Edition.objects.create(
        checklist=Checklist.objects.create(**described), number=1, published_at=timezone.now()
    )
    Item.objects.bulk_create(Item(edition=edition, position=place, **item) for place, item in enumerate(items, start=1))


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
