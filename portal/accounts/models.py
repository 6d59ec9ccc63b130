"""The account of a person: e-mail or telephone, a language, and nothing that a case should hold instead."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.offices.models import Role


class UserManager(BaseUserManager["User"]):
    """Addresses are kept in lower case: the same address typed twice is one account."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("E-mail"), unique=True, null=True, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, unique=True, null=True, blank=True)  # E.164
    phone_verified = models.BooleanField(default=False)
    name = models.CharField(_("Name"), max_length=130, blank=True)
    language = models.CharField(_("Language"), max_length=2, default="ar")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)  # may open Wagtail's admin; offices decide everything else
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Account")
        verbose_name_plural = _("Accounts")
        constraints = (models.UniqueConstraint(Lower("email"), name="one_account_an_email"),)

    def __str__(self) -> str:
        return self.name or self.email or self.phone or f"#{self.pk}"

    def clean(self) -> None:
        self.email = _lowered(self.email)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = _lowered(self.email)
        self.phone = self.phone or None
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Recovery(models.Model):
    """An account given back at a desk to a person who lost its address: who checked which paper, who approved it."""

    class Paper(models.TextChoices):
        NATIONAL_CARD = "national_card", _("National identity card")
        PASSPORT = "passport", _("Passport")
        RESIDENCE_CARD = "residence_card", _("Residence card")

    account = models.ForeignKey(User, models.PROTECT, related_name="recoveries")
    new_email = models.EmailField()
    paper_seen = models.CharField(max_length=40, choices=Paper.choices)  # kind of identity paper, never its number
    code_digest = models.CharField(max_length=128, blank=True)  # the code sent to the new address, hashed
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.asked_at:%Y-%m-%d}"


class Invitation(models.Model):
    """Somebody is asked to serve in an office: a secret link goes to their e-mail, and only its digest stays here."""

    email = models.EmailField()
    name = models.CharField(max_length=130)
    language = models.CharField(max_length=2)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=24, choices=Role.choices)
    since = models.DateField()
    until = models.DateField(null=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField()  # of the last link: sending again makes the one before useless
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    account = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # once it is accepted

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def is_too_old(self) -> bool:
        """Whether its link opens nothing any more because of its age."""
        return self.expires_at <= timezone.now()


class FactorReset(models.Model):
    """A second factor taken off an account because it is lost: one administrator asks, another one decides."""

    class Reason(models.TextChoices):
        LOST = "lost", _("The telephone or key is lost or stolen")
        BROKEN = "broken", _("The telephone or key is broken")
        REPLACED = "replaced", _("The telephone was replaced")

    account = models.ForeignKey(User, models.PROTECT, related_name="factor_resets")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("account",), condition=models.Q(decided_at=None), name="one_open_reset_an_account"
            ),
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("asked_by")), name="two_people_reset_a_second_factor"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.asked_at:%Y-%m-%d}"


def _lowered(email: str | None) -> str | None:
    return (email or "").strip().lower() or None
