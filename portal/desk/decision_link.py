"""A decision read by its secret link, without logging in: the page says what opening it means, the button opens it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from procedures.documents.access import open_document
from procedures.reading import text
from procedures.serving.services import fetch_by_link, link_of


def decision_link(request: HttpRequest, secret: str) -> HttpResponseBase:
    """GET opens nothing, since machines follow links of letters too; POST hands the document over: it is notified."""
    link = link_of(secret)
    if link is None:
        return _over(request)
    if request.method == "POST":
        return open_document(fetch_by_link(link=link))
    context = {"document": link.document, "title": text(link.document.titles, get_language() or "ar")}
    return render(request, "desk/decision_link.html", context)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/decision_link_over.html", status=410)
