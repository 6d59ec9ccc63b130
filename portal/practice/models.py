"""Which invented case was made for whom, so that each person can begin again."""

from django.conf import settings
from django.db import models


class GivenCase(models.Model):
    """A case that an officer asked for; `cleared_at` says that they began again since."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="given")
    given_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="given_cases")
    given_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-given_at", "-pk")

    def __str__(self) -> str:
        return f"{self.case_id} for {self.given_to_id}"
