"""Triggers that refuse to change a note, an original seen, or what was said against either."""

from django.db import migrations

from procedures.dossiers import guards


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(editor), lambda apps, editor: guards.remove(editor), elidable=False
        )
    ]
