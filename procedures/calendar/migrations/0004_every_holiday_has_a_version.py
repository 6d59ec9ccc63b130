import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("working_calendar", "0003_versions")]
    operations = [
        migrations.AlterField(
            model_name="holiday",
            name="since_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="working_calendar.version"
            ),
        ),
    ]
