"""One act on one case: a page that asks what the act needs, and the call of the engine's service."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from design.forms import error_summary
from portal.accounts.reauthentication import require_recent
from portal.backoffice.acting import Act, Filled
from portal.backoffice.acts import ACTS
from portal.backoffice.casefile import CaseFile
from portal.backoffice.opened import OpenedCase
from portal.backoffice.sealing import sealed_by
from portal.backoffice.waiting import last_move, why_closed
from portal.desk.papers_asked import Papers
from procedures.cases.access import case_for_staff
from procedures.cases.errors import IllegalMove, NotAllowed, Refused, StaleCase
from procedures.cases.models import Case
from procedures.definition import Evidence
from procedures.policies import staff


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, case: UUID, action: str) -> HttpResponseBase:
    if action not in ACTS:
        raise Http404
    doing = ACTS[action]
    opened = OpenedCase(case_for_staff(request.user, case), request.user, get_language() or "ar")
    if doing.service not in opened.actions or not doing.fits(opened):
        return _not_open(request, opened, doing)
    return (require_recent(_act) if doing.recent else _act)(request, opened, doing)


def _act(request: HttpRequest, opened: OpenedCase, doing: Act) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    filled = doing.fill(opened, data, request.GET)
    filled.papers = _papers(request, doing.papers(opened))
    if data is None:
        return _page(request, opened, doing, filled)
    if "more" in data or not filled.are_valid():
        return _page(
            request, opened, doing, filled, error_summary="" if "more" in data else error_summary(*filled.all())
        )
    return _perform(request, opened, doing, filled)


def _papers(request: HttpRequest, asked: Sequence[Evidence]) -> Papers | None:
    """The inputs of the papers that go with the act; None where none do."""
    sent: tuple[Any, Any] = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return Papers(*sent, asked=asked, language=get_language() or "ar") if asked else None


def _perform(request: HttpRequest, opened: OpenedCase, doing: Act, filled: Filled) -> HttpResponse:
    version = request.POST.get("version", "")
    try:
        doing.perform(opened, int(version) if version.isdecimal() and len(version) < 10 else -1, filled)
    except Refused as refused:
        filled.take(refused.faults)
        return _page(request, opened, doing, filled, error_summary=error_summary(*filled.all()))
    except StaleCase as stale:
        fresh = _again(opened)
        if doing.service not in fresh.actions:
            return _not_open(request, fresh, doing, why=str(stale))
        return _page(request, fresh, doing, filled, status=409, stale=stale)
    except (IllegalMove, NotAllowed) as closed:
        return _not_open(request, _again(opened), doing, why=str(closed))
    messages.success(request, str(doing.done))
    if doing.slug == "review_paper":
        return redirect(opened.address + "#papers")
    return redirect(opened.address)


def _page(
    request: HttpRequest, opened: OpenedCase, doing: Act, filled: Filled, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"opened": opened, "case": opened.case, "act": doing, "filled": filled, "here": request.path}
    if doing.slug == "sign":
        context["sealed"] = sealed_by(opened)
    return render(request, doing.template, context | {"file": CaseFile(opened)} | more, status=status)


def _again(opened: OpenedCase) -> OpenedCase:
    """The case as it stands now."""
    return OpenedCase(Case.objects.get(pk=opened.case.pk), opened.reader, opened.language)


def _not_open(request: HttpRequest, opened: OpenedCase, doing: Act, why: str = "") -> HttpResponse:
    """The act is not open to this person, or no longer: say who moved the case and when, and keep what was typed."""
    typed = [text for name in request.POST if not name.startswith("csrf") for text in _words(request, name)]
    context = {"opened": opened, "case": opened.case, "act": doing, "typed": typed}
    context |= {"moved": last_move(opened), "why": why or why_closed(opened, doing.service)}
    return render(request, "backoffice/not_open.html", context, status=409)


def _words(request: HttpRequest, name: str) -> list[str]:
    """What a person typed in sentences; codes and numbers of the form itself are left out."""
    return [text for text in request.POST.getlist(name) if " " in text.strip()]
