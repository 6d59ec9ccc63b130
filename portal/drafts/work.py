"""What is done every day about applications that nobody files: their people are told, two weeks before they end."""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation

from portal.drafts.telling import tell_of_end, tell_of_end_by_link
from procedures.jobs.registry import handles
from procedures.registry import UnknownProcedure
from procedures.representation import people_of
from procedures.resolving import resolve
from procedures.wizard.links import TooManyLinks, make_link
from procedures.wizard.models import Draft
from procedures.wizard.selectors import to_be_told
from procedures.wizard.services import note_end_told

BEFORE = timedelta(days=14)


@handles("drafts.tell_of_end", daily=True)
def tell(day: str) -> None:
    tell_all(now=timezone.now())


def tell_all(*, now: datetime) -> int:
    """Tell of each draft that ends soon, each in a transaction of its own; returns of how many."""
    told = list(to_be_told(now, BEFORE))
    for draft in told:
        with transaction.atomic():
            note_end_told(draft=draft, now=now)
            _tell(draft)
    return len(told)


def _tell(draft: Draft) -> None:
    """Whoever files for the organisation, the owner, or the address that the last link went to."""
    if draft.organisation is not None:
        for person in people_of(draft.organisation):
            tell_of_end(draft, _title(draft, person.language), person)
    elif draft.owner_id is not None:
        owner = get_user_model().objects.get(pk=draft.owner_id)
        tell_of_end(draft, _title(draft, owner.language), owner)
    else:
        last = draft.links.order_by("-pk")[0]
        try:
            link, secret = make_link(draft=draft, email=last.email, language=last.language)
        except TooManyLinks:  # the mailbox has links of today
            return
        tell_of_end_by_link(link, secret, _title(draft, last.language))


def _title(draft: Draft, language: str) -> str:
    with translation.override(language):
        try:
            return str(resolve(draft.procedure).title)
        except UnknownProcedure:
            return draft.procedure
