"""Which drafts a person has open, and which have come to their end."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from procedures.mandates.selectors import drafts_under
from procedures.representation import represented_by
from procedures.wizard.access import held_ids
from procedures.wizard.models import Draft


def drafts_of(person: Any) -> QuerySet[Draft]:
    """Open drafts of an account, the last saved first; those for an organisation are its own."""
    return _open().filter(owner=person, organisation=None)


def drafts_of_organisation(organisation: UUID) -> QuerySet[Draft]:
    """Open drafts for an organisation, whoever started them; the caller has asked who files for it."""
    return _open().filter(organisation=organisation)


def drafts_for_others(person: Any) -> QuerySet[Draft]:
    """Open drafts that a person fills in for others under mandates that hold today, the last saved first."""
    return _open().filter(pk__in=drafts_under(person)).select_related("owner")


def started_by(person: Any) -> QuerySet[Draft]:
    """Open drafts that an account started, for itself or for an organisation."""
    return _open().filter(owner=person)


def open_drafts(request: HttpRequest, code: str = "") -> QuerySet[Draft]:
    """Open drafts that this request may resume: the account's and its organisations', or those its session started."""
    if request.user.is_authenticated:
        bodies = [each.organisation for each in represented_by(request.user) if each.files]
        mine = Q(owner=request.user, organisation=None) | Q(pk__in=drafts_under(request.user))
        found = _open().filter(mine | Q(organisation__in=bodies))
    else:
        found = _open().filter(pk__in=held_ids(request), owner=None)
    return found.filter(procedure=code) if code else found


def to_be_told(now: datetime, before: timedelta) -> QuerySet[Draft]:
    """Drafts with answers or papers that end within `before`, and whose person has not been told since they saved."""
    ending = Draft.objects.filter(filed_at=None, end_told_at=None, expires_at__lte=now + before)
    return ending.filter(_WORTH_KEEPING & _SOMEBODY_TO_TELL).distinct().order_by("expires_at", "pk")


def ended(now: datetime) -> QuerySet[Draft]:
    """Drafts past their day that may be deleted: filed, told of, or with nobody to tell or nothing to tell about."""
    unheard = Q(filed_at=None, end_told_at=None) & _WORTH_KEEPING & _SOMEBODY_TO_TELL
    past = Draft.objects.filter(expires_at__lte=now)
    return past.exclude(pk__in=past.filter(unheard).values("pk"))


_WORTH_KEEPING = Q(version__gt=0) | Q(uploads__isnull=False)
_SOMEBODY_TO_TELL = Q(owner__isnull=False) | Q(organisation__isnull=False) | Q(links__isnull=False)


def _open() -> QuerySet[Draft]:
    return Draft.objects.filter(filed_at=None, expires_at__gt=timezone.now()).order_by("-saved_at")
