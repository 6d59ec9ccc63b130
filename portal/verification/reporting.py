"""Reporting a paper that differs, without an account, and reading the answer at the address that was given."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from portal.verification.alerting import tell_office
from portal.verification.kept import NO_POWER
from portal.verification.mismatch_words import KINDS
from portal.verification.report_forms import Reporting
from portal.verification.throttle import reported_too_many
from procedures.documents import codes
from procedures.mismatches.models import Mismatch
from procedures.mismatches.selectors import mismatch_reported
from procedures.mismatches.services import report_mismatch
from procedures.policies import by_secret, public


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """A paper is told of; the code of its page is filled in already."""
    code = codes.normalise(request.GET.get("code", "")[:64])
    initial = {"code": codes.grouped(code)} if isinstance(code, str) else {}
    form = Reporting(request.POST if request.method == "POST" else None, initial=initial)
    context: dict[str, Any] = {"form": form}
    if request.method != "POST" or not form.is_valid():
        return _kept_by_nobody(render(request, "verification/report.html", context))
    if reported_too_many(request):
        return _kept_by_nobody(render(request, "verification/report.html", context | {"too_many": True}, status=429))
    return redirect("verification:followed", mismatch=_reported(form.cleaned_data).public_id)


@by_secret
@require_safe
def followed(request: HttpRequest, mismatch: UUID) -> HttpResponse:
    """What became of a report: for whoever kept the address, and for nobody else."""
    found = mismatch_reported(mismatch)
    if found is None:
        raise Http404
    context = {"mismatch": found, "kind": KINDS[found.kind], "code": codes.grouped(found.code)}
    response = _kept_by_nobody(render(request, "verification/followed.html", context))
    response["Referrer-Policy"] = "no-referrer"  # its address is its key, and it has nothing to send
    return response


@transaction.atomic
def _reported(said: dict[str, Any]) -> Mismatch:
    found, made = report_mismatch(
        public_id=said["key"],
        code=said["code"],
        kind=said["kind"],
        words=said["words"],
        language=(get_language() or "ar")[:2],
    )
    if made:
        tell_office(found)
    return found


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """The browser may say where a report comes from, else its form would be refused; nothing more."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    response["Permissions-Policy"] = NO_POWER
    response["X-Robots-Tag"] = "noindex"
    return response
