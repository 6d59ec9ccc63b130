"""Issued documents: find one, see its status over time, propose a change, and decide on another person's proposal."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from design.forms import error_summary
from portal.accounts.reauthentication import require_recent
from portal.backoffice import issued, waiting_documents
from portal.backoffice.forms import Proposing
from portal.backoffice.wording import reasons_of_status
from portal.files.selectors import DOCUMENT, openable_about
from procedures.cases.access import record_reading
from procedures.documents import services
from procedures.documents.access import open_document
from procedures.documents.models import StatusProposal
from procedures.documents.releasing import MAY_RELEASE
from procedures.documents.selectors import open_proposal
from procedures.documents.status_changes import MAY_DECIDE, MAY_PROPOSE, StatusRefused
from procedures.offices.selectors import roles_of
from procedures.policies import staff
from procedures.serving.selectors import MAY_HAND_OVER, MAY_READ, handed_over


@staff()
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "").strip()[:60]
    found = [issued.show(document) for document in issued.find(request.user, typed)] if typed else []
    roles = roles_of(request.user)
    context = {"q": typed, "found": found, "reads_register": bool(roles & MAY_READ)}
    context["held"] = waiting_documents.visible_to(request.user).count() if roles & MAY_RELEASE else None
    return render(request, "backoffice/documents.html", context)


@staff()
@require_safe
def document(request: HttpRequest, document: str) -> HttpResponse:
    found = issued.document_for(request.user, document)
    record_reading(found.case, by=request.user, action="document.read", subject=found)
    context = {
        "document": found,
        "shown": issued.show(found, with_periods=True),
        "proposal": next(iter(issued.waiting(request.user, found)), None),
        "handed_over": handed_over([found]),
        "may_hand_over": found.output != issued.ABOUT_A_FILING and bool(roles_of(request.user) & MAY_HAND_OVER),
        "may_propose": bool(issued.changes_open(request.user, found)),
        "opens_files": openable_about(request.user, DOCUMENT) if issued.may_be_revoked(found) else [],
    }
    return render(request, "backoffice/document.html", context)


@staff()
@require_safe
def file(request: HttpRequest, document: str) -> HttpResponseBase:
    found = issued.document_for(request.user, document)
    record_reading(found.case, by=request.user, action="document.opened", subject=found)
    return open_document(found)


@staff(*sorted(MAY_PROPOSE))
@require_http_methods(["GET", "HEAD", "POST"])
@require_recent
def propose(request: HttpRequest, document: str) -> HttpResponse:
    found = issued.document_for(request.user, document)
    changes = issued.changes_open(request.user, found)
    if not changes:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = Proposing(data, changes=changes, reasons=reasons_of_status())
    context = {"document": found, "shown": issued.show(found), "form": form}
    if data is None:
        return render(request, "backoffice/propose.html", context)
    if not form.is_valid():
        return render(request, "backoffice/propose.html", context | {"error_summary": error_summary(form)})
    try:
        services.propose_status_change(document=found, by=request.user, **form.cleaned_data)
    except StatusRefused as refused:
        return render(request, "backoffice/propose.html", context | {"refused": str(refused)}, status=409)
    messages.success(request, _("Your proposal was sent. Another person decides on it."))
    return redirect("backoffice:document", document=found.public_id)


@staff()
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    return render(request, "backoffice/proposals.html", {"proposals": issued.waiting(request.user)})


@staff(*sorted(MAY_DECIDE))
@require_POST
@require_recent
def decide(request: HttpRequest, document: str) -> HttpResponse:
    found = issued.document_for(request.user, document)
    approve = request.POST.get("approve")
    if approve not in ("yes", "no"):
        raise Http404
    proposal = open_proposal(found)
    if proposal is None or str(proposal.pk) != request.POST.get("proposal"):  # only what stood on the page is decided
        messages.warning(request, _("This proposal was decided already. Nothing changed."))
    else:
        _decide(request, proposal, approve=approve == "yes")
    return redirect("backoffice:document", document=found.public_id)


def _decide(request: HttpRequest, proposal: StatusProposal, *, approve: bool) -> None:
    try:
        services.decide_status_change(proposal=proposal, approve=approve, by=request.user)
    except StatusRefused as refused:
        messages.warning(request, str(refused))
        return
    messages.success(request, _("The change is published.") if approve else _("The proposal was rejected."))
