"""What happens in structures, on a day or all in all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from registers.history.selectors import believed
from registers.people.models import Person
from registers.people.selectors import one_person
from registers.structures.models import Structure
from registers.training.models import AttendanceWeek, Enrolment, Exam, Result, Session


def sessions_of(structure: Structure) -> QuerySet[Session]:
    """Every session of a structure that was not cancelled, the newest first, with how many follow it (`trainees`)."""
    declared = Session.objects.filter(offer__structure=structure, state=Session.State.DECLARED)
    counted = declared.annotate(trainees=Count("enrolments", filter=Q(enrolments__left_on__isnull=True)))
    return counted.select_related("offer__programme__speciality")


def running(on: date) -> QuerySet[Session]:
    """Sessions that take place on a day."""
    return Session.objects.filter(state=Session.State.DECLARED, since__lte=on, until__gt=on)


def enrolled(session: Session, on: date | None = None) -> QuerySet[Enrolment]:
    """Who follows a session on a day, or ever did."""
    found = Enrolment.objects.filter(session=session).exclude(outcome=Enrolment.Outcome.MISTAKE)
    if on is not None:
        found = found.filter(Q(left_on__isnull=True) | Q(left_on__gt=on), entered_on__lte=on)
    return found.select_related("person")


def training_on(structure: Structure, on: date) -> int:
    """How many people follow a session of a structure on a day."""
    here = Enrolment.objects.filter(session__in=running(on), session__offer__structure=structure, entered_on__lte=on)
    staying = here.filter(Q(left_on__isnull=True) | Q(left_on__gt=on)).exclude(outcome=Enrolment.Outcome.MISTAKE)
    return staying.values("person").distinct().count()


def enrolments_of(person: Person) -> QuerySet[Enrolment]:
    """What a person followed, under whichever of their entries, the newest first."""
    found = Enrolment.objects.filter(person__in=one_person(person)).exclude(outcome=Enrolment.Outcome.MISTAKE)
    return found.select_related("session__offer__structure", "session__offer__programme").order_by("-entered_on")


def free_places(session: Session) -> int:
    taken = Enrolment.objects.filter(session=session, left_on__isnull=True).count()
    return max(0, session.places - taken)


def believed_weeks(
    enrolments: Collection[int], weeks: Collection[date] | None = None, *, believed_at: datetime | None = None
) -> QuerySet[AttendanceWeek]:
    """The hours of trainees (ids of enrolments) in these weeks, or in all, as believed at a moment (now)."""
    found = AttendanceWeek.objects.filter(believed(believed_at), enrolment__in=enrolments)
    return found if weeks is None else found.filter(week__in=weeks)


def hours_attended(enrolment: Enrolment, *, believed_at: datetime | None = None) -> Decimal:
    """The hours that a trainee was there, all weeks together, as believed at a moment (now)."""
    total = believed_weeks([enrolment.pk], believed_at=believed_at).aggregate(hours=Sum("hours"))["hours"]
    return total or Decimal(0)


def exams_of(session: Session) -> QuerySet[Exam]:
    return Exam.objects.filter(session=session).prefetch_related("jury")


def results_of(exam: Exam) -> QuerySet[Result]:
    """The results that are believed now, by trainee and attempt."""
    found = Result.objects.filter(exam=exam, superseded_at__isnull=True).select_related("enrolment__person")
    return found.order_by("enrolment", "attempt")


def passed(session: Session) -> QuerySet[Result]:
    """The believed results with which somebody passed an exam of a session whose jury has deliberated."""
    found = Result.objects.filter(
        exam__session=session, exam__deliberated_on__isnull=False, superseded_at__isnull=True, passed=True
    )
    return found.exclude(enrolment__outcome=Enrolment.Outcome.MISTAKE).select_related("enrolment__person", "exam")
