"""Which version of which text a person agreed to, when, and when they took it back."""

from django.conf import settings
from django.db import models


class Consent(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)  # of the words, in all languages
    language = models.CharField(max_length=2)  # in which they were read
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-given_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "code"), condition=models.Q(withdrawn_at=None), name="one_standing_consent_a_text"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.version} of {self.person_id}"
