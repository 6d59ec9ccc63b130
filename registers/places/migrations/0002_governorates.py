import json
from pathlib import Path

from django.db import migrations

SOURCE = Path(__file__).resolve().parents[1] / "governorates.json"


def load(apps, schema_editor):
    place = apps.get_model("places", "Place")
    for row in json.loads(SOURCE.read_text(encoding="utf-8")):
        names = {"name_ar": row["ar"], "name_fr": row["fr"], "name_en": row["en"]}
        place.objects.update_or_create(code=row["code"], defaults={"kind": "governorate", **names})


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
