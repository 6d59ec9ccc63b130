"""A draft: what a person has answered so far; it has no number and binds nobody. And the links that open one."""

import uuid

from django.conf import settings
from django.db import models


class Draft(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)  # the address, and the idempotency key of filing
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="drafts")
    organisation = models.UUIDField(null=True, db_index=True)  # public id of the body it will be filed for
    procedure = models.CharField(max_length=60)
    procedure_version = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)  # {"block": {"field": value}} and {"group": [{"_row": id, ...}]}
    typed = models.JSONField(
        default=dict
    )  # {"page": {"data": {name: [values]}, "at": version, ...}}: as typed, wrong or not
    done_steps = models.JSONField(default=list)  # codes of the pages that were saved without fault
    version = models.PositiveIntegerField(default=0)  # compare-and-swap: a stale tab is refused
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    filed_at = models.DateTimeField(null=True)
    end_told_at = models.DateTimeField(null=True)  # when its person was told of its end; saving takes that back

    class Meta:
        indexes = (models.Index(fields=("owner", "procedure")),)

    def __str__(self) -> str:
        return f"{self.procedure} {self.id}"


class DraftLink(models.Model):
    """A secret link to a draft without an account, sent by e-mail; only its digest stays here."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="links")
    email = models.EmailField()
    secret_digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2)
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"link {self.pk} to {self.draft_id}"
