"""Periods that overlap are refused by the database itself, where it can."""

from django.db import migrations

from registers.history.exclusion import no_overlap


class Migration(migrations.Migration):
    dependencies = [("specialities", "0002_moratoria")]
    operations = [no_overlap("specialities", "Moratorium", "subject", "governorate", "kind")]
