"""People as the registers know them: one row a person, identifiers locked away, trainers and where they teach."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registers.history.models import Period


class Person(models.Model):
    """A natural person. The keys are worked out of the names; they find likenesses and decide nothing."""

    class Sex(models.TextChoices):
        FEMALE = "f", pgettext_lazy("gender", "Female")
        MALE = "m", pgettext_lazy("gender", "Male")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    first_ar = models.CharField(max_length=80, blank=True)
    last_ar = models.CharField(max_length=80, blank=True)
    first_lat = models.CharField(max_length=80, blank=True)
    last_lat = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True, blank=True, db_index=True)
    birth_place = models.CharField(max_length=100, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    nationality = models.CharField(max_length=2, default="TN")  # ISO 3166-1 alpha-2
    key_ar = models.CharField(max_length=160, blank=True, db_index=True)  # the Arabic name, folded
    key_lat = models.CharField(max_length=160, blank=True, db_index=True)  # consonants of the Latin name, or the Arabic
    key_cross = models.CharField(max_length=160, blank=True, db_index=True)  # consonants of the Arabic name
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    invented = models.BooleanField(default=False)  # demonstration data say that they are
    entered_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True, blank=True)  # when likenesses were sought; null: they are to be

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("id",), condition=models.Q(compared_at__isnull=True), name="people_to_be_compared"),
        )

    def __str__(self) -> str:
        arabic, latin = f"{self.first_ar} {self.last_ar}".strip(), f"{self.first_lat} {self.last_lat}".strip()
        return (arabic or latin) if (get_language() or "ar").startswith("ar") else (latin or arabic)


class NameWord(models.Model):
    """A word of a name as it is heard (the words of `key_lat` and `key_cross`), so that a search is an index's work."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="words")
    word = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("word", "person"), name="a_word_once_a_person"),)

    def __str__(self) -> str:
        return self.word


class Identifier(models.Model):
    """A number that says who somebody is: its value sealed, found again by a blind index under another key."""

    class Kind(models.TextChoices):
        CIN = "cin", _("National identity card")
        IUC = "iuc", _("Unique citizen identifier")
        PASSPORT = "passport", _("Passport")
        RESIDENCE = "residence", _("Residence card")

    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    country = models.CharField(max_length=2, default="TN")  # who issued it
    value = models.BinaryField()  # `people.vault`: 12 bytes of nonce, then what AES-GCM gives
    index = models.CharField(max_length=64)  # HMAC-SHA256 of kind, country and number
    key_id = models.CharField(max_length=16, db_index=True)  # the pair of keys that value and index were made with
    entered_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "country", "index"), name="one_person_an_identifier"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.country} of {self.person_id}"


class DuplicateProposal(models.Model):
    """Two entries that may be one person, with what speaks for it; only a person decides."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("proposal", "To be decided")
        MERGED = "merged", _("One person")
        APART = "apart", _("Two persons")

    left = models.ForeignKey(Person, models.PROTECT, related_name="+")  # the older entry
    right = models.ForeignKey(Person, models.PROTECT, related_name="+")
    likeness = models.PositiveSmallIntegerField()  # 0 to 100
    evidence = models.JSONField(default=dict)  # codes and whole numbers, no names
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN, db_index=True)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="+")  # that decided so
    reason = models.TextField(blank=True)
    moved = models.JSONField(default=dict)  # what a merge moved, by model: so that the two can be told apart again

    class Meta:
        ordering = ("-likeness", "pk")
        constraints = (
            models.UniqueConstraint(fields=("left", "right"), name="one_proposal_a_pair"),
            models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name="the_older_entry_is_left"),
        )

    def __str__(self) -> str:
        return f"{self.left_id} = {self.right_id}?"


class Trainer(models.Model):
    """A person who teaches, with the qualifications that were declared and shown."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="trainer")
    qualifications = models.JSONField(default=list)  # [{"diploma", "speciality", "year", "country"}]
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person)


class Engagement(Period):
    """A trainer teaches for a structure; for several at once, but once only for each."""

    class Contract(models.TextChoices):
        PERMANENT = "permanent", pgettext_lazy("contract", "Permanent")
        FIXED_TERM = "fixed_term", pgettext_lazy("contract", "Fixed term")
        HOURLY = "hourly", pgettext_lazy("contract", "By the hour")

    exclusive: ClassVar[tuple[str, ...]] = ("subject", "structure")
    subject = models.ForeignKey(Trainer, models.PROTECT, related_name="engagements")
    structure = models.ForeignKey("structures.Structure", models.PROTECT, related_name="engagements")
    contract = models.CharField(max_length=10, choices=Contract.choices, default=Contract.HOURLY)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)  # a week

    class Meta(Period.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.subject_id} at {self.structure_id} since {self.since}"
