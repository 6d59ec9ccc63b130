"""Two retirements of one speciality on the same day are refused by the database itself, where it can."""

from django.db import migrations

from registers.history.exclusion import no_overlap


class Migration(migrations.Migration):
    dependencies = [("specialities", "0004_retirements")]
    operations = [no_overlap("specialities", "Retirement", "subject")]
