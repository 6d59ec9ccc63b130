"""The whole file of a case: asked for with a reason, followed while it is made, taken by whoever asked for it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from design.forms import error_summary
from portal.accounts.reauthentication import require_recent
from portal.backoffice.opened import OpenedCase
from portal.dossiers.forms import Taking
from procedures.cases.access import case_for_staff, case_to_follow
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.dossiers.access import rights, whole_files_for
from procedures.dossiers.models import WholeFile
from procedures.dossiers.selectors import copies_of
from procedures.dossiers.services import order_whole_file, take_whole_file
from procedures.evidence.opening import shown_safely
from procedures.policies import staff
from procedures.refusal import Refusal

AGAIN_AFTER_SECONDS = 2
TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def whole(request: HttpRequest, case: UUID) -> HttpResponseBase:
    held = case_for_staff(request.user, case)
    if not rights(request.user, held).takes:
        raise Http404
    if request.method != "POST":
        return _page(request, held, Taking())

    def order(request: HttpRequest) -> HttpResponseBase:
        return _ordered(request, held)

    return require_recent(order)(request)


@staff()
@require_safe
def download(request: HttpRequest, case: UUID, copy: UUID, kind: str) -> HttpResponseBase:
    held = case_to_follow(request.user, case)
    found = get_object_or_404(whole_files_for(request.user, held), public_id=copy)
    if kind not in TYPES:
        raise Http404

    def take(request: HttpRequest) -> HttpResponseBase:
        return _taken(request, found, kind)

    return require_recent(take)(request)


def _ordered(request: HttpRequest, case: Case) -> HttpResponseBase:
    form: Any = Taking(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            order_whole_file(
                case=case,
                by=request.user,
                reason=said["reason"],
                words=said["words"],
                for_office=said["copy"] == "office",
                language=get_language() or "ar",
            )
        except NotAllowed:  # they took no part any more by the time it was asked
            raise Http404 from None
        except Refusal as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The copy is being made. It stands here as soon as it is ready."))
            return redirect("dossiers:whole", case.public_id)
    return _page(request, case, form)


def _taken(request: HttpRequest, found: WholeFile, kind: str) -> HttpResponseBase:
    try:
        file = take_whole_file(whole=found, by=request.user, kind=kind)
    except (NotAllowed, FileNotFoundError):
        raise Http404 from None
    name = f"{found.case.number}-{'office' if found.for_office else 'copy'}.{kind}"
    return shown_safely(FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[kind]))


def _page(request: HttpRequest, case: Case, form: Any) -> HttpResponse:
    copies = copies_of(whole_files_for(request.user, case))
    context = {"opened": OpenedCase(case, request.user, get_language() or "ar"), "case": case, "form": form}
    context |= {"copies": copies, "error_summary": error_summary(form) if form.is_bound else ""}
    response = render(request, "dossiers/whole.html", context)
    if any(each.state == WholeFile.State.PREPARING and not given_up for each, given_up in copies) and not form.is_bound:
        response["Refresh"] = str(AGAIN_AFTER_SECONDS)
    return response
