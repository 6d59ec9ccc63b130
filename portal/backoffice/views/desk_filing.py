"""The pages of filing at a desk: whom for and what, then the wizard, then number and receipt to hand over."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.backoffice.desk_filing import AtDesk, Contesting, begin, begin_appeal
from portal.desk.casefile import OwnCase
from procedures.appeals.services import demand_remedy
from procedures.audit.services import append
from procedures.cases.access import case_for_staff
from procedures.cases.at_desk import filed_at_desk_by
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.documents.access import open_document
from procedures.offices.models import Role
from procedures.policies import staff
from procedures.resolving import resolve
from procedures.wizard.plan import Plan


@staff(Role.DESK_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def file_at_desk(request: HttpRequest) -> HttpResponseBase:
    form = AtDesk(request.POST if request.method == "POST" else None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        draft = begin(request, form)
        return redirect("wizard:step", draft=draft.pk, step=Plan(draft, resolve(draft.procedure)).codes[0])
    return render(request, "backoffice/file_at_desk.html", {"form": form})


@staff(Role.DESK_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def appeal_at_desk(request: HttpRequest, case: UUID) -> HttpResponseBase:
    """GET: whose decision, and until when. POST: the appeal begins, and the officer fills it in."""
    found = case_for_staff(request.user, case)
    form = Contesting(request.POST if request.method == "POST" else None)
    try:
        remedy = demand_remedy(case=found, by=request.user, at_desk=True)
        if request.method == "POST" and form.is_valid():
            draft = begin_appeal(request, found, form.cleaned_data["paper"])
            return redirect("wizard:step", draft=draft.pk, step=Plan(draft, resolve(draft.procedure)).codes[0])
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
        return redirect("backoffice:case", case=found.public_id)
    return render(request, "backoffice/appeal_at_desk.html", {"case": found, "form": form, "remedy": remedy})


@staff(Role.DESK_OFFICER)
@require_safe
def filed_at_desk(request: HttpRequest, case: UUID) -> HttpResponse:
    file = OwnCase(_filed(request, case))
    return render(request, "backoffice/filed_at_desk.html", {"file": file, "case": file.case})


@staff(Role.DESK_OFFICER)
@require_safe
def receipt_at_desk(request: HttpRequest, case: UUID) -> HttpResponseBase:
    file = OwnCase(_filed(request, case))
    if file.receipt is None:
        return redirect("backoffice:filed_at_desk", case=file.case.public_id)
    response = open_document(file.receipt)
    with transaction.atomic():
        append(action="document.opened", subject=file.receipt, actor=request.user)
    return response


def _filed(request: HttpRequest, case: UUID) -> Case:
    found = filed_at_desk_by(request.user, case)
    if found is None:
        raise Http404
    return found
