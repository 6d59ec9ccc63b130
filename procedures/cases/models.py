"""A case, what happened to it, and the frozen procedure it was filed under."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.cases.annexes import CaseLink, ConflictOfInterest, LateOpinion, OfficeHandOver, RowDecision
from procedures.cases.states import State

__all__ = [
    "Case",
    "CaseLink",
    "CaseMessage",
    "Confirmation",
    "ConflictOfInterest",
    "Correction",
    "Counter",
    "Decision",
    "DeskFiling",
    "LateOpinion",
    "OfficeHandOver",
    "OneTimeCode",
    "PaperReview",
    "RowDecision",
    "SignatureAct",
    "Snapshot",
    "StageRecord",
]


class Snapshot(models.Model):
    """Everything of a procedure that was in force at a filing, in three languages; stored once, shared by cases."""

    digest = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the canonical JSON
    procedure = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    content = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.procedure} {self.version} {self.digest[:8]}"


class Counter(models.Model):
    """The last number given in a series; the row is locked inside the transaction that takes the next."""

    series = models.CharField(max_length=60)  # procedure code, or a kind of document
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("series", "year"), name="one_counter_a_series_and_year"),)

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class Case(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)  # for access
    number = models.CharField(max_length=40, unique=True)  # for people: EQV-2026-000123-NN
    tracking_code = models.CharField(max_length=8, blank=True)  # with the number it shows where the case stands
    draft_id = models.UUIDField(unique=True)  # the draft it was filed from: filing twice gives one case
    procedure = models.CharField(max_length=60, db_index=True)
    procedure_version = models.CharField(max_length=20)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="cases")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases")
    organisation = models.UUIDField(
        null=True, db_index=True
    )  # public id of the body it belongs to; None: a person's own
    in_charge = models.ForeignKey(  # the colleague of that body to whom it was handed over; None: all who file for it
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_by = models.ForeignKey(  # the officer who opened it for the authority; None: it was filed
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    disclosed_at = models.DateTimeField(null=True)  # of one opened by the authority: those concerned see it from then
    applicant_name = models.CharField(max_length=130)  # as filed, Arabic where there is one
    search = models.TextField(blank=True)  # folded name and number, for the inbox
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=15, choices=State.choices)
    stage = models.PositiveSmallIntegerField(default=0)  # index into the snapshot's route
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="cases")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="assigned_cases")
    answers = models.JSONField()  # as filed; what corrections changed lies in their patches
    parameters = models.JSONField(default=dict)  # values on the day of filing
    explanations = models.JSONField(default=list)  # one a rule, the last time it ran
    flags = models.JSONField(default=list)
    outline = models.JSONField(default=dict)  # what followed from the answers at the filing; empty in older cases
    version = models.PositiveIntegerField(default=0)
    filed_at = models.DateTimeField(db_index=True)
    complete_at = models.DateTimeField(null=True)  # the clock starts here, anew where a decision was annulled
    due_on = models.DateField(null=True, db_index=True)
    paused_at = models.DateTimeField(null=True)
    paused_days = models.PositiveSmallIntegerField(default=0)  # working days that waited for the applicant
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)  # a Kind, once decided

    class Meta:
        indexes = (
            models.Index(fields=("office", "state", "due_on")),
            models.Index(fields=("applicant", "-filed_at")),
        )

    def __str__(self) -> str:
        return self.number


class OneTimeCode(models.Model):
    """Six digits sent to a person before an act that binds them; good once, for what they had before their eyes."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    act = models.CharField(max_length=20)  # "file"
    about = models.CharField(max_length=60)  # what is done, and its version: "<draft>:<version>"
    digest = models.CharField(max_length=128, blank=True)  # hashed; emptied once it opens nothing any more
    attempts = models.PositiveSmallIntegerField(default=0)
    given_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("person", "act", "about")),)

    def __str__(self) -> str:
        return f"{self.act} {self.person_id}"


class StageRecord(models.Model):
    """One passage through a stage of the route: where, when, who ended it, and what they answered."""

    class Opinion(models.TextChoices):
        FAVOURABLE = "favourable", _("Favourable")
        RESERVED = "reserved", _("Favourable with reservations")
        UNFAVOURABLE = "unfavourable", _("Unfavourable")

    class Ending(models.TextChoices):
        """How a passage ended where nobody answered what it asks."""

        SILENCE = "silence"  # its deadline passed: what the route says of silence holds
        PASSED_OVER = "passed_over"  # an officer went on without the opinion
        OPENED = "opened"  # of an optional stage: it is gone through
        SKIPPED = "skipped"  # of an optional stage: it is left out
        HANDED_OVER = "handed_over"  # another office took the case over in this stage
        DECIDED = "decided"  # the delay of the whole case passed, and silence decided

    case = models.ForeignKey(Case, models.PROTECT, related_name="stages")
    position = models.PositiveSmallIntegerField()  # index in the route
    kind = models.CharField(max_length=15, choices=State.choices)
    code = models.CharField(max_length=40)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)  # who handles it there
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(default=dict)  # {"block": {"field": value}}; a commission: held_on, members, opinion
    note = models.TextField(blank=True)
    due_on = models.DateField(null=True, db_index=True)  # the stage's own deadline
    silence = models.CharField(max_length=8, blank=True)  # a Silence: what the route says where nobody answers
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    asking_office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")  # of an opinion
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # concerned
    organisation = models.UUIDField(null=True, db_index=True)  # concerned: public id of the body that is asked

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("office", "role", "closed_at")),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"

    @property
    def is_of_concerned(self) -> bool:
        """Whether those whom the case concerns answer here, from their own account, instead of an office."""
        return self.person_id is not None or self.organisation is not None


class Correction(models.Model):
    """What an officer asked to be mended, and what came back: a patch of path to value."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="corrections")
    items = models.JSONField()  # [{"path": "paper.transcripts" | "block.field", "reason": code, "note": text}]
    note = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    returned_at = models.DateTimeField(null=True)
    patch = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_at:%Y-%m-%d}"


class Decision(models.Model):
    """A decision as prepared; it binds once every signature of the route stands beneath it."""

    class Origin(models.TextChoices):
        PERSON = "person"
        AUTOMATIC = "automatic"  # its condition held: nobody prepared it
        SILENCE = "silence"  # the delay passed, and a text says what that means

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    reasons = models.JSONField(default=list)  # codes
    motivation = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    origin = models.CharField(max_length=9, choices=Origin.choices, default=Origin.PERSON)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    in_name_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # delegation
    prepared_at = models.DateTimeField()
    sent_back_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)  # every signature stands beneath it, and it was carried out

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class SignatureAct(models.Model):
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="signatures")
    position = models.PositiveSmallIntegerField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    in_name_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # delegation
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("decision", "position"), name="one_signature_a_stage"),)

    def __str__(self) -> str:
        return f"{self.decision_id} by {self.signed_by_id}"


class PaperReview(models.Model):
    """An officer's verdict on one paper; the last one holds."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted"
        TO_CORRECT = "to_correct"
        REFUSED = "refused"

    case = models.ForeignKey(Case, models.PROTECT, related_name="paper_reviews")
    paper = models.CharField(max_length=60)
    row = models.CharField(max_length=40, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.paper} {self.verdict}"


class CaseMessage(models.Model):
    """A few sentences between the applicant's side and the office that handles the case."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")  # None: the applicant's
    text = models.TextField()
    sent_at = models.DateTimeField()
    files = models.ManyToManyField("evidence.Upload", related_name="messages")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.sent_at:%Y-%m-%d}"


class Confirmation(models.Model):
    """Someone besides the applicant who signs or confirms before a filing counts; one a row where it is asked a row."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed"
        DECLINED = "declined"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="confirmations")
    code = models.CharField(max_length=40)  # of the Signatory
    row = models.CharField(max_length=40, blank=True)
    email = models.EmailField()
    secret_digest = models.CharField(max_length=64, blank=True, db_index=True)  # of the link; emptied once answered
    asked_at = models.DateTimeField(null=True)
    due_on = models.DateField(db_index=True)  # the last day on which it can be answered
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "code", "row"), name="one_confirmation_a_signatory"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.code} {self.answer}"


class DeskFiling(models.Model):
    """An application that an officer fills in at a desk for the person who stands before them, and whose it is."""

    draft_id = models.UUIDField(unique=True)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    paper_seen = models.CharField(max_length=20)  # kind of identity paper, never its number
    started_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.draft_id} by {self.officer_id}"
