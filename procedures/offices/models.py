"""Offices of the administration and who serves in them, when and in which role."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    DESK_OFFICER = "desk_officer", _("Desk officer")
    INSPECTOR = "inspector", _("Inspector")
    REGIONAL_DIRECTOR = "regional_director", _("Regional director")
    CENTRAL_OFFICER = "central_officer", _("Central officer")
    COMMISSION_MEMBER = "commission_member", _("Commission member")
    COMMISSION_SECRETARY = "commission_secretary", _("Commission secretary")
    MINISTER_DELEGATE = "minister_delegate", _("Signatory by delegation of the minister")
    EXPERT = "expert", _("Expert of an outside body")
    EDITOR = "editor", _("Content editor")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Office(models.Model):
    class Kind(models.TextChoices):
        REGIONAL = "regional", _("Regional directorate")
        CENTRAL = "central", _("Central service")
        OUTSIDE = "outside", _("Outside body")  # another ministry or a pool of experts: gives opinions

    code = models.SlugField(max_length=40, unique=True)  # "rd-82", "equivalence"
    kind = models.CharField(max_length=10, choices=Kind.choices)
    place = models.CharField(max_length=8, blank=True, db_index=True)  # "TN-82"; empty for a central service
    name_ar = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    is_open = models.BooleanField(default=True)
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")  # hears its appeals

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return str(getattr(self, f"name_{get_language() or 'ar'}", "") or self.name_ar)


class Membership(models.Model):
    """A person serves in an office in a role from a day until, and not including, another."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    office = models.ForeignKey(Office, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.office_id}"


class Absence(models.Model):
    """Days on which a member of staff is away, and who stands in."""

    class Reason(models.TextChoices):
        """No word about anybody's health: that is nobody's here."""

        LEAVE = "leave", pgettext_lazy("absence", "Leave")
        MISSION = "mission", pgettext_lazy("absence", "Mission")
        TRAINING = "training", pgettext_lazy("absence", "Training")
        OTHER = "other", pgettext_lazy("absence", "Another reason")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    since = models.DateField()
    until = models.DateField()
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="standing_in"
    )
    reason = models.CharField(max_length=8, choices=Reason.choices, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.since}"


class Delegation(models.Model):
    """From a day until, and not including, another, somebody acts in the name of whoever holds a membership."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="delegations")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegated")
    since = models.DateField()
    until = models.DateField()
    reference = models.CharField(max_length=200)  # the act that gives it; empty where a declared absence does
    absence = models.ForeignKey(Absence, models.SET_NULL, null=True, related_name="delegations")

    def __str__(self) -> str:
        return f"{self.membership_id} to {self.to_id}"


class Confirmation(models.Model):
    """Somebody looked at a membership in a quarter's review of rights and found that it is still needed."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="confirmations")
    quarter = models.CharField(max_length=6)  # "2026-2"
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("membership", "quarter"), name="one_confirmation_a_quarter"),)

    def __str__(self) -> str:
        return f"{self.membership_id} {self.quarter}"
