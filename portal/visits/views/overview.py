"""Planned visits by office and day."""

from datetime import timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.backoffice.between import Between
from procedures.offices.models import Office, Role
from procedures.policies import staff
from procedures.visits.selectors import PLANNERS, planned, visits_seen_by

WEEKS = 4
BACK = timedelta(days=60)  # what should have been made before today is shown too

reads = staff(*PLANNERS, Role.AUDITOR)


@reads
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    first, last = Between(request.GET).days()
    since = first or today - BACK
    until = last or max(since, today) + timedelta(weeks=WEEKS)
    offices = Office.objects.filter(pk__in=visits_seen_by(request.user).values("office"))
    office = next((one for one in offices if one.code == request.GET.get("office")), None)
    mine = "mine" in request.GET
    found = planned(request.user, since=since, until=until, office=office, mine=mine)
    days = [(day, list(visits)) for day, visits in groupby(found, key=lambda visit: visit.planned_on)]
    context = {"days": days, "offices": offices, "office": office, "mine": mine, "today": today}
    between = Between(initial={"since": since, "until": until})
    return render(request, "visits/overview.html", context | {"between": between})
