"""Files of many rows on their way into the registers: received, checked, decided on by a person, entered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """A file, and what became of its rows. Either an organisation or an office answers for it."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        REFUSED = "refused", _("Cannot be read")
        READY = "ready", _("Waits for your decision")
        ENTERING = "entering", _("Being entered")
        ENTERED = "entered", _("Entered")
        CANCELLED = "cancelled", _("Cancelled")

    class Mode(models.TextChoices):
        ALL = "all"  # only if no row has a fault
        VALID = "valid"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=20)  # of kinds.KINDS
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="imports")
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)  # as the person named it, cleaned; shown, never used as a path
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=4)  # "xlsx", "csv"
    stored = models.CharField(max_length=200, blank=True)  # path in the private storage; empty once it is purged
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    mode = models.CharField(max_length=5, choices=Mode.choices, blank=True)
    refusal = models.JSONField(default=dict)  # of the whole file: {"code", "values"}
    headings = models.JSONField(default=dict)  # {"row": 1, "places": {"birth_date": 8}, "unknown": ["Remarks"]}
    counts = models.JSONField(default=dict)  # see counting.py
    scopes = models.JSONField(default=list)  # what no other import may touch while this one is entered
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-received_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, office__isnull=True)
                | Q(organisation__isnull=True, office__isnull=False),
                name="one_answers_for_an_import",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class ImportRow(models.Model):
    """What became of a row of the file; its cells stay in the file, and are sealed here where a person is to look."""

    class State(models.TextChoices):
        SOUND = "sound"
        FAULTY = "faulty"
        ENTERED = "entered"
        ALREADY = "already"  # the register held it before: nothing changed
        REFUSED = "refused"  # sound when it was checked, faulty when it was to be entered

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()  # as a spreadsheet numbers it
    raw = models.TextField(blank=True)  # the cells of a row with faults or repairs: see showing.py
    errors = models.JSONField(default=list)  # [{"code", "column", "values"}]
    warnings = models.JSONField(default=list)  # [{"code", "column"}]
    state = models.CharField(max_length=8, choices=State.choices)
    object_id = models.PositiveBigIntegerField(null=True)  # what it became in the register

    class Meta:
        ordering = ("line",)
        constraints = (models.UniqueConstraint(fields=("batch", "line"), name="one_row_a_line"),)
        indexes = (models.Index(fields=("batch", "state", "line")),)

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line} {self.state}"


class Hold(models.Model):
    """What one import is entering, so that no other touches it meanwhile: "group:12", "structure:7"."""

    scope = models.CharField(max_length=60, unique=True)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="holds")

    def __str__(self) -> str:
        return f"{self.scope} {self.batch_id}"
