"""Sealed documents, the keys that seal them, and their status as periods."""

from django.conf import settings
from django.db import models


class SealKey(models.Model):
    """The public half of a key that has signed or signs; kept for ever, so that old papers stay verifiable."""

    class Purpose(models.TextChoices):
        QR = "qr"
        PDF = "pdf"
        STATUS = "status"

    kid = models.CharField(max_length=8)  # hex of SHA-256(SPKI)[:4]
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    algorithm = models.CharField(max_length=8)  # ES256 | EdDSA
    public_pem = models.TextField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    certificates = models.TextField(blank=True)  # PEM, the key's own first: published as x5c

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kid", "purpose"), name="one_row_a_key_and_purpose"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.kid}"


class Document(models.Model):
    """One issued paper. Everything printed is frozen in `content`; the sealed file is stored for ever."""

    class State(models.TextChoices):
        PREPARING = "preparing"
        ISSUED = "issued"
        HELD = "held"  # the finished PDF did not carry the holder's name: a person must look

    public_id = models.CharField(max_length=16, unique=True)
    number = models.CharField(max_length=40)  # printed number; a decision bears its case's number
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="documents")
    procedure = models.CharField(max_length=60)
    output = models.CharField(max_length=60)  # code of the Output, or "receipt", "refusal"
    kind_number = models.PositiveIntegerField()  # the seal's document type
    row = models.CharField(max_length=40, blank=True)
    frame = models.CharField(max_length=40)
    titles = models.JSONField()  # {"ar": ..., "fr": ..., "en": ...}
    holder_ar = models.CharField(max_length=130, blank=True)
    holder_lat = models.CharField(max_length=130, blank=True)
    content = models.JSONField()
    template_version = models.CharField(max_length=20)
    claims = models.JSONField()
    kid = models.CharField(max_length=8)
    cose = models.BinaryField()
    cose_digest = models.CharField(max_length=64, db_index=True)
    status_index = models.PositiveIntegerField(unique=True)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    stored = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    unsealed_sha256 = models.CharField(max_length=64, blank=True)
    prepared_at = models.DateTimeField(auto_now_add=True)
    sealed_at = models.DateTimeField(null=True)
    prints = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "output", "row"), name="one_document_an_output"),)

    def __str__(self) -> str:
        return self.public_id


class StatusPeriod(models.Model):
    """What a document was worth, from when until when. No period open means valid; expiry is a date, never a period."""

    class Status(models.TextChoices):
        SUSPENDED = "suspended"
        REVOKED = "revoked"
        REPLACED = "replaced"

    document = models.ForeignKey(Document, models.PROTECT, related_name="periods")
    status = models.CharField(max_length=10, choices=Status.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40)  # a public reason code
    replaced_by = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("since",)

    def __str__(self) -> str:
        return f"{self.document_id} {self.status}"


class StatusProposal(models.Model):
    """A change of status asked by one person and decided by another."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="proposals")
    change = models.CharField(max_length=10)  # suspend | revoke | restore
    reason = models.CharField(max_length=40)
    note = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="decided_by_another_person",
            ),
            models.UniqueConstraint(
                fields=("document",), condition=models.Q(decided_at__isnull=True), name="one_open_proposal"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id} {self.change}"
