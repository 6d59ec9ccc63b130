"""Who lets whom file in their name, for what and until when; and the drafts that were begun under such a mandate."""

import uuid

from django.conf import settings
from django.db import models

PERSON = settings.AUTH_USER_MODEL


class Mandate(models.Model):
    """A principal lets a proxy, named by e-mail, act for them until the end of a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    principal = models.ForeignKey(PERSON, models.PROTECT, related_name="mandates_given")
    email = models.EmailField()  # of the proxy, who may not have an account yet
    proxy = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="mandates_held")  # once it is accepted
    procedure = models.CharField(max_length=60, blank=True)  # code of the one it is for; blank: any
    until = models.DateField()  # its last day
    given_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # before its last day
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-given_at", "-pk")

    def __str__(self) -> str:
        return f"mandate {self.pk}"


class Errand(models.Model):
    """A draft that a proxy fills in under a mandate; what is filed from it is the principal's."""

    draft_id = models.UUIDField(unique=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="errands")
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.draft_id} under {self.mandate_id}"
