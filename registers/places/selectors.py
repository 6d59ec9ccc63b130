"""Names of places."""

from collections.abc import Mapping

from django.core.cache import cache

from registers.places.models import Place

KEPT_SECONDS = 600


def governorate_names(language: str) -> Mapping[str, str]:
    """The governorates in the order of their codes (from the north to the south), named in `language`."""
    found = cache.get("places.governorates")
    if found is None:
        rows = Place.objects.filter(kind=Place.Kind.GOVERNORATE).order_by("code")
        found = list(rows.values_list("code", "name_ar", "name_fr", "name_en"))
        cache.set("places.governorates", found, KEPT_SECONDS if found else 1)
    position = {"ar": 1, "fr": 2, "en": 3}.get(language, 1)
    return {row[0]: row[position] for row in found}
