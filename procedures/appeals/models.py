"""Appeals that were begun: which draft contests which decision."""

from django.conf import settings
from django.db import models


class Contest(models.Model):
    """A draft by which a decision is contested; once it is filed, a link leads from the one case to the other."""

    draft_id = models.UUIDField(unique=True)
    decision = models.ForeignKey("cases.Decision", models.PROTECT, related_name="contests")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.draft_id} against {self.decision_id}"
