"""Entries of the register that may be one person, laid before the officers who open a file about them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.administration.duplicates import Pair
from portal.files.selectors import PAIR, openable_about
from procedures.audit.services import append
from procedures.offices.models import Role
from procedures.policies import staff
from registers.people.models import DuplicateProposal
from registers.people.selectors import open_proposals

ON_A_PAGE = 25
READERS = (Role.CENTRAL_OFFICER,)


@staff(*READERS)
@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """Those that wait, the likest first, and those merged last, which a file may tell apart again."""
    _demand(request)
    merged = DuplicateProposal.objects.filter(state=DuplicateProposal.State.MERGED).select_related("left", "right")
    page = Paginator(open_proposals(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "files/pairs.html", {"page": page, "merged": merged.order_by("-decided_at")[:20]})


@staff(*READERS)
@require_safe
def pair(request: HttpRequest, proposal: int) -> HttpResponse:
    """Both entries side by side, with what speaks for it; each reading is recorded."""
    opened = _demand(request)
    found = get_object_or_404(DuplicateProposal.objects.select_related("left", "right"), pk=proposal)
    append(action="people.proposal_read", subject=found, actor=request.user)
    return render(request, "files/pair.html", {"pair": Pair(found), "opens_files": opened})


def _demand(request: HttpRequest) -> list[object]:
    """Whoever opens no file about a pair reads none."""
    found: list[object] = [*openable_about(request.user, PAIR)]
    if not found:
        raise Http404
    return found
