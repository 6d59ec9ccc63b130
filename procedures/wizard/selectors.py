"""Which drafts a person has open."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from procedures.wizard.access import held_ids
from procedures.wizard.models import Draft


def drafts_of(person: Any) -> QuerySet[Draft]:
    """Open drafts of an account, the last saved first."""
    return Draft.objects.filter(owner=person, filed_at=None, expires_at__gt=timezone.now()).order_by("-saved_at")


def open_drafts(request: HttpRequest, code: str = "") -> QuerySet[Draft]:
    """Open drafts that this request may resume: the account's, or those its session started."""
    if request.user.is_authenticated:
        found = drafts_of(request.user)
    else:
        found = Draft.objects.filter(
            pk__in=held_ids(request), owner=None, filed_at=None, expires_at__gt=timezone.now()
        ).order_by("-saved_at")
    return found.filter(procedure=code) if code else found
