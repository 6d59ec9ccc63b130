"""The audit chain: append-only entries, each bound to the one before by SHA-256, and its signed heads."""

from django.db import models


class Entry(models.Model):
    """One thing that was done or read. Holds ids and codes, never a person's data: the chain outlives erasure."""

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)  # the account's id, no foreign key: an erased account leaves its acts
    action = models.CharField(max_length=60, db_index=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("seq",)
        indexes = (models.Index(fields=("subject_type", "subject_id", "seq")),)

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"


class Head(models.Model):
    """The chain's last digest on a day, signed: what shows that the tail was cut."""

    seq = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField()

    class Meta:
        ordering = ("seq",)

    def __str__(self) -> str:
        return f"head at {self.seq}"
