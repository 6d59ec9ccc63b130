"""Verification without an account: by typed code, or by the address in a QR code."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.verification.answers import (
    answer_for,
    full_answer_for,
    practice,
    unknown,
    with_its_file,
)
from portal.verification.counting import count_verification
from portal.verification.forms import FileDigest, Search, Several
from portal.verification.headers import asking, kept_by_nobody
from portal.verification.pages import page_of, tongues
from portal.verification.several import UNKNOWN, answers, counts
from portal.verification.sharing import link_of
from portal.verification.throttle import seconds_to_wait
from procedures.documents import codes
from procedures.documents.addresses import public_host
from procedures.documents.selectors import issued_file
from procedures.documents.standing import issued_standing, standing_of
from procedures.policies import by_secret, public
from procedures.practice.kinds import is_practice_code

MACHINES = "portal.verification.machine_urls"


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form; a code that is well formed leads on to its own page."""
    if "code" not in request.GET:
        return kept_by_nobody(render(request, "verification/search.html", asked(request, Search())))
    form = Search(request.GET)
    if form.is_valid():
        return kept_by_nobody(redirect("verification:result", public_id=form.cleaned_data["code"]))
    return kept_by_nobody(render(request, "verification/search.html", asked(request, form)))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def several(request: HttpRequest) -> HttpResponse:
    """Many codes at once. They travel in the body of the request, so that no address and no log holds them."""
    form = Several(request.POST or None, request.FILES or None)
    context = asked(request, form) | {"checked_at": timezone.now(), "tongues": tongues(page="several")}
    if form.is_bound and form.is_valid():
        context["lines"] = lines = answers(form.lines)
        if any(line.state == UNKNOWN for line in lines) and (wait := seconds_to_wait(request)):
            return too_many(request, wait)
        context |= {
            "counts": counts(lines),
            "again": _again(form.lines),
            "report_days": settings.TAKWIN_LIST_REPORT_DAYS,
        }
    return asking(render(request, "verification/several.html", context))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """A PDF that stays on the device: its digest, which the page's script works out, finds the file that was sealed."""
    form = FileDigest(request.POST or None)
    if not form.is_bound:
        return asking(render(request, "verification/file.html", {"tongues": tongues(page="file")}))
    found = issued_file(form.cleaned_data["digest"]) if form.is_valid() else None
    if found is None:
        if wait := seconds_to_wait(request):
            return too_many(request, wait)
        told = {"is_unknown": True, "tongues": tongues(page="file")}
        return asking(render(request, "verification/file.html", told, status=404))
    count_verification(found)
    answer = with_its_file(answer_for(standing_of(found)))
    return page_of(request, found.public_id, answer, digest=found.cose_digest, scanned=False)


@public
@require_safe
def result(request: HttpRequest, public_id: str) -> HttpResponse:
    """The answer to a typed code."""
    return _answered(request, public_id, scanned=False)


@public
@require_safe
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """The answer to a scan: the same, and a script that checks what only the paper's QR holds."""
    response = _answered(request, public_id, scanned=True)
    request.urlconf = MACHINES  # else a 404 here is answered by a redirect to an address under a language
    return response


@by_secret
@require_safe
def shared(request: HttpRequest, secret: str) -> HttpResponse:
    """A document with its holder's whole name, for whoever holds the link; what is wrong or over looks the same."""
    link = link_of(secret)
    if link is None:
        if wait := seconds_to_wait(request):
            return too_many(request, wait)
        return kept_by_nobody(render(request, "verification/not_shared.html", {"tongues": tongues()}, status=404))
    if request.method == "GET":
        count_verification(link.document)
    context = {"answer": full_answer_for(standing_of(link.document)), "link": link, "checked_at": timezone.now()}
    context |= {"host": public_host(), "tongues": tongues(secret=secret)}
    return kept_by_nobody(render(request, "verification/shared.html", context))


def _answered(request: HttpRequest, typed: str, *, scanned: bool) -> HttpResponse:
    public_id = codes.normalise(typed)
    if not isinstance(public_id, str):  # told without a query
        form = Search({"code": typed[:64]})
        return kept_by_nobody(render(request, "verification/search.html", asked(request, form), status=404))
    found = issued_standing(public_id)
    if found is None and is_practice_code(public_id):  # of another portal: what the code says of itself is enough
        return page_of(request, public_id, practice(), scanned=scanned, status=404)
    if found is None:
        if wait := seconds_to_wait(request):
            return too_many(request, wait)
        return page_of(request, public_id, unknown(), scanned=scanned, status=404)
    if request.method == "GET":
        count_verification(found.document)
    return page_of(request, public_id, answer_for(found), digest=found.document.cose_digest, scanned=scanned)


def _again(lines: list[tuple[int, str]]) -> str:
    """The same codes on the same lines, for the form that asks a report of them."""
    typed = dict(lines)
    return "\n".join(typed.get(number, "") for number in range(1, max(typed) + 1))


def asked(request: HttpRequest, form: Search | Several) -> dict[str, Any]:
    return {"form": form, "host": public_host(), "tongues": tongues()}


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    response = render(request, "verification/too_many.html", {"wait": wait, "tongues": tongues()}, status=429)
    response["Retry-After"] = str(wait)
    return kept_by_nobody(response)
