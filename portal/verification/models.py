"""How often a document was verified on each day, and the links by which its holder shares it."""

import uuid

from django.conf import settings
from django.db import models


class Verified(models.Model):
    """Verifications of one document on one day: a number, and nothing of who asked, from where or at what hour."""

    document = models.ForeignKey("documents.Document", models.CASCADE, related_name="verified")
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-day",)
        constraints = (models.UniqueConstraint(fields=("document", "day"), name="one_count_a_document_and_day"),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.day} {self.times}"


class ShareLink(models.Model):
    """A secret address at which a document shows its holder's full name, until a day or until it is withdrawn."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="share_links")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seed = models.CharField(max_length=32)  # the secret is worked out from it and the site's key, never kept
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"share link {self.pk}"


class ListReport(models.Model):
    """A list of codes that somebody asked a sealed report of, until it is purged; nothing says who asked.

    `asked` holds codes alone: what could not be a code was dropped before it was written.
    """

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret in its address
    asked = models.JSONField()  # [[line, code or "–"], ...]
    made_at = models.DateTimeField()
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")
    purge_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"list report {self.pk}"
