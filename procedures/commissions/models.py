"""A commission, who sits in it, and its sessions: agenda, attendance, recusals, ballots, and who read the minutes."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from procedures.cases.models import StageRecord


class Commission(models.Model):
    """One that stages of procedures name by its code. What no text says stands here as a default, and says so."""

    code = models.SlugField(max_length=24, unique=True)  # "equivalence": what Commission("equivalence") names
    name_ar = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)  # None: more than half of those who vote
    casting_vote = models.BooleanField(default=True)  # whoever chairs decides where an open vote is tied
    secret = models.BooleanField(default=False)  # how a vote is proposed; each vote may be held the other way
    basis_cites = models.CharField(max_length=300, blank=True)  # empty: all of this is an assumption
    basis_article = models.CharField(max_length=60, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.named(get_language() or "ar")

    def named(self, language: str) -> str:
        return str(getattr(self, f"name_{language}", "") or self.name_ar)

    @property
    def is_assumed(self) -> bool:
        return not self.basis_cites


class Seat(models.Model):
    """A person sits in a commission from a day until, and not including, another."""

    class Role(models.TextChoices):
        PRESIDENT = "president", pgettext_lazy("commission", "President")
        MEMBER = "member", pgettext_lazy("commission", "Member")
        SECRETARY = "secretary", pgettext_lazy("commission", "Secretary")

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=10, choices=Role.choices)
    quality_ar = models.CharField(max_length=120, blank=True)  # for whom they sit: "Expert", "Industry"
    quality_fr = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.commission_id}"


class Session(models.Model):
    """One sitting, from its planning to its signed minutes."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("session", "Being prepared")
        CONVENED = "convened", pgettext_lazy("session", "Convened")
        OPEN = "open", pgettext_lazy("session", "In session")
        ENDED = "ended", pgettext_lazy("session", "Minutes being read")
        CLOSED = "closed", pgettext_lazy("session", "Minutes to be signed")
        SIGNED = "signed", pgettext_lazy("session", "Minutes signed")
        CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")

    class Mode(models.TextChoices):
        ROOM = "room", pgettext_lazy("session", "In one room")
        REMOTE = "remote", pgettext_lazy("session", "At a distance")
        MIXED = "mixed", pgettext_lazy("session", "In one room and at a distance")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    commission = models.ForeignKey(Commission, models.PROTECT, related_name="sessions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()  # in the year of its commission; a cancelled session keeps its own
    starts_at = models.DateTimeField()
    place_ar = models.CharField(max_length=150)
    place_fr = models.CharField(max_length=150)
    mode = models.CharField(max_length=6, choices=Mode.choices, default=Mode.ROOM)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    version = models.PositiveIntegerField(default=0)
    quorum = models.PositiveSmallIntegerField(null=True)  # as it was when the session opened
    chair = models.ForeignKey("Attendance", models.PROTECT, null=True, related_name="+")
    convened_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    remarks = models.TextField(blank=True)  # the secretary's, printed at the end of the minutes
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, related_name="session")

    class Meta:
        ordering = ("-starts_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("commission", "year", "number"), name="one_session_a_number"),
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True) | ~models.Q(signed_by=models.F("closed_by")),
                name="minutes_signed_by_another",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What the minutes are called: "PV-EQUIVALENCE-2026-04"."""
        return f"PV-{self.commission.code.upper()}-{self.year}-{self.number:02d}"

    @property
    def place(self) -> str:
        return self.place_ar if (get_language() or "ar") == "ar" else self.place_fr


class SessionChange(models.Model):
    """A session that was moved or cancelled: what was announced before, who changed it, and why."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    was_at = models.DateTimeField()
    was_place_ar = models.CharField(max_length=150)
    was_place_fr = models.CharField(max_length=150)
    items = models.JSONField(default=list)  # ids of the cases that its cancelling sent back to the queue

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.session_id} {self.at}"

    @property
    def was_place(self) -> str:
        return self.was_place_ar if (get_language() or "ar") == "ar" else self.was_place_fr


class Attendance(models.Model):
    """A seat as it was called to one session, and whether the person came."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances")
    is_present = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)  # when the person said that they had read the minutes
    remark = models.TextField(blank=True)  # what should be mended in them

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("session", "seat"), name="one_call_a_seat"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.seat_id}"

    @property
    def votes(self) -> bool:
        """The secretary keeps the record and does not vote."""
        return self.seat.role != Seat.Role.SECRETARY


class Item(models.Model):
    """A case on the agenda of a session."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("agenda", "To be heard")
        ADOPTED = "adopted", pgettext_lazy("agenda", "Opinion adopted")
        ADJOURNED = "adjourned", pgettext_lazy("agenda", "Adjourned")
        REMOVED = "removed", pgettext_lazy("agenda", "Taken off the agenda")
        CARRIED = "carried", pgettext_lazy("agenda", "Opinion sent")
        LAPSED = "lapsed", pgettext_lazy("agenda", "No longer before the commission")

    session = models.ForeignKey(Session, models.PROTECT, related_name="items")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    key = models.CharField(max_length=64, blank=True, db_index=True)  # of what is alike: see precedents.py
    case_version = models.PositiveIntegerField(null=True)  # as it stood when its vote was opened
    opinion = models.CharField(max_length=12, choices=StageRecord.Opinion.choices, blank=True)
    conditions = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    explanation = models.TextField(blank=True)  # why otherwise than in the precedents
    reason = models.TextField(blank=True)  # why it was adjourned
    settled_at = models.DateTimeField(null=True)
    carried_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=models.Q(state__in=("waiting", "adopted")), name="one_live_agenda_a_case"
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.case_id}"


class Recusal(models.Model):
    """Who leaves the room for one case, and why."""

    class Ground(models.TextChoices):
        DECLARED = "declared", _("declared an interest")
        INTERESTED = "interested", _("the applicant, or of the organisation that applies")

    item = models.ForeignKey(Item, models.PROTECT, related_name="recusals")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="recusals")
    ground = models.CharField(max_length=10, choices=Ground.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("item", "attendance"), name="one_recusal_a_case"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.attendance_id}"


class Ballot(models.Model):
    """One proposal put to the vote. Of a secret one only the counts are kept: no row says who chose what."""

    class Result(models.TextChoices):
        ADOPTED = "adopted", pgettext_lazy("vote", "Adopted")
        REJECTED = "rejected", pgettext_lazy("vote", "Rejected")
        TIED = "tied", pgettext_lazy("vote", "Tied: not adopted")

    item = models.ForeignKey(Item, models.PROTECT, related_name="ballots")
    opinion = models.CharField(max_length=12, choices=StageRecord.Opinion.choices)
    conditions = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    explanation = models.TextField(blank=True)
    is_secret = models.BooleanField()
    quorum = models.PositiveSmallIntegerField()
    voters = models.PositiveSmallIntegerField()  # who could vote when it was opened
    in_favour = models.PositiveSmallIntegerField(default=0)
    against = models.PositiveSmallIntegerField(default=0)
    abstained = models.PositiveSmallIntegerField(default=0)
    casting = models.BooleanField(default=False)  # whoever chaired decided a tie
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    opened_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("item",), condition=models.Q(result=""), name="one_open_ballot_a_case"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.opinion} {self.result}"


class Voice(models.Model):
    """That a member has voted, and in an open vote how. No moment is kept: it would tell more than the choice."""

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("vote", "For")
        AGAINST = "against", pgettext_lazy("vote", "Against")
        ABSTAIN = "abstain", pgettext_lazy("vote", "Abstention")

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="voices")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="voices")
    choice = models.CharField(max_length=7, choices=Choice.choices, blank=True)  # empty in a secret vote

    class Meta:
        ordering = ("attendance_id",)
        constraints = (models.UniqueConstraint(fields=("ballot", "attendance"), name="one_voice_a_member"),)

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.attendance_id}"
