"""What officers lay beside a case: internal notes, paper originals they saw, and copies of the whole file."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Note(models.Model):
    """A remark of one officer for the others; the database refuses to change it (`guards`)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="internal_notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")  # where they serve
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"

    @property
    def stroke(self) -> "NoteStruck | None":
        return getattr(self, "struck", None)


class NoteStruck(models.Model):
    """A note was wrong: it stays readable, struck through, with who said so and why."""

    note = models.OneToOneField(Note, models.PROTECT, related_name="struck")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.note_id} struck"


class Original(models.Model):
    """An officer held the paper original beside what was handed in; a later officer need not ask for it again."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="originals_seen")
    paper = models.CharField(max_length=60)  # code of the Evidence
    row = models.CharField(max_length=40, blank=True)
    files = models.JSONField(default=list)  # ids of the uploads that it was compared with
    remark = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+")  # where they serve
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.paper}"

    @property
    def withdrawal(self) -> "OriginalTakenBack | None":
        return getattr(self, "taken_back", None)


class OriginalTakenBack(models.Model):
    """That an original was seen does not hold: who said so, when and why. What was noted before stays."""

    original = models.OneToOneField(Original, models.PROTECT, related_name="taken_back")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.original_id} taken back"


class WholeFile(models.Model):
    """A copy of everything in a case, as PDF and as ZIP: asked for by one person for a reason, kept for a day."""

    class State(models.TextChoices):
        PREPARING = "preparing"
        READY = "ready"
        REFUSED = "refused"  # whoever asked may no longer take it
        GONE = "gone"  # its day is over: the files are deleted, the row stays

    class Reason(models.TextChoices):
        APPEAL = "appeal", pgettext_lazy("whole file", "An appeal against the decision")
        COURT = "court", pgettext_lazy("whole file", "A court asked for it")
        APPLICANT = "applicant", pgettext_lazy("whole file", "The applicant asked for a copy")
        SESSION = "session", pgettext_lazy("whole file", "A session or a signature on paper")
        CONTROL = "control", pgettext_lazy("whole file", "An audit or a control")
        ARCHIVE = "archive", pgettext_lazy("whole file", "The archive")
        OTHER = "other", _("Another reason")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="whole_files")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    words = models.TextField(blank=True)  # the reason in words
    for_office = models.BooleanField()  # with what officers wrote for one another
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    done = models.PositiveSmallIntegerField(default=0)  # of `steps`
    steps = models.PositiveSmallIntegerField(default=0)
    pdf = models.CharField(max_length=200, blank=True)  # paths in the private storage
    zip = models.CharField(max_length=200, blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"
