"""The other ends of a case: documents issued, withdrawn by the applicant, shelved."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.cases.errors import Refused
from procedures.cases.models import Case
from procedures.cases.officers_answers import demand
from procedures.cases.selectors import open_correction
from procedures.cases.services.moving import Held, close_stage, transition
from procedures.cases.states import ENDS, Event, State


def finish_issuing(*, case_id: int) -> Case:
    """Called when a document of the case is ISSUED: the last one closes the case. Called again, it changes nothing."""
    case = Case.objects.get(pk=case_id)
    if case.state != State.ISSUING or case.documents.exclude(output="receipt").exclude(state="issued").exists():
        return case
    with transition(case, Event.FINISH_ISSUING, by=None) as held:
        held.case.state = ENDS.get(held.case.outcome, State.ISSUED)
    return case


def withdraw(*, case: Case, by: Any) -> Case:
    """The applicant takes the case back; possible until the last signature."""
    with transition(case, Event.WITHDRAW, by=by) as held:
        _close(held, State.WITHDRAWN)
    return case


def shelve(*, case: Case, by: Any, version: int, note: str) -> Case:
    """An officer shelves a case whose correction did not come in time."""
    with transition(case, Event.SHELVE, by=by, version=version) as held:
        demand(note=note)
        correction = open_correction(held.case)
        if correction is not None and correction.due_on >= timezone.localdate():
            raise Refused({"note": [_("The applicant still has time to answer. The case cannot be shelved yet.")]})
        _close(held, State.SHELVED, note=note.strip())
    return case


def _close(held: Held, state: State, note: str = "") -> None:
    if held.record is not None:
        close_stage(held, note=note)
    held.case.state, held.case.closed_at, held.case.assignee = state, held.now, None
