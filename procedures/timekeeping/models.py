"""What the date of a case rests on: where its clock started, when it stood still, and each time the date moved."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from procedures.definition import Days, Delay, Months, WorkingDays

UNITS: dict[str, type[Delay]] = {"workingdays": WorkingDays, "days": Days, "months": Months}


class CaseClock(models.Model):
    """The clock of one case, frozen when it started; `due_on` of the case is what it says today."""

    class Because(models.TextChoices):
        COMPLETE = "complete"  # found complete
        FILED = "filed"  # the route has no check of completeness
        REOPENED = "reopened"  # its decision was annulled on appeal: it is decided anew

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="clock")
    because = models.CharField(max_length=10, choices=Because.choices)
    started_on = models.DateField()  # does not count itself
    unit = models.CharField(max_length=12)  # workingdays, days, months
    amount = models.PositiveSmallIntegerField()
    basis = models.JSONField(null=True)  # {"cites": {"ar", "fr", "en"}, "article"}; None: an assumption
    silence = models.CharField(max_length=10)  # what the text says of silence; printed only where there is a basis
    promised_on = models.DateField()  # the first date that was told; of a reopened case, since it was
    before = models.DateField(null=True)  # of a reopened case: the date that was told until then
    frozen_version = models.PositiveIntegerField()  # of the calendar, when the clock started
    counted_version = models.PositiveIntegerField()  # of the calendar, when the date was counted last

    def __str__(self) -> str:
        return f"{self.case_id} {self.started_on}"

    @property
    def delay(self) -> Delay:
        return UNITS[self.unit](self.amount)

    @property
    def in_working_days(self) -> bool:
        return self.unit == "workingdays"


class Pause(models.Model):
    """The clock stood still after `since`, up to and including `until`: the applicant had something to mend."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="pauses")
    since = models.DateField()
    until = models.DateField(null=True)  # None: it still stands
    waited = models.PositiveSmallIntegerField(default=0)  # by how many days the date moved, in the unit of the delay

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.since}"


class DateMove(models.Model):
    """The calendar was corrected and the date with it; both stay told."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="date_moves")
    at = models.DateTimeField()
    was = models.DateField()
    now = models.DateField()
    from_version = models.PositiveIntegerField()
    to_version = models.PositiveIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "to_version"), name="one_move_a_case_and_version"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.was} {self.now}"


class WarningSettings(models.Model):
    """When officers are warned of a date, in hundredths of the delay; one row."""

    near_at = models.PositiveSmallIntegerField(default=70, validators=[MinValueValidator(10), MaxValueValidator(95)])
    again_after = models.PositiveSmallIntegerField(  # days between two warnings of a date that has passed
        default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )

    def __str__(self) -> str:
        return f"{self.near_at} % {self.again_after}"
