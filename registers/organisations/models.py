"""Organisations that run training structures, who serves in them, and who asked to."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registers.organisations.roles import Role

PERSON = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    COMPANY = "company", _("Company")
    ENTREPRENEUR = "entrepreneur", _("Natural person in business")
    ASSOCIATION = "association", _("Association")
    PUBLIC = "public", pgettext_lazy("organisation", "Public body")


class Organisation(models.Model):
    """Whoever answers for structures; its tax number is the identifier and its key, without regime or branch."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    tax_number = models.CharField(max_length=13, unique=True)  # "1234567M": see tax_numbers.identity_of
    name_ar = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True)
    invented = models.BooleanField(default=False)  # demonstration data say that they are
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("tax_number",)

    def __str__(self) -> str:
        return (self.name_ar if get_language() == "ar" else self.name_fr) or self.name_ar


class Staff(models.Model):
    """A person serves in an organisation in a role from a day until, and not including, another."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="staff")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    since = models.DateField()
    reads_since = models.DateField(null=True)  # the role was handed over on that day: from then on it reads only
    until = models.DateField(null=True)
    structures = models.ManyToManyField("structures.Structure", related_name="+")  # none: all of the organisation's

    class Meta:
        ordering = ("since", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "person", "role"),
                condition=Q(until__isnull=True),
                name="one_open_service_a_role",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"


class Absence(models.Model):
    """Days on which a colleague is away, both included, and who does their work meanwhile."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="standing_in")
    since = models.DateField()
    until = models.DateField()
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("since", "pk")

    def __str__(self) -> str:
        return f"{self.staff_id} {self.since}"


class Invitation(models.Model):
    """A secret link sent to one address; whoever logs in with that address and accepts it serves from then on."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices)
    replaces = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="successors")  # a hand-over
    takes_over_on = models.DateField(null=True)  # of a hand-over: not before the day it is accepted
    reads_until = models.DateField(null=True)  # of a hand-over: until then the one who is replaced still reads
    structures = models.ManyToManyField("structures.Structure", related_name="+")  # none: all of the organisation's
    code_digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret, which is kept nowhere
    invited_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-invited_at", "-pk")

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"


class Claim(models.Model):
    """Somebody says that an organisation is theirs, and hands in a paper; an office says yes or no."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for the office")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    claimant = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    claimant_name = models.CharField(max_length=130)  # as the paper has it
    kind = models.CharField(max_length=12, choices=Kind.choices)
    tax_number = models.CharField(max_length=13, db_index=True)
    name_ar = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    proof = models.OneToOneField("evidence.Upload", models.PROTECT, related_name="claim")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # of a refusal, as the claimant reads it
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="claims")

    class Meta:
        ordering = ("made_at", "pk")
        indexes = (models.Index(fields=("office", "state")),)
        constraints = (
            models.UniqueConstraint(
                fields=("claimant", "tax_number"), condition=Q(state="open"), name="one_open_claim_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.tax_number} {self.state}"
