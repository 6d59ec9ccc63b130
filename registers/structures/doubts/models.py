"""A doubt reported by anyone, with or without a name; the structure it is about may not be in the register."""

import uuid

from django.conf import settings
from django.db import models

from procedures.offices.models import Office
from registers.places.models import Place


class Doubt(models.Model):
    class Kind(models.TextChoices):
        UNDECLARED = "undeclared"
        NOT_ACTIVE = "not_active"
        NOT_HOMOLOGATED = "not_homologated"
        FORBIDDEN_TITLE = "forbidden_title"
        WRONG_FACTS = "wrong_facts"
        OTHER = "other"

    class State(models.TextChoices):
        RECEIVED = "received"
        TAKEN_UP = "taken_up"
        FOUNDED = "founded"
        UNFOUNDED = "unfounded"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    structure = models.ForeignKey("structures.Structure", models.PROTECT, null=True, related_name="doubts")
    name = models.CharField(max_length=150, blank=True)  # as its sign has it, where it is not in the register
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")  # the governorate, which names the directorate
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")  # None where none is open there
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.TextField(max_length=3000)
    email = models.EmailField(blank=True)  # wiped with the answer, which is sent there
    language = models.CharField(max_length=2)
    received_at = models.DateTimeField()
    due_on = models.DateField()  # the answer, as it was announced
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    answer = models.TextField(max_length=3000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-received_at", "-pk")
        indexes = (models.Index(fields=("office", "state", "-received_at"), name="doubt_of_an_office"),)

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED


CLOSED = frozenset({Doubt.State.FOUNDED, Doubt.State.UNFOUNDED})
