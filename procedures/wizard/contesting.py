"""A draft by which a decision is contested: begun from the page of the case, never from the list of services."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from procedures.appeals.models import Contest
from procedures.appeals.selectors import remedy_of
from procedures.appeals.services import demand_remedy, note_contest
from procedures.cases.models import Case
from procedures.resolving import resolve
from procedures.wizard.models import Draft
from procedures.wizard.services import new_draft


@transaction.atomic
def begin_appeal(*, case: Case, by: Any) -> Draft:
    """The draft that contests the last decision of a case: the one that was begun before, else a new one.

    Raises cases.services.NotAllowed with the sentence that says why, and what can still be done.
    """
    remedy = demand_remedy(case=case, by=by)
    begun = open_appeal(case=case, by=by)
    if begun is not None:
        return begun
    draft = new_draft(procedure=resolve(remedy.terms.procedure), owner=by, organisation=case.organisation)
    note_contest(draft_id=draft.pk, case=case, by=by)
    return draft


def open_appeal(*, case: Case, by: Any) -> Draft | None:
    """The appeal that this person began against the last decision of a case and has not filed."""
    remedy = remedy_of(case)
    if remedy is None:
        return None
    begun = Contest.objects.filter(decision=remedy.decision).values("draft_id")
    waiting = Draft.objects.filter(pk__in=begun, owner=by, filed_at=None, expires_at__gt=timezone.now())
    return waiting.order_by("-saved_at").first()
