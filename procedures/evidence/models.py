"""Papers handed in: private files, checked by content, never under a public address."""

import uuid

from django.conf import settings
from django.db import models

from procedures.evidence.findings import Finding, said


class Upload(models.Model):
    class State(models.TextChoices):
        AWAITING_SCAN = "awaiting_scan"  # kept, counted as handed in, opened by nobody
        CLEAN = "clean"
        REFUSED = "refused"  # the scanner's late answer: the file is gone, the row says why

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft = models.ForeignKey("wizard.Draft", models.CASCADE, null=True, related_name="uploads")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="uploads")
    paper = models.CharField(max_length=60)  # code of the Evidence
    row = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=150)  # as the person named it, cleaned; shown, never used as a path
    kind = models.CharField(max_length=20)  # "application/pdf", "image/jpeg", by content
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(default=1)
    checks = models.JSONField(default=list)  # what a first look found: [{"code": "blurred", "page": 2}]
    stored = models.CharField(max_length=200)  # path in the private storage
    state = models.CharField(max_length=15, choices=State.choices)
    received_at = models.DateTimeField(auto_now_add=True)
    received_from = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("received_at", "id")

    def __str__(self) -> str:
        return f"{self.paper} {self.id}"

    @property
    def findings(self) -> list[Finding]:
        """What a first look found, in the language of the moment; an advice, never an obstacle."""
        return list(said(self.checks))


class Parcel(models.Model):
    """A file on its way into a draft, of which some parts have arrived."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft = models.ForeignKey("wizard.Draft", models.CASCADE, related_name="parcels")
    paper = models.CharField(max_length=60)
    row = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=200)  # by which the browser knows the file again
    name = models.CharField(max_length=500)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=list)  # paths in the private storage, in their order
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("draft", "paper", "row", "key", "size"), name="one_parcel_a_file"),
        )

    def __str__(self) -> str:
        return f"{self.paper} {self.id}"
