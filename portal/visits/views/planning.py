"""Plan a visit for a case, look at it, change its plan, call it off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.visits.forms import CallingOff, Planning, Rescheduling
from portal.visits.places import place_of
from portal.visits.showing import VisitPage, take_faults
from procedures.cases.access import case_for_staff
from procedures.cases.errors import CaseError, Refused
from procedures.policies import staff
from procedures.visits import access, services
from procedures.visits.models import Visit
from procedures.visits.selectors import offered_checklists, visit_of

METHODS = ["GET", "HEAD", "POST"]


@staff()
@require_http_methods(METHODS)
def plan(request: HttpRequest, case: UUID) -> HttpResponseBase:
    held = case_for_staff(request.user, case)
    if (planned := visit_of(held)) is not None and access.record_to_visit(held) == planned.record:
        return redirect("visits:visit", visit=planned.public_id)
    record = access.record_to_visit(held)
    if record is None or not access.may_plan(request.user, held, record):
        raise Http404
    data = request.POST if request.method == "POST" else None
    given = {"people": access.inspectors_for(held, record), "checklists": offered_checklists()}
    form = Planning(data, **given, initial={"planned_on": timezone.localdate()} | place_of(held))
    if data is not None and form.is_valid():
        try:
            made = services.plan_visit(case=held, by=request.user, **form.described())
        except CaseError as refused:
            take_faults(form, refused)
        else:
            messages.success(request, _("The visit is planned."))
            return redirect("visits:visit", visit=made.public_id)
    return render(request, "visits/plan.html", {"form": form, "case": held})


@staff()
@require_safe
def visit(request: HttpRequest, visit: UUID) -> HttpResponse:
    page = VisitPage(access.visit_for_staff(request.user, visit), request.user)
    return render(request, "visits/visit.html", {"page": page, "visit": page.visit})


@staff()
@require_http_methods(METHODS)
def change(request: HttpRequest, visit: UUID) -> HttpResponseBase:
    held = _planned(request, visit)
    initial = {"planned_on": held.planned_on, "lead": held.lead_id, "second": held.second_id}
    data = request.POST if request.method == "POST" else None
    form = Rescheduling(data, people=access.inspectors_for(held.case, held.record), initial=initial)
    words = {"title": _("Change the plan"), "button": _("Save the new plan"), "done": _("The plan is changed.")}
    return _ask(request, held, form, services.reschedule_visit, words)


@staff()
@require_http_methods(METHODS)
def call_off(request: HttpRequest, visit: UUID) -> HttpResponseBase:
    held = _planned(request, visit)
    form = CallingOff(request.POST if request.method == "POST" else None)
    words = {"title": _("Call the visit off"), "button": _("Call it off"), "done": _("The visit is called off.")}
    return _ask(request, held, form, services.call_off_visit, words)


def _planned(request: HttpRequest, visit: UUID) -> Visit:
    held = access.visit_for_staff(request.user, visit)
    if not access.may_change_plan(request.user, held):
        raise Http404
    return held


def _ask(
    request: HttpRequest, held: Visit, form: Any, act: Callable[..., Visit], words: dict[str, str]
) -> HttpResponseBase:
    if form.is_bound and form.is_valid():
        said = form.described() if hasattr(form, "described") else form.cleaned_data
        try:
            act(visit=held, by=request.user, version=seen_version(request), **said)
        except Refused as refused:
            take_faults(form, refused)
        except CaseError as refused:
            messages.warning(request, str(refused))
            return redirect("visits:visit", visit=held.public_id)
        else:
            messages.success(request, words["done"])
            return redirect("visits:visit", visit=held.public_id)
    return render(request, "visits/change.html", {"form": form, "visit": held, "words": words})


def seen_version(request: HttpRequest) -> int:
    """The version of the visit that stood on the page when it was opened."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else -1
