"""Documents whose making stopped: the list of those that wait for a person, and making one anew."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.backoffice import waiting_documents
from procedures.documents.releasing import MAY_RELEASE
from procedures.documents.services import release_document
from procedures.policies import staff
from procedures.refusal import Refusal


@staff(*sorted(MAY_RELEASE))
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    return render(request, "backoffice/held.html", {"held": waiting_documents.held(request.user)})


@staff(*sorted(MAY_RELEASE))
@require_POST
def release(request: HttpRequest, document: str) -> HttpResponse:
    found = waiting_documents.visible_to(request.user).filter(public_id=document).first()
    if found is None:
        raise Http404
    try:
        release_document(document=found, by=request.user)
    except Refusal as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(
            request, _("The document is being made anew. If the fault is still there, it comes back here.")
        )
    return redirect("backoffice:held")
