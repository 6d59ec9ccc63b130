"""A report on a paper: what differs, in the words of whoever held it, who left no name; and the answer they read."""

import uuid

from django.conf import settings
from django.db import models


class Mismatch(models.Model):
    class Kind(models.TextChoices):
        NAME = "name"
        CONTENT = "content"
        SEAL = "seal"
        SITE = "site"
        UNKNOWN = "unknown"
        OTHER = "other"

    class State(models.TextChoices):
        RECEIVED = "received"
        SEEN = "seen"
        ANSWERED = "answered"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=16)  # as it stands on the paper; the register may not know it
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="mismatches")
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")  # that issued it
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.TextField(max_length=2000)
    language = models.CharField(max_length=2)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-received_at", "-pk")
        indexes = (models.Index(fields=("office", "state", "-received_at"), name="mismatch_of_an_office"),)

    def __str__(self) -> str:
        return str(self.public_id)
