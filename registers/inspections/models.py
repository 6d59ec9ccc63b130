"""Inspection of structures: visits, what was found, and the measures that followed."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registers.history.models import Period


class Visit(models.Model):
    """A visit to a structure, planned or made."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    structure = models.ForeignKey("structures.Structure", models.PROTECT, related_name="visits")
    planned_on = models.DateField()
    visited_on = models.DateField(null=True, blank=True)
    drawn = models.BooleanField(default=False)  # drawn at random, not chosen
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-planned_on", "pk")

    def __str__(self) -> str:
        return f"{self.structure_id} {self.visited_on or self.planned_on}"


class Finding(models.Model):
    """Something that a visit found wrong, to be mended by a day."""

    class Severity(models.TextChoices):
        MINOR = "minor", pgettext_lazy("finding", "Minor")
        MAJOR = "major", pgettext_lazy("finding", "Major")
        GRAVE = "grave", pgettext_lazy("finding", "Grave")

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    severity = models.CharField(max_length=5, choices=Severity.choices)
    code = models.SlugField(max_length=60)
    note = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closing_note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.code


class Measure(Period):
    """A measure against a structure, in force from a day; of each kind one at a time."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Formal notice")
        SUSPENSION = "suspension", _("Suspension of activity")
        CLOSURE = "closure", pgettext_lazy("measure", "Closure")

    exclusive: ClassVar[tuple[str, ...]] = ("subject", "kind")
    subject = models.ForeignKey("structures.Structure", models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="measures")

    class Meta(Period.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_id} since {self.since}"
