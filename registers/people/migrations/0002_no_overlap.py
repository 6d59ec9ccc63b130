"""Periods that overlap are refused by the database itself, where it can."""

from django.db import migrations

from registers.history.exclusion import no_overlap


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        no_overlap("people", "Engagement", "subject", "structure"),
    ]
