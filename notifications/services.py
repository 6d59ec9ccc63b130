"""Messages written down with the change they tell about; the worker sends them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from notifications.models import Delivery, Notice
from notifications.rendering import html_of
from procedures.jobs import services as jobs

KIND = "notifications.send"


@dataclass(frozen=True)
class Message:
    """What is said, in one language; `path` is where the person can act on it."""

    subject: str
    body: str
    path: str = ""


@transaction.atomic
def notify(*, key: str, event: str, person: Any, case: Any, language: str, message: Message) -> Notice:
    """A notice in the person's inbox and, where there is an address, an e-mail (or a text message); once by `key`."""
    notice, _new = Notice.objects.get_or_create(
        key=key,
        defaults={
            "person": person,
            "event": event,
            "case": case,
            "language": language,
            "subject": message.subject,
            "body": message.body,
            "path": message.path,
            "created_at": timezone.now(),
        },
    )
    link = urljoin(settings.TAKWIN_PUBLIC_URL, message.path)
    if person.email:
        body = f"{message.body}\n\n{link}"
        send_later(
            key=key, channel="email", address=person.email, language=language, subject=message.subject, body=body
        )
    elif person.phone and person.phone_verified:
        body = f"{message.subject} {link}"
        send_later(key=key, channel="sms", address=person.phone, language=language, subject="", body=body)
    return notice


@transaction.atomic
def send_later(
    *,
    key: str,
    channel: str,
    address: str,
    language: str,
    subject: str,
    body: str,
    secret: bool = False,
    good_until: datetime | None = None,
) -> Delivery:
    """One delivery by `key`, and the job that sends it.

    `secret` marks a text that carries a code, which is wiped once sent; `good_until` says how long that code opens
    something: a quarter of an hour where nothing is said.
    """
    if settings.TAKWIN_PRACTICE:
        with override(language):
            told = gettext("Practice: invented cases, nothing counts")
        subject, body = (f"[{told}] {subject}", body) if channel == Delivery.Channel.EMAIL else ("", f"[{told}] {body}")
    delivery, _new = Delivery.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "address": address,
            "language": language,
            "subject": subject[:200],
            "body": body,
            "html": html_of(subject, body, language) if channel == Delivery.Channel.EMAIL else "",
            "secret": secret,
            "good_until": good_until,
            "created_at": timezone.now(),
        },
    )
    jobs.add(kind=KIND, key=f"send:{delivery.pk}", payload={"delivery": delivery.pk})
    return delivery


def send_secret(
    *,
    key: str,
    address: str,
    language: str,
    subject: str,
    paragraphs: Sequence[str],
    good_until: datetime | None = None,
) -> Delivery:
    """An e-mail that carries a secret link or code among its paragraphs; see `send_later`."""
    return send_later(
        key=key,
        channel=Delivery.Channel.EMAIL,
        address=address,
        language=language,
        subject=subject,
        body="\n\n".join(paragraphs),
        secret=True,
        good_until=good_until,
    )


def mark_read(*, notice: Notice) -> None:
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=("read_at",))
