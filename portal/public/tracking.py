"""An application followed without an account: its number and the code of its receipt, never one of them alone."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from design.forms import QallalineForm
from portal.desk.casefile import OwnCase
from portal.throttle import MINUTE, seconds_left, tries
from procedures.cases.tracking import tracked
from procedures.policies import public

MOST_MISSES = 10  # of one address in a minute: the code has forty bits


class Ask(QallalineForm, forms.Form):
    """Number and code, as they stand on the receipt."""

    number = forms.CharField(
        label=gettext_lazy("Number of the case"),
        help_text=gettext_lazy("It begins with three letters, for example EQV-2026-000123-45."),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "class": "code"}),
        error_messages={"required": gettext_lazy("Enter the number that stands on your receipt.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Code to follow the case"),
        help_text=gettext_lazy("Eight letters and digits, on the receipt beneath the number."),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "class": "code"}),
        error_messages={"required": gettext_lazy("Enter the code that stands on your receipt.")},
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """A wrong number, a wrong code and a number of somebody else get the same answer; the address names neither."""
    form = Ask(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, form)
    case = tracked(number=form.cleaned_data["number"], code=form.cleaned_data["code"])
    if case is not None:
        return render(request, "public/tracked.html", {"file": OwnCase(case), "case": case})
    if tries("tracking-miss", request, within=MINUTE) > MOST_MISSES:
        form.add_error(None, _("Too many tries. Wait a minute, then type the number and the code again."))
        response = _asked(request, form, status=429)
        response["Retry-After"] = str(seconds_left(MINUTE))
        return response
    form.add_error("code", _("No case has this number with this code. Compare both with your receipt."))
    return _asked(request, form)


def _asked(request: HttpRequest, form: Ask, status: int = 200) -> HttpResponse:
    return render(request, "public/track.html", {"form": form}, status=status)
