"""What held from a day until another, why, and since when we believe it: the shape of every status in the registers."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class HistoryStays(TypeError):
    """Somebody tried to erase a period: history is corrected by a new row, never erased."""


class PeriodQuerySet(models.QuerySet[Any]):
    def delete(self) -> NoReturn:
        raise HistoryStays(self.model._meta.label)


class Withdrawal(models.Model):
    """Who took a period back, and why: nothing came in its place that could say so. The period itself stays."""

    kind = models.CharField(max_length=80)  # of the period: "structures.direction"
    period = models.PositiveBigIntegerField()
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.PositiveBigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True)  # a code
    note = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField()  # the period's `superseded_at`
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "period"), name="a_period_is_withdrawn_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise HistoryStays(self._meta.label)


class Period(models.Model):
    """A row says: this held for `subject` from `since` until, and not including, `until`.

    Subclasses name `subject` (a foreign key), take over `Meta(Period.Meta)`, and say in `exclusive` which columns
    together hold one thing at a time. Rows are written by `history.services` alone. A row that is believed no more
    keeps everything it said and gets `superseded_at`; the row in its place names it in `replaces`.
    """

    subject: Any
    exclusive: ClassVar[tuple[str, ...]] = ("subject",)

    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the first day on which it holds no more; null: open
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.PositiveBigIntegerField(null=True, blank=True)  # the import that brought it
    reason = models.CharField(max_length=60, blank=True)  # a code
    note = models.TextField(blank=True)
    end_case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    end_batch = models.PositiveBigIntegerField(null=True, blank=True)
    end_reason = models.CharField(max_length=60, blank=True)  # why it ends on `until`; empty where it was granted so
    end_note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)  # null: believed now
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("since", "pk")
        indexes = (models.Index(fields=("subject", "since")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="%(class)s_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.since}/{self.until or ''}"

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise HistoryStays(self._meta.label)
