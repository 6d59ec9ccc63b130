"""The mark of a practice space, in its own database: whatever opens the database knows what it is worth."""

from django.db import models


class PracticeMark(models.Model):
    """One row in a practice space, none anywhere else; nothing takes it away but the end of the database."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(only=1), name="one_practice_mark"),)

    def __str__(self) -> str:
        return f"practice since {self.made_at:%Y-%m-%d}"
