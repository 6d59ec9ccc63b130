"""Reporting a doubt without an account, and reading the answer at the address that was given."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from portal.directory.doubt_words import KINDS, STATES
from portal.directory.forms import Reporting, ReportingUnknown
from portal.directory.listing import name_in_language
from portal.directory.throttle import reported_too_many
from portal.directory.views import structure_or_404
from procedures.policies import by_secret, public
from registers.places.models import Place
from registers.structures.doubts import services
from registers.structures.doubts.models import Doubt
from registers.structures.doubts.selectors import doubt_reported
from registers.structures.models import Structure


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: str) -> HttpResponse:
    """A doubt about a structure of the directory."""
    found = structure_or_404(number)
    form = Reporting(request.POST if request.method == "POST" else None)
    context = {"structure": found, "name": name_in_language(found), "details": found}
    return _reported(request, form, found, found.place, context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report_unknown(request: HttpRequest) -> HttpResponse:
    """A doubt about a structure that is not in the directory."""
    return _reported(request, ReportingUnknown(request.POST if request.method == "POST" else None), None, None, {})


@by_secret
@require_safe
def followed(request: HttpRequest, doubt: UUID) -> HttpResponse:
    """What became of a doubt: for whoever kept the address, and for nobody else."""
    reported = doubt_reported(doubt)
    if reported is None:
        raise Http404
    context = {
        "doubt": reported,
        "structure": reported.structure,
        "kind": KINDS[reported.kind],
        "state_in_words": STATES[reported.state],
    }
    response = _kept_by_nobody(render(request, "directory/followed.html", context))
    response["Referrer-Policy"] = "no-referrer"  # its address is its key, and it has nothing to send
    return response


def _reported(
    request: HttpRequest, form: Reporting, structure: Structure | None, place: Place | None, context: dict[str, Any]
) -> HttpResponse:
    context = context | {"form": form, "days": services.DAYS_TO_ANSWER}
    if request.method != "POST" or not form.is_valid():
        return _kept_by_nobody(render(request, "directory/report.html", context))
    if reported_too_many(request):
        return _kept_by_nobody(render(request, "directory/report.html", context | {"too_many": True}, status=429))
    said = form.cleaned_data
    doubt: Doubt = services.report_doubt(
        public_id=said["key"],
        structure=structure,
        name=said.get("name", ""),
        place=place or said["place"],
        kind=said["kind"],
        words=said["words"],
        email=said["email"],
        language=(get_language() or "ar")[:2],
    )
    return redirect("directory:followed", doubt=doubt.public_id)


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
