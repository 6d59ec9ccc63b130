"""Contest a decision, from the page of its case: until when and why then, and the draft that begins."""

from uuid import UUID

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.desk.casefile import OwnCase
from procedures.cases.access import own_case
from procedures.cases.services import CaseError
from procedures.resolving import resolve
from procedures.serving.services import note_opened
from procedures.wizard.contesting import begin_appeal
from procedures.wizard.plan import Plan


def appeal(request: HttpRequest, case: UUID) -> HttpResponse:
    """GET says what an appeal is and until when; POST begins it, or goes on with the one that was begun."""
    file = OwnCase(own_case(request.user, case), request.user)
    note_opened(case=file.case, by=request.user)
    if file.remedy is None or not file.may_act:
        raise Http404
    if request.method == "POST":
        try:
            draft = begin_appeal(case=file.case, by=request.user)
        except CaseError as refusal:
            flash.warning(request, str(refusal))
            return redirect("desk:case", case=file.case.public_id)
        plan = Plan(draft, resolve(draft.procedure))
        return redirect("wizard:step", draft=draft.pk, step=plan.first_incomplete() or plan.codes[-1])
    return render(request, "desk/appeal.html", {"file": file, "case": file.case, "remedy": file.remedy})
