"""A draft by which a decision is contested: begun from the page of the case, never from the list of services."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.appeals.models import Contest
from procedures.appeals.selectors import remedy_of
from procedures.appeals.services import demand_remedy, note_contest
from procedures.cases.at_desk import note_desk_filing
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.mandates.models import Mandate
from procedures.mandates.selectors import acting_for, drafts_under
from procedures.mandates.services import begin_errand
from procedures.offices.models import Office
from procedures.refusal import Refusal
from procedures.resolving import resolve
from procedures.wizard.models import Draft
from procedures.wizard.services import new_draft


@transaction.atomic
def begin_appeal(*, case: Case, by: Any) -> Draft:
    """The draft that contests the last decision of a case: the one that was begun before, else a new one.

    A proxy begins it for whom they filed, under a mandate that holds for it too. Raises cases.services.NotAllowed with
    the sentence that says why, and what can still be done.
    """
    remedy = demand_remedy(case=case, by=by)
    begun = open_appeal(case=case, by=by)
    if begun is not None:
        return begun
    mandate = acting_for(by, case.draft_id) if case.organisation is None and by.pk != case.applicant_id else None
    owner = by if mandate is None else mandate.principal
    draft = new_draft(procedure=resolve(remedy.terms.procedure), owner=owner, organisation=case.organisation)
    if mandate is not None:
        _begin_for(draft, mandate, by)
    note_contest(draft_id=draft.pk, case=case, by=by)
    return draft


@transaction.atomic
def begin_appeal_at_desk(*, case: Case, officer: Any, office: Office, paper_seen: str) -> Draft:
    """The draft that an officer fills in for whoever stands before them and filed the case, with an account or without.

    Raises cases.services.NotAllowed with the sentence that says who may, or what can still be done.
    """
    remedy = demand_remedy(case=case, by=officer, at_desk=True)
    draft = new_draft(procedure=resolve(remedy.terms.procedure), owner=case.applicant)
    note_desk_filing(draft_id=draft.pk, officer=officer, applicant=case.applicant, office=office, paper_seen=paper_seen)
    note_contest(draft_id=draft.pk, case=case, by=officer, at_desk=True)
    return draft


def _begin_for(draft: Draft, mandate: Mandate, by: Any) -> None:
    try:
        begin_errand(draft_id=draft.pk, procedure=draft.procedure, mandate=mandate, by=by)
    except Refusal:
        raise NotAllowed(
            _(
                "Your mandate is for one service, and an appeal is another. The person contests the decision "
                "themselves, or gives you a mandate for any service."
            )
        ) from None


def open_appeal(*, case: Case, by: Any) -> Draft | None:
    """The appeal that this person began against the last decision of a case, or their proxy did, and has not filed."""
    remedy = remedy_of(case)
    if remedy is None:
        return None
    begun = Contest.objects.filter(decision=remedy.decision).values("draft_id")
    theirs = Q(owner=by) | Q(pk__in=drafts_under(by))
    waiting = Draft.objects.filter(theirs, pk__in=begun, filed_at=None, expires_at__gt=timezone.now())
    return waiting.order_by("-saved_at").first()
