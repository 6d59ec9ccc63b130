"""The report of a visit: written, looked at, confirmed, closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from design.forms import error_summary
from portal.visits.forms import OneFinding, Report, findings_asked
from portal.visits.keys import forget_key
from portal.visits.showing import VisitPage
from portal.visits.views.planning import METHODS, seen_version
from procedures import asking
from procedures.cases.errors import CaseError, Refused
from procedures.cases.situations import procedure_of
from procedures.policies import staff
from procedures.registry import UnknownProcedure
from procedures.visits import access, services
from procedures.visits.models import Visit


@staff()
@require_http_methods(METHODS)
def report(request: HttpRequest, visit: UUID) -> HttpResponseBase:
    """Write the report of a visit that was on site."""
    page = VisitPage(access.visit_for_staff(request.user, visit), request.user)
    if not page.on_site:
        return redirect("visits:visit", visit=page.visit.public_id)
    data = request.POST if request.method == "POST" else None
    begun = timezone.localdate(page.visit.begun_at) if page.visit.begun_at else timezone.localdate()
    own = Report(data, initial={"visited_on": page.visit.visited_on or begun, "remarks": _remarks(page.visit)})
    found = findings_asked(page.visit, page.failed, page.free_found, data)
    blocks = _stage_blocks(page.visit, data)
    everything = [*found, *(form for _block, form in blocks), own]
    faults = [form.errors for form in everything]  # of every form, so that the summary is whole
    if data is not None and not any(faults):
        try:
            _write(request, page.visit, own, found, blocks)
        except Refused as refused:
            _take(own, found, refused)
        except CaseError as refused:
            messages.warning(request, str(refused))
            return redirect("visits:visit", visit=page.visit.public_id)
        else:
            messages.success(request, _("The report is written. Look at it, then close the visit."))
            return redirect("visits:visit", visit=page.visit.public_id)
    context = {"page": page, "visit": page.visit, "own": own, "found": found, "blocks": blocks}
    summary = error_summary(*everything) if data is not None else ""
    return render(request, "visits/report.html", context | {"error_summary": summary})


@staff()
@require_POST
def close(request: HttpRequest, visit: UUID) -> HttpResponseBase:
    held = access.visit_for_staff(request.user, visit, reading=False)
    if not access.makes_it(request.user, held):
        raise Http404
    try:
        services.close_visit(visit=held, by=request.user, version=seen_version(request))
    except CaseError as refused:
        messages.warning(request, str(refused))
        return redirect("visits:visit", visit=held.public_id)
    forget_key(request, held)
    messages.success(request, _("The visit is closed, and the case goes on."))
    return redirect("visits:visit", visit=held.public_id)


@staff()
@require_POST
def reopen(request: HttpRequest, visit: UUID) -> HttpResponseBase:
    held = access.visit_for_staff(request.user, visit, reading=False)
    if not access.makes_it(request.user, held):
        raise Http404
    try:
        services.reopen_report(visit=held, by=request.user, version=seen_version(request))
    except CaseError as refused:
        messages.warning(request, str(refused))
        return redirect("visits:visit", visit=held.public_id)
    messages.success(request, _("The report can be written again."))
    return redirect("visits:site", visit=held.public_id)


def _write(request: HttpRequest, visit: Visit, own: Report, found: list[OneFinding], blocks: list[Any]) -> None:
    services.write_report(
        visit=visit,
        by=request.user,
        version=seen_version(request),
        visited_on=own.cleaned_data["visited_on"],
        findings=[form.described() for form in found],
        remarks=own.cleaned_data["remarks"],
        answers={block.code: asking.stored(form) for block, form in blocks},
    )


def _remarks(visit: Visit) -> str:
    return visit.remarks or str(visit.answers.get("remarks", ""))


def _stage_blocks(visit: Visit, data: Any) -> list[tuple[Any, Any]]:
    """What the stage itself asks of its inspectors."""
    try:
        procedure = procedure_of(visit.case)
    except UnknownProcedure:
        return []
    stage = procedure.route[visit.record.position]
    before = visit.stage_answers
    return [
        (block, asking.form_for(procedure, block, data=data, initial=before.get(block.code), prefix=block.code))
        for block in asking.blocks_of(stage)
    ]


def _take(own: Report, found: list[OneFinding], refused: Refused) -> None:
    """Put what was refused beside the finding or the question that it is about."""
    by_code = {form.code: form for form in found}
    names = {"severity": "severity", "remedy": "remedy", "due": "due_on"}
    for name, sentences in refused.faults.items():
        kind, _dash, code = name.partition("-")
        form = by_code.get(code)
        for sentence in sentences:
            if form is not None:
                form.add_error(names.get(kind), sentence)
            else:
                own.add_error(name if name in own.fields else None, sentence)
