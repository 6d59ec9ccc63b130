"""Periods that overlap are refused by the database itself, where it can."""

from django.db import migrations

from registers.history.exclusion import no_overlap


class Migration(migrations.Migration):
    dependencies = [("structures", "0001_initial")]
    operations = [
        no_overlap("structures", "StructureDetails", "subject"),
        no_overlap("structures", "StructureStatus", "subject"),
        no_overlap("structures", "Authorisation", "subject"),
        no_overlap("structures", "Direction", "subject"),
        no_overlap("structures", "Teaching", "subject", "speciality"),
    ]
