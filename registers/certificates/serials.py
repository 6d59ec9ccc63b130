"""Serials of certificates: year, structure, count. The count has no gaps and no number is given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from registers.certificates.models import SerialCounter
from registers.structures.models import Structure

Series = tuple[Structure, int]  # the certificates of a structure in a year


def take(wanted: Iterable[Series]) -> dict[tuple[int, int], list[str]]:
    """Serials for as many certificates, by id of the structure and year. An undone transaction loses none."""
    structures: dict[int, Structure] = {}
    counts: Counter[tuple[int, int]] = Counter()
    for structure, year in wanted:
        structures[structure.pk] = structure
        counts[structure.pk, year] += 1
    SerialCounter.objects.bulk_create(
        [SerialCounter(structure_id=structure, year=year) for structure, year in sorted(counts)], ignore_conflicts=True
    )
    held = SerialCounter.objects.select_for_update().filter(
        structure__in=structures, year__in={year for _structure, year in counts}
    )
    taken: dict[tuple[int, int], list[str]] = {}
    changed = []
    for counter in held.order_by("structure", "year"):
        key = counter.structure_id, counter.year
        if counts[key]:
            first, counter.last = counter.last + 1, counter.last + counts[key]
            number = structures[key[0]].number
            taken[key] = [f"{counter.year}-{number}-{count:05d}" for count in range(first, counter.last + 1)]
            changed.append(counter)
    SerialCounter.objects.bulk_update(changed, ["last"])
    return taken
