"""Mandates as they stand today, and which draft a proxy fills in for whom."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from procedures.mandates.models import Errand, Mandate


def in_force() -> Q:
    """Accepted, not ended, and today is not after the last day."""
    return Q(accepted_at__isnull=False, ended_at=None, until__gte=timezone.localdate())


def is_in_force(mandate: Mandate) -> bool:
    return mandate.accepted_at is not None and mandate.ended_at is None and mandate.until >= timezone.localdate()


def given_by(person: Any) -> QuerySet[Mandate]:
    """Every mandate that this person gave, the latest first."""
    return Mandate.objects.filter(principal=person).select_related("proxy")


def held_by(person: Any) -> QuerySet[Mandate]:
    """Mandates under which this person may act today."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return Mandate.objects.none()
    return Mandate.objects.filter(in_force(), proxy=person, principal__is_active=True).select_related("principal")


def offered_to(person: Any) -> QuerySet[Mandate]:
    """Mandates offered to the address of this account that wait for an answer."""
    if not getattr(person, "is_authenticated", False) or not person.email:
        return Mandate.objects.none()
    waiting = Mandate.objects.filter(accepted_at=None, ended_at=None, until__gte=timezone.localdate())
    return waiting.filter(email=person.email).exclude(principal=person).select_related("principal")


def acting_for(person: Any, draft_id: UUID) -> Mandate | None:
    """The mandate under which this person fills in, files or follows what began as this draft; None for all others."""
    return held_by(person).filter(errands__draft_id=draft_id).first()


def drafts_under(person: Any) -> QuerySet[Errand, UUID]:
    """Ids of the drafts that this person began for others under mandates that hold today."""
    return Errand.objects.filter(mandate__in=held_by(person)).values_list("draft_id", flat=True)


def proxy_of(draft_id: UUID) -> Any:
    """Who acts today for the principal of this draft, or of the case that it became; None where nobody does."""
    errand = Errand.objects.select_related("mandate__proxy").filter(draft_id=draft_id).first()
    return errand.mandate.proxy if errand and is_in_force(errand.mandate) else None


def mandate_behind(draft_id: UUID) -> Mandate | None:
    """The mandate under which a draft was begun, whatever became of it since."""
    found = Mandate.objects.select_related("proxy", "principal").filter(errands__draft_id=draft_id)
    return found.first()
