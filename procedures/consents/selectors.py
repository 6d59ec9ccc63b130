"""Who agrees to what today, and what was ever agreed to."""

from typing import Any

from django.db.models import QuerySet

from procedures.consents.models import Consent
from procedures.consents.texts import in_force


def agrees(person: Any, code: str) -> bool:
    """Whether a person agrees to the text in force; an older version counts as no."""
    if not getattr(person, "is_authenticated", False):
        return False
    given = Consent.objects.filter(person=person, code=code, withdrawn_at=None, version=in_force(code).version)
    return given.exists()


def consents_of(person: Any) -> QuerySet[Consent]:
    """Every consent that a person gave, the latest first, taken back or not."""
    return Consent.objects.filter(person=person)
