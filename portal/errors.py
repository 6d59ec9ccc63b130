"""Pages for what went wrong: what happened, what is kept, and the ways on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import get_language, get_language_bidi

from procedures.policies import public


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _alone("400.html", 400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@public
def forgery_suspected(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token did not fit its cookie: cookies are off, or the session ended while the page was open."""
    return render(request, "403_csrf.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    return _alone("500.html", 500)


def _alone(name: str, status: int) -> HttpResponse:
    """A page that asks nothing of the database, the session or the context processors: any of them may have failed."""
    context = {"language": get_language() or "ar", "direction": "rtl" if get_language_bidi() else "ltr"}
    return HttpResponse(get_template(name).render(context), status=status)
