"""What inspections found and did."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, QuerySet

from registers.history.selectors import believed, in_force
from registers.inspections.models import Finding, Measure, Visit
from registers.structures.models import Structure


def visits_of(structure: Structure) -> QuerySet[Visit]:
    """Visits planned and made, the newest first, with their findings."""
    return Visit.objects.filter(structure=structure).prefetch_related("findings").select_related("inspector")


def open_findings(structure: Structure) -> QuerySet[Finding]:
    """What is still to be mended, the most urgent first."""
    return Finding.objects.filter(visit__structure=structure, closed_on__isnull=True).select_related("visit")


def overdue_findings(on: date) -> QuerySet[Finding]:
    """What should have been mended before a day and is not, in every structure."""
    late = Finding.objects.filter(closed_on__isnull=True, due_on__lt=on)
    return late.select_related("visit__structure").order_by("due_on", "pk")


def measures_of(structures: Collection[Structure]) -> QuerySet[Measure]:
    """Every measure that is believed against these structures, over or not, the latest first."""
    found = Measure.objects.filter(believed(), subject__in=[each.pk for each in structures])
    return found.order_by("-since", "-pk")


def unmended(structures: Collection[Structure]) -> dict[int, int]:
    """How many findings are still to be mended, by the key of the structure."""
    found = Finding.objects.filter(visit__structure__in=[each.pk for each in structures], closed_on__isnull=True)
    counted = found.order_by().values("visit__structure").annotate(number=Count("pk"))
    return {row["visit__structure"]: row["number"] for row in counted}


def measures_on(structure: Structure, on: date, *, believed_at: datetime | None = None) -> QuerySet[Measure]:
    """The measures in force against a structure on a day."""
    return in_force(Measure, on, believed_at=believed_at).filter(subject=structure)
