"""Every change of the calendar makes a version; weekends become data; the feasts of the moon stand as estimates."""

import uuid
from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

COMPUTED = "Computed from the new moons"
NAMES = {
    "fitr": ("عيد الفطر", "Aïd el-Fitr", "Eid al-Fitr"),
    "adha": ("عيد الأضحى", "Aïd el-Idha", "Eid al-Adha"),
    "hegira": ("رأس السنة الهجرية", "Jour de l’an hégirien", "Hegira New Year"),
    "mouled": ("المولد النبوي الشريف", "Mouled", "Mouled"),
}
MOON = (  # the days that the yearly notices will confirm or correct
    ("fitr", (2027, 3, 9), (2027, 3, 10), (2027, 3, 11)),
    ("fitr", (2028, 2, 26), (2028, 2, 27), (2028, 2, 28)),
    ("fitr", (2029, 2, 14), (2029, 2, 15), (2029, 2, 16)),
    ("fitr", (2030, 2, 3), (2030, 2, 4), (2030, 2, 5)),
    ("adha", (2026, 5, 27), (2026, 5, 28)),
    ("adha", (2027, 5, 16), (2027, 5, 17)),
    ("adha", (2028, 5, 5), (2028, 5, 6)),
    ("adha", (2029, 4, 24), (2029, 4, 25)),
    ("adha", (2030, 4, 13), (2030, 4, 14)),
    ("hegira", (2026, 6, 16)),
    ("hegira", (2027, 6, 6)),
    ("hegira", (2028, 5, 25)),
    ("hegira", (2029, 5, 14)),
    ("hegira", (2030, 5, 4)),
    ("mouled", (2026, 8, 25)),
    ("mouled", (2027, 8, 15)),
    ("mouled", (2028, 8, 3)),
    ("mouled", (2029, 7, 24)),
    ("mouled", (2030, 7, 13)),
)


def first_version(apps, schema_editor):
    Version, Holiday, Weekend = (
        apps.get_model("working_calendar", name) for name in ("Version", "Holiday", "Weekend")
    )
    first = Version.objects.create(
        number=1, act="first", made_at=timezone.now(), touches_from=date(1957, 1, 1), touches_to=None
    )
    Weekend.objects.create(since=date(1957, 1, 1), days=[5, 6], source="", since_version=first)
    for holiday in Holiday.objects.all():
        holiday.feast, holiday.since_version = uuid.uuid4(), first
        holiday.save()
    known = set(Holiday.objects.values_list("day", flat=True))
    for feast, *days in MOON:
        ar, fr, en = NAMES[feast]
        for day in (date(*parts) for parts in days):
            if day not in known:
                Holiday.objects.create(
                    feast=uuid.uuid4(), day=day, name_ar=ar, name_fr=fr, name_en=en, standing="estimated",
                    source=COMPUTED, since_version=first,
                )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("working_calendar", "0002_holidays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Version",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("mark", models.UUIDField(default=uuid.uuid4)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("first", "First"),
                            ("enter", "Enter"),
                            ("change", "Change"),
                            ("remove", "Remove"),
                            ("weekend", "Weekend"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("touches_from", models.DateField()),
                ("touches_to", models.DateField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("number",)},
        ),
        migrations.CreateModel(
            name="Weekend",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("days", models.JSONField()),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "since_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="working_calendar.version"
                    ),
                ),
                (
                    "until_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="working_calendar.version",
                    ),
                ),
            ],
            options={"ordering": ("since",)},
        ),
        migrations.AlterModelOptions(name="holiday", options={"ordering": ("day", "pk")}),
        migrations.AlterField(model_name="holiday", name="day", field=models.DateField(db_index=True)),
        migrations.AddField(
            model_name="holiday", name="feast", field=models.UUIDField(db_index=True, default=uuid.uuid4)
        ),
        migrations.AddField(
            model_name="holiday",
            name="since_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="working_calendar.version",
            ),
        ),
        migrations.AddField(
            model_name="holiday",
            name="until_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="working_calendar.version",
            ),
        ),
        migrations.AddConstraint(
            model_name="holiday",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_version", None)), fields=("day",), name="one_holiday_a_day_in_the_calendar"
            ),
        ),
        migrations.AddConstraint(
            model_name="weekend",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_version", None)), fields=("since",), name="one_weekend_from_a_day_on"
            ),
        ),
        migrations.RunPython(first_version, migrations.RunPython.noop),
    ]
