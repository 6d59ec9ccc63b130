"""Duplicates: entries that may be one person, compared side by side and decided by a person, with a reason."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.administration.asking import Back, Question, ask
from portal.administration.duplicates import Pair
from portal.administration.forms.nomenclature import Deciding
from portal.administration.rooms import may_change, reads, show
from portal.administration.views.people import METHODS
from procedures.audit.services import append
from registers.people.models import DuplicateProposal
from registers.people.selectors import open_proposals
from registers.people.services import keep_apart, merge

ON_A_PAGE = 25


@reads
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    page = Paginator(open_proposals(), ON_A_PAGE).get_page(request.GET.get("page"))
    decided = DuplicateProposal.objects.exclude(decided_at=None).select_related("left", "right", "decided_by", "case")
    context = {"page": page, "decided": decided.order_by("-decided_at")[:20]}
    return show(request, "administration/duplicates.html", context)


@reads
@require_http_methods(METHODS)
def duplicate(request: HttpRequest, proposal: int) -> HttpResponse:
    """Both entries side by side; an administrator decides. Each reading is recorded."""
    found = get_object_or_404(DuplicateProposal.objects.select_related("left", "right"), pk=proposal)
    pair = Pair(found)
    if request.method != "POST":
        append(action="people.proposal_read", subject=found, actor=request.user)
    if found.state == DuplicateProposal.State.OPEN and may_change(request.user):
        return _decide(request, pair)
    return show(request, "administration/duplicate.html", {"pair": pair})


def _decide(request: HttpRequest, pair: Pair) -> HttpResponse:
    question = Question(
        title=_("One person or two?"),
        button=_("Decide"),
        back=Back(reverse("administration:duplicates"), _("Duplicates")),
    )

    def act(*, decision: str, **said: Any) -> Any:
        return (merge if decision == "merge" else keep_apart)(proposal=pair.proposal, **said)

    template, more = "administration/duplicate.html", {"pair": pair}
    return ask(request, Deciding, question, act, _("Your decision is kept."), template=template, more=more)
