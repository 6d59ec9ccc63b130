"""The ministry's working calendar, as data."""

from django.db import models


class Holiday(models.Model):
    """A day on which the clock stands still, and how we know it."""

    class Standing(models.TextChoices):
        CONFIRMED = "confirmed"
        ESTIMATED = "estimated"

    day = models.DateField(unique=True)
    name_ar = models.CharField(max_length=100)
    name_fr = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name_en}"
