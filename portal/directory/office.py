"""The doubts of a directorate: what waits, what is being looked into, what was answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from design.forms import error_summary
from portal.directory.answers_sent import send_answer
from portal.directory.doubt_words import KINDS, STATES
from portal.directory.forms import Answering
from procedures.audit.services import append
from procedures.policies import staff
from registers.structures.doubts import services
from registers.structures.doubts.models import Doubt
from registers.structures.doubts.selectors import READERS, doubts_for, numbers, open_first

ON_A_PAGE = 25
LOOKS = {
    Doubt.State.RECEIVED: "warn",
    Doubt.State.TAKEN_UP: "",
    Doubt.State.FOUNDED: "bad-t",
    Doubt.State.UNFOUNDED: "off",
}


@staff(*READERS)
@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    """Open ones first by age; or those of one state."""
    theirs = doubts_for(request.user)
    state = request.GET.get("state", "")
    state = state if state in Doubt.State.values else ""
    page = Paginator(open_first(theirs, state=state), ON_A_PAGE).get_page(request.GET.get("page"))
    counted = numbers(theirs)
    context = {
        "page": page,
        "rows": [_row(doubt) for doubt in page.object_list],
        "state": state,
        "counters": [(each.value, STATES[each], counted[each.value]) for each in Doubt.State],
    }
    return render(request, "directory/doubts.html", context)


@staff(*READERS)
@require_safe
def doubt(request: HttpRequest, doubt: UUID) -> HttpResponse:
    found = _of(request, doubt)
    append(action="doubt.read", subject=found, actor=request.user)
    return _shown(request, found, Answering())


@staff(*READERS)
@require_POST
def take_up(request: HttpRequest, doubt: UUID) -> HttpResponse:
    services.take_up_doubt(doubt=_of(request, doubt), by=request.user)
    messages.success(request, _("The person who reported it now reads that it is being looked into."))
    return redirect("doubts:doubt", doubt=doubt)


@staff(*READERS)
@require_POST
def answer(request: HttpRequest, doubt: UUID) -> HttpResponse:
    found, form = _of(request, doubt), Answering(request.POST)
    if not form.is_valid():
        return _shown(request, found, form)
    try:
        _answered(request, found, form.cleaned_data)
    except services.AlreadyAnswered:
        messages.warning(request, _("A colleague answered this doubt first. Your answer was not sent."))
        return redirect("doubts:doubt", doubt=doubt)
    messages.success(request, _("The answer is published at the address of the person who reported the doubt."))
    return redirect("doubts:doubts")


@transaction.atomic
def _answered(request: HttpRequest, found: Doubt, said: dict[str, Any]) -> None:
    """The address is read before the answer wipes it, and both stand or fall together."""
    address = found.email
    answered = services.answer_doubt(
        doubt=found, by=request.user, founded=said["finding"] == Doubt.State.FOUNDED, answer=said["answer"]
    )
    if address:
        send_answer(answered, address)


def _of(request: HttpRequest, public_id: UUID) -> Doubt:
    found = doubts_for(request.user).filter(public_id=public_id).select_related("structure", "place", "office").first()
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, found: Doubt, form: Answering) -> HttpResponse:
    context = {**_row(found), "form": form, "error_summary": error_summary(form)}
    return render(request, "directory/doubt.html", context)


def _row(doubt: Doubt) -> dict[str, Any]:
    return {
        "doubt": doubt,
        "kind": KINDS[doubt.kind],
        "state_in_words": STATES[doubt.state],
        "look": LOOKS[Doubt.State(doubt.state)],
        "late": not doubt.is_closed and doubt.due_on < timezone.localdate(),
    }
