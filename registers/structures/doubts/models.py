"""A doubt reported by anyone, with or without a name; the structure it is about may not be in the register."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from procedures.offices.models import Office
from registers.places.models import Place


class Doubt(models.Model):
    class Kind(models.TextChoices):
        UNDECLARED = "undeclared", pgettext_lazy("doubt", "It trains people and is not in the directory")
        NOT_ACTIVE = "not_active", pgettext_lazy("doubt", "It is suspended or closed and goes on enrolling")
        NOT_HOMOLOGATED = "not_homologated", pgettext_lazy("doubt", "It announces a homologation that it does not hold")
        FORBIDDEN_TITLE = "forbidden_title", pgettext_lazy("doubt", "It promises a university title")
        WRONG_FACTS = "wrong_facts", pgettext_lazy("doubt", "This page says something wrong about it")
        OTHER = "other", pgettext_lazy("doubt", "Something else")

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("doubt", "Received")
        TAKEN_UP = "taken_up", pgettext_lazy("doubt", "Being looked into")
        FOUNDED = "founded", pgettext_lazy("doubt", "Founded")
        UNFOUNDED = "unfounded", pgettext_lazy("doubt", "Not founded")

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
