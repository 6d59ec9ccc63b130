"""The catalogue with its search, and the way from a procedure's code to its page."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms_content.catalogue import planned_service, services, themes_in_use
from cms_content.selectors import service_page
from cms_content.showing import service_context, with_addresses
from portal.public.offices import office_words
from procedures.policies import public
from procedures.registry import services_for_people

LONGEST_QUERY = 100


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every service, by theme or by words; a plain GET that keeps nothing."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    themes = themes_in_use()
    theme = request.GET.get("theme", "")
    chosen = theme if theme in dict(themes) else ""
    found = with_addresses(services(theme=chosen, query=query))
    return render(
        request,
        "public/catalogue.html",
        {
            "in_catalogue": True,
            "query": query,
            "themes": themes,
            "chosen_theme": chosen,
            "services": found,
            "count": len(found),
        },
    )


@public
@require_safe
def service(request: HttpRequest, code: str) -> HttpResponse:
    """To the page that editors wrote for a procedure, else its facts alone, else the notice that it is not online."""
    page = service_page(code)
    if page is not None:
        return HttpResponseRedirect(page.url)
    planned = planned_service(code)
    if planned is not None:
        return render(request, "public/not_online.html", {"service": planned, "office": office_words(code)})
    if code not in services_for_people():
        raise Http404
    return render(request, "cms_content/service.html", service_context(code))
