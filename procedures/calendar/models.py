"""The ministry's working calendar, as data: what was believed of each day, version after version, kept for ever."""

import uuid
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Version(models.Model):
    """The calendar as it stood after one change; what it said is what `Holiday` and `Weekend` held in it."""

    class Act(models.TextChoices):
        FIRST = "first"  # as the portal was installed
        ENTER = "enter"
        CHANGE = "change"  # confirmed, moved or renamed
        REMOVE = "remove"
        WEEKEND = "weekend"

    number = models.PositiveIntegerField(primary_key=True)
    mark = models.UUIDField(default=uuid.uuid4)  # a number taken back with its transaction may be given again
    act = models.CharField(max_length=10, choices=Act.choices)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    touches_from = models.DateField()  # the first day that counts otherwise than before
    touches_to = models.DateField(null=True)  # the last one; None: every later day may

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} ({self.act})"


Row = TypeVar("Row", bound=models.Model)


class BelievedQuerySet(models.QuerySet[Row]):
    """Rows hold from one version on and until before another: [since, until)."""

    def current(self) -> "BelievedQuerySet[Row]":
        return self.filter(until_version=None)

    def in_version(self, number: int) -> "BelievedQuerySet[Row]":
        begun = self.filter(since_version__lte=number)
        return begun.filter(Q(until_version=None) | Q(until_version__gt=number))


class Believed(models.Model):
    since_version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    until_version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")

    objects = BelievedQuerySet.as_manager()

    class Meta:
        abstract = True


class Holiday(Believed):
    """A day on which the clock stands still, how we know it, and in which versions of the calendar it stood."""

    class Standing(models.TextChoices):
        CONFIRMED = "confirmed"
        ESTIMATED = "estimated"

    feast = models.UUIDField(default=uuid.uuid4, db_index=True)  # the same day of feast, however often it is corrected
    day = models.DateField(db_index=True)
    name_ar = models.CharField(max_length=100)
    name_fr = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("day", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("day",), condition=Q(until_version=None), name="one_holiday_a_day_in_the_calendar"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.name_en}"

    @property
    def is_estimated(self) -> bool:
        return self.standing == self.Standing.ESTIMATED

    @property
    def names(self) -> dict[str, str]:
        return {"ar": self.name_ar, "fr": self.name_fr, "en": self.name_en}


class Weekend(Believed):
    """The days of the week on which nobody works, from a day on until the next row begins: [since, next since)."""

    since = models.DateField()
    days = models.JSONField()  # 0 Monday to 6 Sunday
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("since",)
        constraints = (
            models.UniqueConstraint(
                fields=("since",), condition=Q(until_version=None), name="one_weekend_from_a_day_on"
            ),
        )

    def __str__(self) -> str:
        return f"{self.since} {self.days}"
