"""The inbox: cases of the offices in which a person serves, the nearest deadline first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.backoffice import listing
from procedures.policies import staff

ON_A_PAGE = 25


@staff()
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    search = listing.Search.asked_by(request.GET)
    page = Paginator(search.cases(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "page": page,
        "rows": listing.rows(page.object_list),
        "counters": listing.counters(request.user),
        "states": listing.states(),
        "procedures": listing.titles(),
    }
    return render(request, "backoffice/inbox.html", context)
