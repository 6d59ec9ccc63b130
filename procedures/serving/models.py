"""How decisions and documents reach people: the register of what was handed over, secret links, notifications."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PERSON = settings.AUTH_USER_MODEL


class HandedOver(models.Model):
    """A document on paper that left an office: collected at its desk, or sent by post."""

    class Way(models.TextChoices):
        DESK = "desk", _("Collected at the desk")
        POST = "post", _("Sent by post")

    class Capacity(models.TextChoices):
        HOLDER = "holder", _("The person themselves")
        PROXY = "proxy", _("Somebody with their power of attorney")
        GUARDIAN = "guardian", _("Their guardian")
        ORGANISATION = "organisation", _("Whoever acts for the organisation")

    class Proof(models.TextChoices):
        """The kind of paper by which whoever received it was known; never its number."""

        CARD = "identity_card", pgettext_lazy("paper", "Identity card")
        PASSPORT = "passport", pgettext_lazy("paper", "Passport")
        RESIDENCE = "residence_permit", pgettext_lazy("paper", "Residence permit")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="handed_over")
    way = models.CharField(max_length=4, choices=Way.choices)
    on = models.DateField()  # the day on which it was collected, or posted
    to_name = models.CharField(max_length=130)
    capacity = models.CharField(max_length=12, choices=Capacity.choices, blank=True)  # of whoever collected it
    proof = models.CharField(max_length=20, choices=Proof.choices, blank=True)  # of whoever collected it
    tracking_number = models.CharField(max_length=40, blank=True)  # of what was posted
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    officer = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-pk")
        indexes = (models.Index(fields=("office", "-on")),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.way} {self.on}"


class DecisionLink(models.Model):
    """A secret link by which one person reads a decision without logging in; only its digest stays here."""

    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="decision_links")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")  # to whom it was sent
    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    good_until = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "person"), name="one_link_a_person"),)

    def __str__(self) -> str:
        return f"{self.document_id} for {self.person_id}"


class Notification(models.Model):
    """The first proof that a decision reached those it is addressed to; the time to appeal runs from its day."""

    class Way(models.TextChoices):
        ACCOUNT = "account", _("opened in the account")
        LINK = "link", _("read by the secret link")
        PAPER = "paper", _("handed over on paper")

    decision = models.OneToOneField("cases.Decision", models.PROTECT, related_name="notification")
    way = models.CharField(max_length=7, choices=Way.choices)
    on = models.DateField()
    noted_at = models.DateTimeField()
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")  # who opened it
    handed_over = models.OneToOneField(HandedOver, models.PROTECT, null=True, related_name="notification")
    entry = models.PositiveBigIntegerField()  # its number in the audit chain

    def __str__(self) -> str:
        return f"{self.decision_id} {self.way} {self.on}"
