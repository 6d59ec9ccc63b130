"""Visits on site: lists of what is looked at, in editions; a visit, what was answered, photographed and found."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    MINOR = "minor", pgettext_lazy("finding", "Minor")
    MAJOR = "major", pgettext_lazy("finding", "Major")
    GRAVE = "grave", pgettext_lazy("finding", "Grave")


def spoken(thing: Any, name: str, language: str = "") -> str:
    """The text of a thing in a language, that of the moment unless said; Arabic where there is none."""
    tongue = (language or get_language() or "ar")[:2]
    return str(getattr(thing, f"{name}_{tongue}", "") or getattr(thing, f"{name}_ar"))


class Checklist(models.Model):
    """What is looked at in visits of one kind; its items are those of its latest published edition."""

    code = models.SlugField(max_length=40, unique=True)
    title_ar = models.CharField(max_length=150)
    title_fr = models.CharField(max_length=150)
    title_en = models.CharField(max_length=150)
    basis = models.CharField(max_length=200, blank=True)  # text and article; empty: an assumption, shown as one
    invented = models.BooleanField(default=False)  # made up for demonstration
    is_offered = models.BooleanField(default=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return spoken(self, "title")


class Edition(models.Model):
    """The items of a checklist from a moment on; once published it never changes."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("checklist", "number"), name="one_edition_a_number"),)

    def __str__(self) -> str:
        return f"{self.checklist.code} {self.number}"


class Item(models.Model):
    """One thing to look at."""

    class Kind(models.TextChoices):
        CONFORMS = "conforms", _("Conforms: yes, no, or not applicable")
        MEASUREMENT = "measurement", _("Measurement")
        COUNT = "count", _("Count")
        TEXT = "text", pgettext_lazy("checklist", "Text")
        PHOTOGRAPH = "photograph", _("Photograph")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="items")
    code = models.SlugField(max_length=40)  # kept from edition to edition, never given another meaning
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    sentence_ar = models.CharField(max_length=300)
    sentence_fr = models.CharField(max_length=300)
    sentence_en = models.CharField(max_length=300)
    unit = models.CharField(max_length=12, blank=True)
    least = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    most = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    severity = models.CharField(max_length=5, choices=Severity.choices, default=Severity.MINOR)
    basis = models.CharField(max_length=200, blank=True)  # empty: an assumption

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("edition", "code"), name="one_item_a_code"),)

    def __str__(self) -> str:
        return spoken(self, "sentence")


class Visit(models.Model):
    """A visit for a case at a stage of its route: planned, made, reported, closed."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("visit", "Planned")
        BEGUN = "begun", pgettext_lazy("visit", "On site")
        REPORTED = "reported", pgettext_lazy("visit", "Report to confirm")
        CLOSED = "closed", pgettext_lazy("visit", "Closed")
        CALLED_OFF = "called_off", pgettext_lazy("visit", "Called off")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="visits")
    record = models.ForeignKey("cases.StageRecord", models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="visits")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="visits")  # fixed when it begins
    planned_on = models.DateField(db_index=True)
    announced = models.BooleanField()
    place_name = models.CharField(max_length=200)  # of the structure, as the inspectors look for it
    place_address = models.CharField(max_length=300)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    version = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict)  # {"item-extinguishers": "no", "note-extinguishers": "..."}
    touched = models.JSONField(default=dict)  # {"item-extinguishers": [version, device, person, moment]}
    stage_answers = models.JSONField(default=dict)  # what the stage itself asks
    visited_on = models.DateField(null=True)
    remarks = models.TextField(blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("planned_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("record",), condition=~models.Q(state="called_off"), name="one_visit_a_passage"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.planned_on}"

    @property
    def inspectors(self) -> list[Any]:
        return [self.lead, *([self.second] if self.second_id else [])]


class Change(models.Model):
    """The plan of a visit was changed, and why."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="changes")
    was_on = models.DateField()
    now_on = models.DateField(null=True)  # None: called off
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.visit_id} {self.was_on}"


class Synchronisation(models.Model):
    """Answers that arrived from a device, once for each key that the device gave them."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="synchronisations")
    key = models.UUIDField()
    device = models.CharField(max_length=36)
    version = models.PositiveIntegerField()  # of the visit, once received
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("visit", "key"), name="one_synchronisation_a_key"),)

    def __str__(self) -> str:
        return f"{self.visit_id} {self.key}"


class Photograph(models.Model):
    """A picture taken on site, for an item or for the whole visit; once for each key that the device gave it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photographs")
    key = models.UUIDField()
    item = models.SlugField(max_length=40, blank=True)
    upload = models.OneToOneField("evidence.Upload", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("visit", "key"), name="one_photograph_a_key"),)

    def __str__(self) -> str:
        return f"{self.visit_id} {self.item}"


class Finding(models.Model):
    """Something found wrong on site: an item that failed, or what the inspectors saw besides."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    code = models.SlugField(max_length=40)  # of the item, or "free-1"
    severity = models.CharField(max_length=5, choices=Severity.choices)
    note = models.TextField(blank=True)  # of a free finding the sentence itself
    remedy = models.TextField()
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.visit_id} {self.code}"
