"""The reports on papers of an office: what waits, what is being looked into, what was answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from design.forms import error_summary
from portal.verification.mismatch_words import KINDS, STATES
from portal.verification.report_forms import Answering
from procedures.audit.services import append
from procedures.documents import codes
from procedures.mismatches import services
from procedures.mismatches.models import Mismatch
from procedures.mismatches.selectors import READERS, mismatches_for, numbers, open_first
from procedures.policies import staff

ON_A_PAGE = 25
LOOKS = {Mismatch.State.RECEIVED: "warn", Mismatch.State.SEEN: "", Mismatch.State.ANSWERED: "ok"}


@staff(*READERS)
@require_safe
def mismatches(request: HttpRequest) -> HttpResponse:
    """Open ones first by age; or those of one state."""
    theirs = mismatches_for(request.user)
    state = request.GET.get("state", "")
    state = state if state in Mismatch.State.values else ""
    page = Paginator(open_first(theirs, state=state), ON_A_PAGE).get_page(request.GET.get("page"))
    counted = numbers(theirs)
    context = {
        "page": page,
        "rows": [_row(report) for report in page.object_list],
        "state": state,
        "counters": [(each.value, STATES[each], counted[each.value]) for each in Mismatch.State],
    }
    return render(request, "verification/mismatches.html", context)


@staff(*READERS)
@require_safe
def mismatch(request: HttpRequest, mismatch: UUID) -> HttpResponse:
    found = _of(request, mismatch)
    append(action="mismatch.read", subject=found, actor=request.user)
    return _shown(request, found, Answering())


@staff(*READERS)
@require_POST
def see(request: HttpRequest, mismatch: UUID) -> HttpResponse:
    services.see_mismatch(mismatch=_of(request, mismatch), by=request.user)
    messages.success(request, _("Whoever reported the paper now reads that it is being looked into."))
    return redirect("mismatches:mismatch", mismatch=mismatch)


@staff(*READERS)
@require_POST
def answer(request: HttpRequest, mismatch: UUID) -> HttpResponse:
    found, form = _of(request, mismatch), Answering(request.POST)
    if not form.is_valid():
        return _shown(request, found, form)
    try:
        services.answer_mismatch(mismatch=found, by=request.user, answer=form.cleaned_data["answer"])
    except services.AlreadyAnswered:
        messages.warning(request, _("A colleague answered this report first. Your answer was not sent."))
        return redirect("mismatches:mismatch", mismatch=mismatch)
    messages.success(request, _("The answer stands at the address of whoever reported the paper."))
    return redirect("mismatches:mismatches")


def _of(request: HttpRequest, public_id: UUID) -> Mismatch:
    found = mismatches_for(request.user).filter(public_id=public_id).select_related("document", "office").first()
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, found: Mismatch, form: Answering) -> HttpResponse:
    context = {**_row(found), "form": form, "error_summary": error_summary(form)}
    return render(request, "verification/mismatch.html", context)


def _row(report: Mismatch) -> dict[str, Any]:
    return {
        "mismatch": report,
        "code": codes.grouped(report.code),
        "kind": KINDS[report.kind],
        "state_in_words": STATES[report.state],
        "look": LOOKS[Mismatch.State(report.state)],
    }
