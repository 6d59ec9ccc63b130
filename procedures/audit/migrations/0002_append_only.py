"""Triggers that refuse UPDATE, DELETE and, on PostgreSQL, TRUNCATE on the chain and its signed heads."""

from django.db import migrations

from procedures.audit import guards


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(editor), lambda apps, editor: guards.remove(editor), elidable=False
        )
    ]
