"""A case of an organisation passes to one of its colleagues, who is told of it from then on."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.access import acts_as_applicant
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.cases.states import CLOSED
from procedures.representation import files_for


def hand_over(*, case: Case, by: Any, to: Any) -> Case:
    """Put a colleague in charge of a case; everybody who files for the organisation may still act on it.

    Raises NotAllowed where `by` does not act for its organisation, `to` does not file for it, or the case is closed.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update().get(pk=case.pk)
        if held.organisation is None or not acts_as_applicant(by, held):
            raise NotAllowed(_("Only colleagues of the organisation hand its cases over."))
        if held.state in CLOSED:
            raise NotAllowed(_("The case is closed: there is nothing left to hand over."))
        if not files_for(to, held.organisation):
            raise NotAllowed(_("This person does not file for the organisation. Choose one of its colleagues."))
        held.in_charge = to
        held.save(update_fields=["in_charge"])
        append(action="case.hand_over", subject=held, actor=by, data={"to": to.pk})
    case.refresh_from_db()
    return case
