"""What inspections found and did."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from registers.history.selectors import in_force
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


def measures_on(structure: Structure, on: date, *, believed_at: datetime | None = None) -> QuerySet[Measure]:
    """The measures in force against a structure on a day."""
    return in_force(Measure, on, believed_at=believed_at).filter(subject=structure)
