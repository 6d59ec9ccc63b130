"""The versions of procedures that this site has met, and how each was tried on past cases before it was opened."""

import uuid

from django.conf import settings
from django.db import models


class Version(models.Model):
    """A version of a procedure's definition; one that nobody opened yet takes no filing."""

    procedure = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    content = models.JSONField()  # as the plugin wrote it: what editors changed lies over every version alike
    noted_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(  # None: the first version of a procedure, which replaces nothing
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True)  # what was weighed when it was opened

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("procedure", "version"), name="one_row_a_version"),)

    def __str__(self) -> str:
        return f"{self.procedure} {self.version}"


class Rehearsal(models.Model):
    """Past cases judged as if they were filed under a version: asked for, going on, finished."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    version = models.ForeignKey(Version, models.PROTECT, related_name="rehearsals")
    content = models.JSONField()  # the definition that was tried, with what editors changed for `day`
    day = models.DateField()  # the day whose values were tried
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    wanted = models.PositiveIntegerField()  # at most so many cases, the latest filed first
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    without_outline = models.PositiveIntegerField(default=0)  # cases from before outlines were kept: not comparable
    below = models.BigIntegerField(null=True)  # the next case has a lower key
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.version_id} {self.done}/{self.total}"


class RehearsedCase(models.Model):
    """A past case that would go another way: `found` holds what, by kind."""

    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="cases")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    found = models.JSONField()  # {"invalid": [addresses and rules], "route": {"before": [...], "after": [...]}, ...}

    class Meta:
        ordering = ("-case_id",)
        constraints = (models.UniqueConstraint(fields=("rehearsal", "case"), name="one_row_a_rehearsed_case"),)

    def __str__(self) -> str:
        return f"{self.rehearsal_id} {self.case_id}"
