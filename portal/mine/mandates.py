"""Who acts for me and for whom I act: mandates given, offered, held and ended."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from design.forms import QallalineForm, ThreeBoxDate
from portal.mine.telling import tell_of_answer, tell_of_mandate
from procedures.mandates.models import Mandate
from procedures.mandates.selectors import given_by, held_by, is_in_force, offered_to
from procedures.mandates.services import accept_mandate, end_mandate, give_mandate
from procedures.refusal import Refusal
from procedures.registry import procedures, services_for_people


class Giving(QallalineForm, forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail of the person who acts for you"),
        help_text=gettext_lazy("They log in with this address and accept."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter the e-mail of the person, for example amna@example.tn."),
            "invalid": gettext_lazy("Enter the e-mail of the person, for example amna@example.tn."),
        },
    )
    procedure = forms.ChoiceField(
        label=gettext_lazy("For which service?"), widget=forms.RadioSelect, required=False, initial=""
    )
    until = forms.DateField(
        label=gettext_lazy("Last day of the mandate"),
        help_text=gettext_lazy("One year from now at most. You may end it earlier."),
        widget=ThreeBoxDate(),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": gettext_lazy("Enter a day, a month and a year."),
            "invalid": gettext_lazy("There is no such day. Check the day, the month and the year."),
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        listed = [(code, each.title) for code, each in services_for_people().items() if each.open]
        choice: Any = self.fields["procedure"]
        choice.choices = [("", _("Any service")), *listed]


def mandates(request: HttpRequest) -> HttpResponse:
    """GET: all mandates. POST: give one."""
    form = Giving(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            given = give_mandate(principal=request.user, **form.cleaned_data)
        except Refusal as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            tell_of_mandate(given)
            messages.success(request, _("The mandate is given. It counts once the person has accepted it."))
            return redirect("mine:mandates")
    context = {
        "form": form,
        "given": [(each, _standing(each)) for each in given_by(request.user)],
        "offered": [(each, title_of(each)) for each in offered_to(request.user)],
        "held": [(each, title_of(each)) for each in held_by(request.user)],
    }
    return render(request, "mine/mandates.html", context)


def answer(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """POST: accept it, or end it."""
    found = _of(request.user, mandate)
    try:
        if "accept" in request.POST:
            tell_of_answer(accept_mandate(mandate=found, by=request.user), by=request.user)
            messages.success(request, _("You may now act for this person. Choose them when you start an application."))
        else:
            tell_of_answer(end_mandate(mandate=found, by=request.user), by=request.user)
            messages.success(request, _("The mandate is ended."))
    except Refusal as refused:
        messages.warning(request, str(refused))
    return redirect("mine:mandates")


def title_of(mandate: Mandate) -> Any:
    known = procedures().get(mandate.procedure)
    return known.title if known else mandate.procedure or _("Any service")


def _of(person: Any, public_id: UUID) -> Mandate:
    for found in (given_by(person), held_by(person), offered_to(person)):
        if mandate := found.filter(public_id=public_id).first():
            return mandate
    raise Http404


def _standing(mandate: Mandate) -> dict[str, Any]:
    """How a mandate that one gave stands, in words and colour."""
    if is_in_force(mandate):
        said, tone = _("In force"), "ok"
    elif mandate.ended_at or mandate.until < timezone.localdate():
        said, tone = _("Over"), "off"
    else:
        said, tone = _("Waits to be accepted"), "warn"
    return {"said": said, "tone": tone, "may_end": tone != "off", "title": title_of(mandate)}
