"""May I use this service? Asked before starting, without an account; nothing of it is kept."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from cms_content.showing import rows_of
from procedures.definition import Procedure
from procedures.policies import public
from procedures.registry import UnknownProcedure
from procedures.resolving import resolve
from procedures.rules import Explanation
from procedures.wizard import precheck
from procedures.wizard.pages import Page

JSON = "application/json"


@dataclass(frozen=True)
class Told:
    """One rule as the page tells it: its sentence or claim, what it rests on, and the service to use instead."""

    words: str
    cites: str
    article: str
    instead: Any = None


@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The questions; after a POST the answer, on the same address, for people or as JSON for whoever accepts only that.

    No row is written and no cookie holds an answer.
    """
    procedure = _procedure(code)
    posted = MultiValueDict[str, str](dict(request.POST.lists())) if request.method == "POST" else None
    page = precheck.page_of(procedure, on=timezone.localdate(), data=posted)
    if posted is not None and request.headers.get("Accept") == JSON:
        return _for_a_machine(page)
    if posted is not None and page.is_valid():
        return _answer(request, procedure, page)
    page.hide_first_errors()
    errors = page.errors if posted is not None else []
    context = {"procedure": procedure, "page": page, "errors": errors, "error_summary": bool(errors)}
    return render(request, "public/precheck.html", context)


def _for_a_machine(page: Page) -> JsonResponse:
    """The same answer as data: the explanations as every other room has them, or the questions still open."""
    if not page.is_valid():
        return JsonResponse({"open": page.names(), "errors": [str(sentence) for _place, sentence in page.errors]})
    told = precheck.outcome(page)
    return JsonResponse({"eligible": not _against(told), "explanations": [each.as_json() for each in told]})


def _procedure(code: str) -> Procedure:
    try:
        procedure = resolve(code)
    except UnknownProcedure:
        raise Http404 from None
    if not precheck.can_be_asked(procedure):
        raise Http404
    return procedure


def _answer(request: HttpRequest, procedure: Procedure, page: Page) -> HttpResponse:
    explanations = precheck.outcome(page)
    against = _against(explanations)
    return render(
        request,
        "public/precheck_answer.html",
        {
            "procedure": procedure,
            "against": [_told(each) for each in against],
            "met": [_told(each, claim=True) for each in explanations if each.outcome == "held"],
            "unknown": [_told(each, claim=True) for each in explanations if each.outcome == "unknown"],
            "again_url": reverse("public:precheck", args=[procedure.code]),
        },
    )


def _against(explanations: tuple[Explanation, ...]) -> list[Explanation]:
    return [each for each in explanations if each.blocks]


def _told(each: Explanation, *, claim: bool = False) -> Told:
    language = (get_language() or "ar")[:2]
    basis = each.basis or {}
    cites = basis.get("cites") or {}
    instead = next(iter(rows_of([each.instead])), None) if each.instead else None
    words = each.claim(language) if claim else each.sentence(language)
    return Told(words, cites.get(language, ""), basis.get("article", ""), instead)
