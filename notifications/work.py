"""The job that sends one delivery, by SMTP or the site's text-message gateway, and the daily round of warnings."""

import hashlib
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from notifications.deadlines import warn
from notifications.delegating import tell, told_on
from notifications.models import Delivery
from notifications.services import KIND
from notifications.sms import send_sms
from procedures.jobs import services as jobs
from procedures.jobs.registry import handles

SECRET_LIFE = timedelta(minutes=15)


class NotSent(Exception):
    """The message is still here; the outbox tries again later."""


@handles(KIND)
def send(*, delivery: int) -> None:
    """Sends it unless it is gone; a failure is written down without any address and raised, so that it is retried."""
    row = Delivery.objects.get(pk=delivery)
    if row.sent_at or row.error == "expired":
        return
    if row.secret and timezone.now() > (row.good_until or row.created_at + SECRET_LIFE):
        _close(row, error="expired")  # a code that no longer opens anything is not worth a message
        return
    try:
        _post(row)
    except Exception as failure:  # noqa: BLE001  whatever the server or the gateway did, the message waits
        row.tries += 1
        row.error = type(failure).__name__
        row.save(update_fields=("tries", "error"))
        raise NotSent(f"delivery {row.pk}: {type(failure).__name__}") from None
    row.tries += 1
    row.sent_at = timezone.now()
    _close(row, error="")


@handles("notifications.deadlines", atomic=True, daily=True)
def warn_of_dates(day: str, after: int = 0) -> None:
    """A slice of the open cases and the promise of the next end together."""
    last = warn(day=date.fromisoformat(day), after=after)
    if last is not None:
        key = f"notifications.deadlines:{day}:{last}"
        jobs.add(kind="notifications.deadlines", key=key, payload={"day": day, "after": last})


@handles("notifications.delegations", atomic=True, daily=True)
def tell_of_delegations(day: str) -> None:
    """Whoever begins or ends to act for a colleague today; each is told once."""
    today = date.fromisoformat(day)
    for given in told_on(today):
        tell(given, today=today)


def _post(row: Delivery) -> None:
    if row.channel == Delivery.Channel.SMS:
        send_sms(number=row.address, text=row.body)
        return
    message = EmailMultiAlternatives(row.subject, row.body, to=[row.address], headers=_headers(row))
    message.attach_alternative(row.html, "text/html")
    if not message.send():
        raise NotSent("the mail server took nothing")


def _headers(row: Delivery) -> dict[str, str]:
    """The same Message-ID at each try: a mail sent twice by a crash between the server's yes and ours shows once."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    digest = hashlib.sha256(row.key.encode()).hexdigest()[:32]
    return {"Message-ID": f"<{digest}@{domain}>", "Content-Language": row.language, "Auto-Submitted": "auto-generated"}


def _close(row: Delivery, *, error: str) -> None:
    row.error = error
    if row.secret and not settings.TAKWIN_DEMONSTRATION:
        row.body = row.html = ""
    row.save(update_fields=("sent_at", "tries", "error", "body", "html"))
