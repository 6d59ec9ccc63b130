"""Begin an appeal against a decision, and file it as a case of its own that is linked to the contested one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.appeals.models import Contest
from procedures.appeals.selectors import Remedy, contested_by, remedy_of
from procedures.audit.services import append
from procedures.cases.access import acts_as_applicant, is_interested
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.cases.standing import people_of_decision


def demand_remedy(*, case: Case, by: Any, at_desk: bool = False) -> Remedy:
    """What may be done against the decision of a case, today and by this person, or by an officer for whoever stands
    before them. Raises NotAllowed with a sentence."""
    remedy = remedy_of(case)
    if remedy is None:
        raise NotAllowed(_("No appeal is foreseen against the decision of this case."))
    if at_desk:
        _refuse_officer(case, remedy, by)
    elif not acts_as_applicant(by, case):
        raise NotAllowed(_("Only those whom the decision concerns may contest it."))
    if not remedy.is_open:
        raise NotAllowed(remedy.why_not)
    return remedy


def _refuse_officer(case: Case, remedy: Remedy, officer: Any) -> None:
    """Who takes an appeal at a desk had no part in what it contests, and takes it for a person who came themselves."""
    if case.organisation is not None:
        raise NotAllowed(
            _("An organisation contests from its own account: whoever acts for it logs in and opens the case there.")
        )
    if is_interested(officer, case) or officer.pk in people_of_decision(remedy.decision):
        raise NotAllowed(_("You have a part in this case or took this decision: a colleague takes the appeal."))


@transaction.atomic
def note_contest(*, draft_id: UUID, case: Case, by: Any, at_desk: bool = False) -> Contest:
    """Note which decision a new draft contests; the draft itself is the caller's. Raises NotAllowed."""
    held = Case.objects.select_for_update().get(pk=case.pk)
    remedy = demand_remedy(case=held, by=by, at_desk=at_desk)
    contest = Contest.objects.create(draft_id=draft_id, decision=remedy.decision, begun_by=by, begun_at=timezone.now())
    append(action="appeal.begin", subject=held, actor=by, data={"decision": remedy.decision.pk})
    return contest


def contested(draft_id: UUID, *, on: date) -> Case:
    """The case whose decision this filing contests, its row locked; the caller links the two.

    Raises NotAllowed: late, twice, or of nothing.
    """
    contest = contested_by(draft_id)
    if contest is None:
        raise NotAllowed(_("An appeal begins from the page of the case whose decision it contests."))
    case = Case.objects.select_for_update().get(pk=contest.decision.case_id)
    remedy = remedy_of(case, on=on)
    if remedy is None or remedy.decision.pk != contest.decision_id:
        raise NotAllowed(_("The decision that you contest does not stand any more."))
    if not remedy.is_open:
        raise NotAllowed(remedy.why_not)
    return case
