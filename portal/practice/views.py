"""The room of a practice space, under /office/practice/: get cases, know what to try, begin again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.demonstration.accounts import PASSWORD
from portal.practice import giving
from portal.practice.forms import Asking
from portal.practice.people import accounts
from procedures.policies import staff
from procedures.refusal import Refusal

View = Callable[..., HttpResponseBase]


def in_practice(view: View) -> View:
    """On a genuine portal these pages do not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.TAKWIN_PRACTICE:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@staff()
@in_practice
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponseBase:
    """GET: what one can be given and what to try. POST: the cases are made and stand on one's desk."""
    form = Asking(request.POST if request.method == "POST" else None, offers=giving.offers_for(request.user))
    if form.is_bound and form.is_valid():
        try:
            made = giving.give_cases(to=request.user, offer=form.chosen, count=form.cleaned_data["count"])
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            told = ngettext("%(count)s case is on your desk.", "%(count)s cases are on your desk.", len(made))
            messages.success(request, told % {"count": len(made)})
            return redirect("practice:home")
    return _page(request, form)


@staff()
@in_practice
@require_POST
def again(request: HttpRequest) -> HttpResponseBase:
    cleared = giving.begin_again(by=request.user)
    told = ngettext("%(count)s case was cleared.", "%(count)s cases were cleared.", cleared)
    messages.success(request, told % {"count": cleared} if cleared else _("There was nothing to clear."))
    return redirect("practice:home")


def _page(request: HttpRequest, form: Asking) -> HttpResponse:
    given = giving.given_to(request.user)
    context = {"form": form, "given": given, "accounts": accounts(), "password": PASSWORD}
    return render(request, "practice/home.html", context)
