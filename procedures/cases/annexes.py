"""What lies beside a case's way: late opinions, decided rows, linked cases, conflicts of interest, hand-overs."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class LateOpinion(models.Model):
    """What a party answered after its deadline, when the case had gone on: kept and shown, it changes nothing."""

    record = models.OneToOneField("cases.StageRecord", models.PROTECT, related_name="late_opinion")
    answers = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.record_id} late"


class RowDecision(models.Model):
    """What was decided of one row of a group; `by` is None where the engine decided it."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="row_decisions")
    decision = models.ForeignKey("cases.Decision", models.PROTECT, null=True, related_name="rows")
    position = models.PositiveSmallIntegerField()  # of the decision in the route
    group = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    reason = models.CharField(max_length=60, blank=True)  # a code, where the row is refused
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("case", "position")),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.group}[{self.row}] {self.kind}"


class CaseLink(models.Model):
    """One case leads to another; `to` is None while a procedure is offered and nobody has filed it yet."""

    class Kind(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("linked case", "Opened by its decision")
        REFERRED = "referred", pgettext_lazy("linked case", "Referred to the other procedure")
        APPEAL = "appeal", pgettext_lazy("linked case", "Contests its decision")
        RELATED = "related", pgettext_lazy("linked case", "Belongs with it")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="leads_to")
    to = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="comes_from")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    procedure = models.CharField(max_length=60)  # of the other case
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)  # when the other case was filed

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "to", "kind"), name="one_link_a_kind"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.to_id or self.procedure}"


class ConflictOfInterest(models.Model):
    """An officer declared that a case is not theirs to handle: they may read it, and act on it no more."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "person"), name="one_conflict_a_person"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"


class OfficeHandOver(models.Model):
    """One office asks another to take a case over in the stage where it stands; until it does, the first answers."""

    class Answer(models.TextChoices):
        TAKEN = "taken"
        GIVEN_BACK = "given_back"
        LAPSED = "lapsed"  # the case went on before the other office answered

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="office_hand_overs")
    record = models.ForeignKey("cases.StageRecord", models.PROTECT, related_name="hand_overs")
    from_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    to_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)  # who answers there
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    note = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("to_office", "answer")),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_office_id} to {self.to_office_id}"
