"""The page of one case, a paper of it, and an identity number shown on demand: each reading enters the audit chain."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from portal.backoffice.answering import is_identity_number
from portal.backoffice.casefile import CaseFile
from portal.backoffice.opened import OpenedCase
from portal.desk.messaging import Writing, letters, open_attachment, written
from procedures.cases.access import case_for_staff, record_reading
from procedures.evidence.models import Upload
from procedures.evidence.services import open_paper
from procedures.inboxes.selectors import is_followed
from procedures.inboxes.services import note_opened
from procedures.policies import staff


@staff()
@require_safe
def case(request: HttpRequest, case: UUID) -> HttpResponse:
    opened = _opened(request, case)
    note_opened(case=opened.case, by=request.user)
    return _page(request, opened)


@staff()
@require_POST
def reveal(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show one identity number in full, once; who asked for it is recorded."""
    opened = _opened(request, case)
    path = request.POST.get("path", "")
    if not is_identity_number(opened, path) or path not in CaseFile(opened).paths:
        raise Http404
    with transaction.atomic():
        record_reading(opened.case, by=request.user, action="identity.read", data={"path": path})
    return _page(request, opened, revealed=path)


@staff()
@require_safe
def paper(request: HttpRequest, case: UUID, upload: UUID) -> HttpResponseBase:
    opened = _opened(request, case)
    found = get_object_or_404(Upload, case=opened.case, pk=upload, state=Upload.State.CLEAN)
    with transaction.atomic():
        record_reading(opened.case, by=request.user, action="paper.read", data={"upload": str(found.pk)})
    return open_paper(found)


@staff()
@require_POST
def write(request: HttpRequest, case: UUID) -> HttpResponseBase:
    """Send a message to whoever filed; a fault comes back on the page of the case, beside what was typed."""
    opened = _opened(request, case)
    form = written(request, opened.case)
    return redirect(f"{opened.address}#messages") if form is None else _page(request, opened, writing=form)


@staff()
@require_safe
def attached(request: HttpRequest, case: UUID, upload: UUID) -> HttpResponseBase:
    opened = _opened(request, case)
    with transaction.atomic():
        record_reading(opened.case, by=request.user, action="paper.read", data={"upload": str(upload)})
    return open_attachment(opened.case, upload)


def _opened(request: HttpRequest, case: UUID) -> OpenedCase:
    return OpenedCase(case_for_staff(request.user, case), request.user, get_language() or "ar")


def _page(
    request: HttpRequest, opened: OpenedCase, *, revealed: str = "", writing: Writing | None = None
) -> HttpResponse:
    file = CaseFile(opened, revealed=(revealed,))
    context = {"opened": opened, "case": opened.case, "file": file, "form": writing}
    context["is_followed"] = is_followed(case=opened.case, by=request.user)
    context["letters"] = letters(opened.case, request.user, by_office=True, form=writing)
    return render(request, "backoffice/case.html", context)
