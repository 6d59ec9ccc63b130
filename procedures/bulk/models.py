"""One act on many cases: what was asked, what was foreseen, what came of each case, and how to take it back."""

import uuid

from django.conf import settings
from django.db import models

from procedures.cases.models import Case


class BulkAct(models.Model):
    class State(models.TextChoices):
        FORESEEING = "foreseeing"  # each case is tried and taken back
        READY = "ready"  # the person looks at what would happen
        RUNNING = "running"
        CARRIED = "carried"  # what can be taken back is done; what binds waits for the end of the window
        UNDOING = "undoing"
        UNDONE = "undone"
        FINISHED = "finished"  # the window is over, nothing is left to do
        DROPPED = "dropped"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    act = models.CharField(max_length=30)
    given = models.JSONField(default=dict)  # what the act was told: ids, codes, the text of a note
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=12, choices=State.choices, default=State.FORESEEING)
    prepared_at = models.DateTimeField()
    ordered_at = models.DateTimeField(null=True)
    undo_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.act} {self.public_id}"


class BulkItem(models.Model):
    class Foreseen(models.TextChoices):
        YES = "yes"
        LATER = "later"  # binds at once: it is done when the window is over
        NO = "no"

    class Outcome(models.TextChoices):
        DONE = "done"
        NO = "no"
        UNDONE = "undone"
        KEPT = "kept"  # could not be taken back: the case went on, or somebody was told

    bulk = models.ForeignKey(BulkAct, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    given = models.JSONField(default=dict)  # of this case alone, over what the act was told
    version = models.PositiveIntegerField()  # of the case, as the person saw it
    foreseen = models.CharField(max_length=5, choices=Foreseen.choices, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)
    why = models.TextField(blank=True)  # in the language of whoever asked
    before = models.JSONField(default=dict)  # rows as they were, kept while they can be restored
    after = models.PositiveIntegerField(null=True)  # version of the case once it was done
    promised = models.JSONField(default=list)  # ids of jobs that wait for the end of the window

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("bulk", "case"), name="a_case_once_a_bulk_act"),)

    def __str__(self) -> str:
        return f"{self.bulk_id} {self.case_id} {self.outcome}"
