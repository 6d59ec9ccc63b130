"""Answers to machines: alive, which language, what to index, which icon; none asks the database."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from procedures.policies import public

NOT_INDEXED = (
    "/cms/", "/cms-documents/", "/demo/", "/V/", "/*/accounts/", "/*/desk/", "/*/drafts/", "/*/office/",
    "/*/administration/", "/*/organisation/", "/*/imports/", "/*/mine/",
    "/*/structures/doubts/", "/*/structures/doubt/", "/*/structures/*/doubt/",
)  # fmt: skip


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; whether the database does is another question, asked elsewhere."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


@public
@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """To the home page in the language last chosen, Arabic for whoever never chose."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    response = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(response, ["Cookie"])
    return response


@public
@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_INDEXED)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(static("design/mark.svg"))
