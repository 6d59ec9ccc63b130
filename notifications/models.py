"""What people were told, in the portal and by e-mail."""

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """A message in a person's own inbox, in their language."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=200, unique=True)
    event = models.CharField(max_length=40)
    case = models.UUIDField(null=True)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    path = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.event} to {self.person_id}"


class Delivery(models.Model):
    """One e-mail or text message: sent once by its key, tried again until it is gone or given up."""

    class Channel(models.TextChoices):
        EMAIL = "email"
        SMS = "sms"

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    html = models.TextField(blank=True)
    secret = models.BooleanField(default=False)  # carries a code: its text is wiped once sent
    good_until = models.DateTimeField(
        null=True
    )  # of a secret: not worth sending afterwards; None: a quarter of an hour
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"
