"""Make the regional directorates, one a governorate, and the central services that the installed procedures name."""

from typing import Any

from django.core.management.base import BaseCommand

from procedures.offices.models import Office
from registers.places.models import Place

# Central services are named after what they do until an administrator gives them their names.
CENTRAL = {
    "appeals": ("مصلحة التظلّمات", "Service des recours", "Appeals service"),
    "equivalence": ("مصلحة معادلة الشهائد", "Service des équivalences", "Equivalence service"),
}


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        made = 0
        for place in Place.objects.filter(kind=Place.Kind.GOVERNORATE):
            made += self._office(
                f"rd-{place.code.removeprefix('TN-')}",
                Office.Kind.REGIONAL,
                (
                    f"الإدارة الجهوية للتشغيل والتكوين المهني: {place.name_ar}",
                    f"Direction régionale de l’emploi et de la formation professionnelle : {place.name_fr}",
                    f"Regional directorate of employment and vocational training: {place.name_en}",
                ),
                place.code,
            )
        for code, names in CENTRAL.items():
            made += self._office(code, Office.Kind.CENTRAL, names)
        self._hear_appeals()
        self.stdout.write(f"offices: {made} made, {Office.objects.count()} in all")

    def _hear_appeals(self) -> None:
        """Whoever decides and has no authority above it yet is heard by the service of appeals: an assumption."""
        appeals = Office.objects.get(code="appeals")
        deciding = Office.objects.filter(above=None).exclude(kind=Office.Kind.OUTSIDE).exclude(pk=appeals.pk)
        deciding.update(above=appeals)

    def _office(self, code: str, kind: str, names: tuple[str, str, str], place: str = "") -> bool:
        """Names are written once: what an administrator changed afterwards stays."""
        _, made = Office.objects.get_or_create(
            code=code,
            defaults={"kind": kind, "place": place, "name_ar": names[0], "name_fr": names[1], "name_en": names[2]},
        )
        return made
