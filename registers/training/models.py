"""What happens in a structure: sessions, who is enrolled, who was there, how they were examined."""

import uuid

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Session(models.Model):
    """A group that follows an offer from a day until, and not including, another."""

    class State(models.TextChoices):
        DECLARED = "declared", pgettext_lazy("group", "Declared")
        CANCELLED = "cancelled", pgettext_lazy("group", "Cancelled")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    offer = models.ForeignKey("programmes.Offer", models.PROTECT, related_name="sessions")
    label = models.CharField(max_length=80)  # "2026-A": the structure's own name for the group
    since = models.DateField()
    until = models.DateField()
    places = models.PositiveSmallIntegerField()
    hours_a_week = models.PositiveSmallIntegerField(default=40)  # an assumption: no attendance is counted beyond it
    homologated = models.BooleanField(default=False)  # leads to the homologated diploma: covered on each of its days
    state = models.CharField(max_length=10, choices=State.choices, default=State.DECLARED)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.PositiveBigIntegerField(null=True, blank=True)
    invented = models.BooleanField(default=False)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ("-since", "pk")
        constraints = (
            models.UniqueConstraint(fields=("offer", "label"), name="one_session_a_label"),
            models.CheckConstraint(condition=models.Q(since__lt=models.F("until")), name="a_session_runs_forward"),
        )

    def __str__(self) -> str:
        return self.label


class Enrolment(models.Model):
    """A person follows a session; one row a person and session, its ends and outcome written once they are known."""

    class Outcome(models.TextChoices):
        COMPLETED = "completed", pgettext_lazy("enrolment", "Completed")
        DROPPED_OUT = "dropped_out", _("Left before the end")
        TRANSFERRED = "transferred", _("Went to another structure")
        EXCLUDED = "excluded", pgettext_lazy("enrolment", "Excluded")
        MISTAKE = "mistake", _("Entered by mistake")

    class Source(models.TextChoices):
        PORTAL = "portal", pgettext_lazy("source", "Portal")
        IMPORT = "import", pgettext_lazy("source", "Import")

    session = models.ForeignKey(Session, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="enrolments")
    entered_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)  # the first day on which the person does not follow it any more
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.PORTAL)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.PositiveBigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("person", "entered_on")),)
        constraints = (
            models.UniqueConstraint(fields=("session", "person"), name="one_enrolment_a_person_and_session"),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True) | models.Q(left_on__gte=models.F("entered_on")),
                name="nobody_leaves_before_entering",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.session_id}"


class AttendanceWeek(models.Model):
    """The hours that a trainee was there in a week; corrected hours stay, superseded by those now believed."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="weeks")
    week = models.DateField()  # its Monday
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    batch = models.PositiveBigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("week", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("enrolment", "week"),
                condition=models.Q(superseded_at__isnull=True),
                name="one_believed_count_a_week",
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.week} {self.hours}"


class Exam(models.Model):
    """An examination of a session; once the jury has deliberated its results are changed with a reason only."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="exams")
    held_on = models.DateField()
    label = models.CharField(max_length=80, blank=True)
    pass_mark = models.DecimalField(max_digits=4, decimal_places=2, default=10)  # of 20: an assumption
    deliberated_on = models.DateField(null=True, blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.PositiveBigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("held_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("session", "held_on", "label"), name="one_exam_a_day_and_label"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.held_on}"


class JuryMember(models.Model):
    """Who sat in the jury of an examination, as its minutes name them."""

    class Role(models.TextChoices):
        PRESIDENT = "president", _("President of the jury")
        MEMBER = "member", _("Member of the jury")

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="jury")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    name_ar = models.CharField(max_length=130, blank=True)
    name_lat = models.CharField(max_length=130, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    quality = models.CharField(max_length=120, blank=True)  # "trainer", "professional": in whose name they sit

    class Meta:
        ordering = ("-role", "pk")  # the president first

    def __str__(self) -> str:
        arabic = (get_language() or "ar").startswith("ar")
        return (self.name_ar or self.name_lat) if arabic else (self.name_lat or self.name_ar)


class Result(models.Model):
    """What a trainee obtained at an attempt; a corrected result stays, superseded by the one now believed."""

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="results")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="results")
    attempt = models.PositiveSmallIntegerField(default=1)
    mark = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)  # of 20; null: absent
    passed = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)  # of a correction
    batch = models.PositiveBigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("exam", "attempt", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("exam", "enrolment", "attempt"),
                condition=models.Q(superseded_at__isnull=True),
                name="one_result_an_attempt",
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.mark}"
