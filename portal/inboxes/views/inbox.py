"""The inbox: cases of the offices in which a person serves, the nearest deadline first; filters they keep."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.backoffice.between import Between
from portal.inboxes import listing
from portal.inboxes.bulk_acts import offered_acts
from portal.inboxes.searching import Search, offered
from procedures.cases.access import case_to_follow
from procedures.inboxes import selectors, services
from procedures.inboxes.circles import seats_of
from procedures.inboxes.models import SavedFilter
from procedures.policies import staff
from procedures.refusal import Refusal

ON_A_PAGE = 25


@staff()
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    seats, search = seats_of(request.user), Search.by(request.GET)
    counts = selectors.counters(seats)
    page = selectors.page(
        seats, search.asked, size=ON_A_PAGE, after=_place(request, "after"), before=_place(request, "before")
    )
    number = counts["waiting"] if seats.has_desk and not search.is_used else page.number
    context = {
        "seats": seats,
        "search": search,
        "asked": search.asked,
        "page": page,
        "rows": listing.rows(page.cases, seats.calendar, selectors.in_name_of(seats, page.cases)),
        "number": selectors.count(seats, search.asked) if number is None else number,
        "most": selectors.most_counted(search.asked),
        "counters": listing.counters(counts),
        "offered": offered(seats, search.asked, counts),
        "kept": selectors.filters_of(seats),
        "shares": [(office.code, str(office)) for office in seats.offices],
        "acts": offered_acts(seats),
        "query": search.query(),
        "between": Between(initial={"since": search.asked.since, "until": search.asked.until}),
        "acts_for": sorted({str(who) for _office, _role, who in seats.delegated}),
    }
    return render(request, "inboxes/inbox.html", context)


@staff()
@require_POST
def save_filter(request: HttpRequest) -> HttpResponseBase:
    search = Search.by(QueryDict(request.POST.get("query", "")))
    office = next((each for each in seats_of(request.user).offices if each.code == request.POST.get("office")), None)
    query = search.query(with_words=False)
    try:
        services.save_filter(name=request.POST.get("name", ""), query=query, office=office, by=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The filter is saved. The words you looked for are not kept with it."))
    return _back(query)


@staff()
@require_POST
def delete_filter(request: HttpRequest, kept: UUID) -> HttpResponseBase:
    seats = seats_of(request.user)
    mine = Q(owner=request.user) | Q(office__in=[office.pk for office in seats.offices])
    found = get_object_or_404(SavedFilter.objects.filter(mine), public_id=kept)
    try:
        services.delete_filter(kept=found, by=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The filter is deleted."))
    return _back("")


@staff()
@require_POST
def follow(request: HttpRequest, case: UUID) -> HttpResponseBase:
    """Follow a case, or no longer; then back to where the button stood."""
    found = case_to_follow(request.user, case)
    if request.POST.get("follow") == "1":
        services.follow(case=found, by=request.user)
    else:
        services.unfollow(case=found, by=request.user)
    if request.POST.get("from") == "case":
        return redirect("backoffice:case", found.public_id)
    return _back(Search.by(QueryDict(request.POST.get("query", ""))).query())


def _back(query: str) -> HttpResponseBase:
    return redirect(f"{reverse('backoffice:inbox')}{'?' if query else ''}{query}")


def _place(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET[name]) if name in request.GET else None
    except ValueError:
        raise Http404 from None
