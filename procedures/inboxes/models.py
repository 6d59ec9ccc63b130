"""What officers' lists read: a line a case and circle of readers, the words that find it, what a person follows."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from procedures.cases.models import Case
from procedures.cases.states import State


class Line(models.Model):
    """A case as it stands, in the list of one circle of readers. Derived from the case: never the truth itself.

    `urgent_on` is the day on which an answer is due, or the last day of time while the clock has not started: so every
    database sorts alike.
    """

    circle = models.CharField(max_length=24)  # "office:5", "signer:17", "delegates", "everyone": see circles.py
    case = models.ForeignKey(Case, models.CASCADE, related_name="lines", db_constraint=False, db_index=False)
    procedure = models.CharField(max_length=60)
    state = models.CharField(max_length=15, choices=State.choices)
    stage = models.CharField(max_length=40, blank=True)  # code of the stage that is open
    role = models.CharField(max_length=24, blank=True)  # who handles it there
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    theirs_until = models.DateField(null=True)  # till then those concerned answer here, from their own account
    offered_to = models.ForeignKey(  # the office that is asked to take the case over, and who answers there
        "offices.Office", models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    offered_role = models.CharField(max_length=24, blank=True)
    version = models.PositiveIntegerField()
    filed_at = models.DateTimeField()
    urgent_on = models.DateField()
    closed_on = models.DateField(null=True)
    is_open = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "circle"), name="one_line_a_case_and_circle"),)
        indexes = (
            models.Index(
                fields=("circle", "urgent_on", "filed_at", "case", "state", "office", "role"),
                name="line_open_by_urgency",
                include=(
                    "assignee",
                    "theirs_until",
                    "offered_to",
                    "offered_role",
                    "version",
                ),  # all that is asked of them
                condition=Q(is_open=True),
            ),
            models.Index(fields=("circle", "-filed_at", "-case"), name="line_by_filing"),
            models.Index(fields=("circle", "-case"), name="line_by_case"),
            models.Index(fields=("circle", "state", "-filed_at", "-case"), name="line_by_state"),
            models.Index(fields=("circle", "procedure", "-filed_at", "-case"), name="line_by_procedure"),
            models.Index(fields=("circle", "office", "-filed_at", "-case"), name="line_by_office"),
            models.Index(fields=("office", "closed_on"), name="line_closed", condition=Q(circle="everyone")),
        )

    def __str__(self) -> str:
        return f"{self.circle} {self.case_id}"


class Word(models.Model):
    """A folded word by which a case is found: of its names, of its body's name, its number."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="words", db_constraint=False, db_index=False)
    word = models.CharField(max_length=60)

    class Meta:
        indexes = (
            models.Index(
                fields=("word", "case"), name="word_by_beginning", opclasses=("varchar_pattern_ops", "int8_ops")
            ),
        )

    def __str__(self) -> str:
        return self.word


class Following(models.Model):
    """A person keeps an eye on a case, wherever it goes among those they may open."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "case"), name="followed_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.case_id}"


class Opened(models.Model):
    """The version of a case that a person saw last: what changed since is unread."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "case"), name="opened_last"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.case_id} {self.version}"


class SavedFilter(models.Model):
    """A filter of the inbox that somebody gave a name; of an office, its colleagues use it too. Never words sought."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")  # None: the owner's alone
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=600)  # as the address has it
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=("owner", "name"), name="one_filter_a_name"),)

    def __str__(self) -> str:
        return self.name
