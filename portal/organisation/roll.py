"""One group as its structure reads it: who follows it, how long each was there, what each obtained."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import get_language, pgettext

from registers.training.models import Enrolment, Exam, Result, Session
from registers.training.selectors import enrolled

NAMED_BY = {"ar": ("person__last_ar", "person__first_ar")}
LATIN = ("person__last_lat", "person__first_lat")
BELIEVED = Q(results__superseded_at__isnull=True)


@dataclass(frozen=True)
class Trainee:
    """Somebody of the group: `hours` of `due` in the weeks that were counted, and the believed results."""

    enrolment: Enrolment
    hours: Decimal
    due: int
    results: list[Result]
    standing: str

    @property
    def share(self) -> int:
        """Hundredths of the hours due, for the bar."""
        return min(100, round(100 * self.hours / self.due)) if self.due else 0


def roll_of(session: Session) -> QuerySet[Enrolment]:
    """Everybody who follows a group or did, by name, with the `hours` of the `counted` weeks."""
    order = NAMED_BY.get((get_language() or "ar")[:2], LATIN)
    return enrolled(session).annotate(hours=Sum("weeks__hours"), counted=Count("weeks")).order_by(*order, "pk")


def trainees(session: Session, page: Iterable[Any], on: date) -> list[Trainee]:
    """These rows of the roll with their results: one query."""
    rows = list(page)
    found = Result.objects.filter(enrolment__in=rows, exam__session=session, superseded_at__isnull=True)
    results: dict[int, list[Result]] = defaultdict(list)
    for result in found.select_related("exam").order_by("exam__held_on", "exam", "attempt"):
        results[result.enrolment_id].append(result)
    return [
        Trainee(row, row.hours or Decimal(0), row.counted * session.hours_a_week, results[row.pk], _standing(row, on))
        for row in rows
    ]


def exams(session: Session) -> QuerySet[Exam]:
    """The exams of a group with their juries, and how many `passed` of those `examined`."""
    counted = Exam.objects.filter(session=session).annotate(
        examined=Count("results", filter=BELIEVED, distinct=True),
        passed=Count("results", filter=BELIEVED & Q(results__passed=True), distinct=True),
    )
    return counted.prefetch_related("jury").order_by("held_on", "pk")


def _standing(row: Enrolment, on: date) -> str:
    """What became of somebody; empty while they follow the group."""
    if row.outcome:
        return str(row.get_outcome_display())
    if row.left_on is not None and row.left_on <= on:
        return pgettext("enrolment", "Left")
    return pgettext("enrolment", "Not here yet") if row.entered_on > on else ""
