"""The outbox: work promised in the same transaction as the change that asks for it."""

from django.db import models
from django.utils import timezone


class Job(models.Model):
    """A piece of work that will be done at least once, and whose effect is once by its key."""

    class State(models.TextChoices):
        NEW = "new"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)  # ids only
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    tries = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField(default=timezone.now)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=("state", "run_after")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"
