"""An application that binds is filed with a one-time code, sent to the address of the account that files it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from design.forms import QallalineForm
from notifications.services import send_later
from procedures.cases.errors import CaseError, RulesBroken
from procedures.cases.one_time import FILE, LIFE, check_code, give_code, waiting_code
from procedures.offices.selectors import NoOffice
from procedures.registry import UnknownProcedure
from procedures.resolving import resolve
from procedures.wizard.access import own_draft
from procedures.wizard.checking import Declaration
from procedures.wizard.filing import NeedsCode, NotReady, file_draft, receipt_of, version_read
from procedures.wizard.models import Draft

MINUTES = int(LIFE.total_seconds()) // 60


class Digits(QallalineForm, forms.Form):
    """The six digits, however they were typed."""

    code = forms.CharField(
        label=gettext_lazy("The six digits"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "otp", "inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": gettext_lazy("Enter the six digits of the message.")},
    )


def confirm(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """Without digits the POST of the check page: send them. With digits: file. A GET asks for them again."""
    own = own_draft(request, draft)
    if own.filed_at:
        return redirect(receipt_of(own, request.user))
    if request.method == "POST" and "code" in request.POST:
        return _file(request, own)
    if request.method == "POST":
        return _send(request, own)
    if waiting_code(person=request.user, act=FILE, about=version_read(own)) is None:
        return redirect(_check_page(own))
    return _page(request, own, Digits())


def _send(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    """Only what was declared, and read as it now stands, is worth a code."""
    waits = waiting_code(person=request.user, act=FILE, about=version_read(draft)) is not None
    declared = Declaration(request.POST).is_valid() and request.POST.get("version") == str(draft.version)
    if not declared and not waits:
        return redirect(_check_page(draft))
    if not _address(request.user):
        flash.warning(request, _("Add an e-mail or a telephone to your account: this filing is confirmed by a code."))
        return redirect(_check_page(draft))
    try:
        send_code(request.user, draft)
    except CaseError as refusal:
        flash.warning(request, str(refusal))
        return redirect(reverse("desk:confirm", kwargs={"draft": draft.pk}) if waits else _check_page(draft))
    return redirect("desk:confirm", draft=draft.pk)


@transaction.atomic
def send_code(person: Any, draft: Draft) -> None:
    """A new code for this draft as it stands, on its way to the person's e-mail or, without one, telephone."""
    row, digits = give_code(person=person, act=FILE, about=version_read(draft))
    channel, address = _address(person) or ("email", "")
    with translation.override(person.language):
        opening = _("You are about to file an application that binds you. To confirm it, enter these digits:")
        ending = _("They are good for %(minutes)s minutes. If you file nothing, do nothing.") % {"minutes": MINUTES}
        send_later(
            key=f"act-code:{row.pk}",
            channel=channel,
            address=address,
            language=person.language,
            subject=_("Your code to file the application"),
            body=f"{opening}\n\n{digits}\n\n{ending}",
            secret=True,
            good_until=row.given_at + LIFE,
        )


def _file(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    form, here = Digits(request.POST), _check_page(draft)
    if not form.is_valid():
        return _page(request, draft, form)
    about = version_read(draft)
    try:
        code = check_code(person=request.user, act=FILE, about=about, typed=form.cleaned_data["code"])
        case = file_draft(draft=draft, procedure=resolve(draft.procedure), by=request.user, code=code)
    except NotReady as obstacle:
        return redirect("wizard:step", draft=draft.pk, step=obstacle.step)
    except (RulesBroken, NoOffice, NeedsCode, UnknownProcedure):
        flash.warning(request, _("Something changed meanwhile. Nothing was filed: read the page again."))
        return redirect(here)
    except CaseError as refusal:
        form.add_error("code", str(refusal))
        return _page(request, draft, form)
    return redirect("desk:filed", case=case.public_id)


def _page(request: HttpRequest, draft: Draft, form: Digits) -> HttpResponse:
    _channel, address = _address(request.user) or ("", "")
    context = {
        "draft": draft,
        "form": form,
        "address": masked(address),
        "minutes": MINUTES,
        "back": _check_page(draft),
        "title": resolve(draft.procedure).title,
    }
    return render(request, "desk/confirm.html", context)


def masked(address: str) -> str:
    """Enough for its owner to know which one: "a***a@example.tn", "+216***457"."""
    name, at, host = address.partition("@")
    if not at:
        return f"{address[:4]}***{address[-3:]}" if len(address) > 7 else "***"
    return f"{name[:1]}***{name[-1:] if len(name) > 1 else ''}@{host}"


def _address(person: Any) -> tuple[str, str] | None:
    if person.email:
        return "email", person.email
    return ("sms", person.phone) if person.phone and person.phone_verified else None


def _check_page(draft: Draft) -> str:
    return reverse("wizard:step", kwargs={"draft": draft.pk, "step": "check"})
