"""One act on many cases: choose, say what it needs, see what would happen, order it, follow it, take it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from design.forms import error_summary
from portal.accounts.reauthentication import require_recent
from portal.inboxes.bulk_acts import WORDS, given_by, offered_acts
from portal.inboxes.choosing import chosen
from portal.inboxes.reading_bulk import Progress, results
from procedures.bulk import services
from procedures.bulk.acts import ACTS
from procedures.bulk.models import BulkAct
from procedures.inboxes.circles import seats_of
from procedures.policies import staff
from procedures.refusal import Refusal

AGAIN_AFTER_SECONDS = 2
State = BulkAct.State


@staff()
@require_POST
def new_bulk(request: HttpRequest) -> HttpResponseBase:
    """From the list: ask what the act needs to be told, or prepare it at once where it needs nothing."""
    seats = seats_of(request.user)
    act = request.POST.get("act", "")
    if act not in dict(offered_acts(seats)):
        return _refused(request, _("Choose what to do."))
    cases, search = chosen(seats, request.POST)
    if not cases or len(cases) > services.MOST:
        few = not cases
        return _refused(
            request, _("Choose at least one case.") if few else _("At most 500 cases at once. Narrow the filter.")
        )
    told = "told" in request.POST or not WORDS[act].asks
    form: Any = WORDS[act].form(request.POST if told else None, seats, cases)
    if not told or not form.is_valid():
        context = {"form": form, "act": act, "words": WORDS[act], "cases": cases, "posted": request.POST}
        context["ticked"] = request.POST.getlist("case")
        return render(
            request, "inboxes/bulk_given.html", context | {"error_summary": error_summary(form) if told else ""}
        )
    asked = search.asked.codes() if search else None
    bulk = services.prepare(act=act, cases=cases, by=request.user, given=given_by(form), asked=asked)
    return redirect("inboxes:bulk", bulk.public_id)


@staff()
@require_safe
def bulk_acts(request: HttpRequest) -> HttpResponse:
    """One's own of the last weeks."""
    own = BulkAct.objects.filter(by_id=request.user.pk)[:30]
    told = [(each, WORDS[each.act].title, Progress(each)) for each in own]
    return render(request, "inboxes/bulk_acts.html", {"told": told})


@staff()
@require_safe
def bulk(request: HttpRequest, bulk: UUID) -> HttpResponse:
    found = _own(request, bulk)
    progress = Progress(found)
    context = {"bulk": found, "words": WORDS[found.act], "progress": progress, "results": results(found)}
    context["can_undo"] = found.state in (State.RUNNING, State.CARRIED) and bool(
        found.undo_until and timezone.now() < found.undo_until
    )
    response = render(request, "inboxes/bulk.html", context)
    if progress.runs:
        response["Refresh"] = str(AGAIN_AFTER_SECONDS)
    return response


@staff()
@require_POST
def order(request: HttpRequest, bulk: UUID) -> HttpResponseBase:
    """Signatures ask for a fresh proof, as one alone does."""
    found = _own(request, bulk)

    def go_on(request: HttpRequest) -> HttpResponseBase:
        return _do(request, found, services.order, _("It is being done. Each case tells its result here."))

    return (require_recent(go_on) if ACTS[found.act].recent else go_on)(request)


@staff()
@require_POST
def undo(request: HttpRequest, bulk: UUID) -> HttpResponseBase:
    return _do(request, _own(request, bulk), services.undo, _("It is being taken back."))


@staff()
@require_POST
def drop(request: HttpRequest, bulk: UUID) -> HttpResponseBase:
    return _do(request, _own(request, bulk), services.drop, _("Nothing was done."))


def _do(request: HttpRequest, found: BulkAct, service: Callable[..., Any], said: str) -> HttpResponseBase:
    try:
        service(bulk=found, by=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("inboxes:bulk", found.public_id)


def _own(request: HttpRequest, bulk: UUID) -> BulkAct:
    found = services.own_bulk_act(request.user, bulk)
    if found is None:
        raise Http404
    return found


def _refused(request: HttpRequest, why: str) -> HttpResponseBase:
    messages.error(request, why)
    query = request.POST.get("query", "")
    return redirect(f"{reverse('backoffice:inbox')}{'?' if query else ''}{query}")
