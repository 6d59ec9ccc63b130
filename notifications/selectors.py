"""Messages as people read them."""

from typing import Any

from django.db.models import QuerySet

from notifications.models import Delivery, Notice


def notices_of(person: Any) -> QuerySet[Notice]:
    """A person's inbox, latest first."""
    return Notice.objects.filter(person=person)


def unread_count(person: Any) -> int:
    return notices_of(person).filter(read_at=None).count()


def latest_deliveries(limit: int = 200) -> QuerySet[Delivery]:
    return Delivery.objects.all()[:limit]
