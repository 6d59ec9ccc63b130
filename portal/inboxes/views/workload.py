"""For directors: who has how much to do, and whose cases go to colleagues while they are away."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.inboxes.listing import rows
from procedures.bulk.services import MOST, prepare
from procedures.inboxes import workload as loads
from procedures.offices.selectors import people_in
from procedures.policies import staff
from procedures.refusal import Refusal


@staff(*loads.DIRECTORS)
@require_safe
def workload(request: HttpRequest) -> HttpResponse:
    told = loads.workload(loads.offices_directed_by(request.user))
    return render(request, "inboxes/workload.html", {"loads": told})


@staff(*loads.DIRECTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def cases_of(request: HttpRequest, person: int) -> HttpResponseBase:
    """The open cases of one officer, and to whom each would go; sent, they are prepared as one act on many."""
    offices = loads.offices_directed_by(request.user)
    officer = get_object_or_404(get_user_model(), pk=person)
    if not any(people_in(office).filter(pk=person).exists() for office in offices):
        raise Http404
    cases = loads.open_cases_of(officer, offices, reader=request.user)[:MOST]
    spread = loads.spread(cases)
    if request.method == "POST":
        going = [case for case in cases if case.pk in spread]
        try:
            of_each = {pk: {"to": to} for pk, to in spread.items()}
            bulk = prepare(act="assign", cases=going, by=request.user, of_each=of_each)
        except Refusal as refused:
            messages.error(request, str(refused))
            return redirect("inboxes:cases_of", person)
        return redirect("inboxes:bulk", bulk.public_id)
    people = get_user_model().objects.in_bulk(set(spread.values()))
    shown = [(row, people.get(spread.get(row.case.pk, 0))) for row in rows(cases)]
    absent = person in loads.absent_today([person])
    return render(
        request,
        "inboxes/cases_of.html",
        {
            "officer": officer,
            "shown": shown,
            "is_absent": absent,
            "can_go": bool(spread),
            "nobody": _("Nobody is free"),
        },
    )
