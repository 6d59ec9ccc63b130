"""The fixed holidays of 2026 to 2030. The feasts that the moon fixes are entered by the administrator, year by year."""

from datetime import date

from django.db import migrations

DECREE = "Decree 2021-223 of 7 December 2021"
FIXED = (
    (1, 1, "رأس السنة الميلادية", "Jour de l’an", "New Year's Day"),
    (3, 20, "عيد الاستقلال", "Fête de l’indépendance", "Independence Day"),
    (4, 9, "عيد الشهداء", "Fête des martyrs", "Martyrs' Day"),
    (5, 1, "عيد الشغل", "Fête du travail", "Labour Day"),
    (7, 25, "عيد الجمهورية", "Fête de la République", "Republic Day"),
    (8, 13, "عيد المرأة", "Fête de la femme", "Women's Day"),
    (10, 15, "عيد الجلاء", "Fête de l’évacuation", "Evacuation Day"),
    (12, 17, "عيد الثورة", "Fête de la révolution", "Revolution Day"),
)


def enter(apps, schema_editor):
    Holiday = apps.get_model("working_calendar", "Holiday")
    Holiday.objects.bulk_create(
        [
            Holiday(
                day=date(year, month, day), name_ar=ar, name_fr=fr, name_en=en, standing="confirmed", source=DECREE
            )
            for year in range(2026, 2031)
            for month, day, ar, fr, en in FIXED
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("working_calendar", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
