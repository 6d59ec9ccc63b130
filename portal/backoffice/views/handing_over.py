"""Documents on paper: note that one was collected or posted, the register of an office, and the register as a file."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.reauthentication import require_recent
from portal.backoffice import issued
from portal.backoffice.handing_over import HandingOver, Narrowing, rows
from procedures.audit.services import append
from procedures.cases.access import record_reading
from procedures.policies import staff
from procedures.refusal import Refusal
from procedures.serving.models import HandedOver
from procedures.serving.selectors import MAY_HAND_OVER, MAY_READ, narrowed, offices_in, offices_that_hand_over
from procedures.serving.selectors import register_for as lines_for
from procedures.serving.services import hand_over
from procedures.spreadsheets import XLSX, csv_lines, xlsx_file

AT_ONCE = 50


@staff(*sorted(MAY_HAND_OVER))
@require_http_methods(["GET", "HEAD", "POST"])
def hand_document_over(request: HttpRequest, document: str) -> HttpResponse:
    """GET: what is to be noted. POST: the line of the register; a refusal comes back beside its field."""
    found = issued.document_for(request.user, document)
    record_reading(found.case, by=request.user, action="document.read", subject=found)
    offices = offices_that_hand_over(request.user)
    today = timezone.localdate()
    form = HandingOver(request.POST if request.method == "POST" else None, offices=offices, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            hand_over(document=found, by=request.user, **form.said())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("It is noted in the register."))
            return redirect("backoffice:document", document=found.public_id)
    return render(request, "backoffice/hand_over.html", {"document": found, "shown": issued.show(found), "form": form})


@staff(*sorted(MAY_READ))
@require_safe
def handed_over(request: HttpRequest) -> HttpResponse:
    lines, form = _asked(request, request.GET)
    page = Paginator(lines, AT_ONCE).get_page(request.GET.get("page"))
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in form.wanted().items()})
    append(action="register.read", subject=("serving.handedover", ""), actor=request.user, data={"rows": len(page)})
    context = {"page": page, "form": form, "query": query.urlencode(), "language": get_language() or "ar"}
    return render(request, "backoffice/handed_over.html", context)


@staff(*sorted(MAY_READ))
@require_POST
@require_recent
def export_handed_over(request: HttpRequest) -> HttpResponseBase:
    """The lines that the page shows, as a file: it names people, so who takes it proves who they are."""
    lines, form = _asked(request, QueryDict(request.POST.get("query", "")))
    kind = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    told = {"filter": {name: str(value) for name, value in form.wanted().items()}, "rows": lines.count()}
    append(
        action="register.exported",
        subject=("serving.handedover", kind),
        actor=request.user,
        data=told | {"format": kind},
    )
    language = get_language() or "ar"
    name = f"handed-over-{timezone.localdate().isoformat()}.{kind}"
    if kind == "xlsx":
        file = xlsx_file(rows(lines.iterator(chunk_size=500), language), right_to_left=language == "ar")
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    response = StreamingHttpResponse(_lines(lines, language), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(lines: QuerySet[HandedOver], language: str) -> Iterator[str]:
    with override(language):
        yield from csv_lines(rows(lines.iterator(chunk_size=500), language))


def _asked(request: HttpRequest, asked: Any) -> tuple[QuerySet[HandedOver], Narrowing]:
    everything = lines_for(request.user)
    form = Narrowing(asked, offices=offices_in(everything))
    wanted = form.wanted()
    if form.errors.get("office"):
        raise Http404
    return narrowed(everything, **wanted), form
