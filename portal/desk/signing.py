"""Confirm somebody else's filing, or decline: by the secret link of the letter, or with the account of its address."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from portal.desk.casefile import OwnCase
from procedures.cases.models import Confirmation
from procedures.cases.selectors import confirmations_asked
from procedures.cases.services import CaseError, confirm, decline
from procedures.cases.services.confirming import digest_of
from procedures.cases.states import State

LINK = "confirmation"  # session key: digest of the link that was opened


class Standing(QallalineForm, forms.Form):
    """What a signatory stands for."""

    agreed = forms.BooleanField(
        label=_("I have read this application, it concerns me, and I confirm it."),
        error_messages={"required": _("Tick the sentence before you confirm.")},
    )


def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the secret out of the address before anything is shown."""
    request.session[LINK] = digest_of(secret)
    return redirect("desk:signatory")


def by_link(request: HttpRequest) -> HttpResponse:
    digest = request.session.get(LINK, "")
    found = Confirmation.objects.filter(secret_digest=digest).exclude(secret_digest="").first() if digest else None
    if found is None or found.case.state != State.SIGNATORIES:
        return render(request, "desk/signatory_over.html", status=410)
    return _asked(request, found)


def by_account(request: HttpRequest, confirmation: UUID) -> HttpResponse:
    return _asked(request, get_object_or_404(confirmations_asked(request.user), public_id=confirmation))


def _asked(request: HttpRequest, asked: Confirmation) -> HttpResponse:
    form = Standing(request.POST if request.method == "POST" and "decline" not in request.POST else None)
    account = request.user if request.user.is_authenticated else None
    try:
        if "decline" in request.POST:
            decline(confirmation=asked, by=account, note=request.POST.get("note", "")[:1000])
            return _done(request, "declined")
        if request.method == "POST" and form.is_valid():
            confirm(confirmation=asked, by=account)
            return _done(request, "confirmed")
    except CaseError:
        raise Http404 from None
    context = {"asked": asked, "form": form, "title": _title(asked), "sections": _sections(asked)}
    return render(request, "desk/signatory.html", context)


def _done(request: HttpRequest, answer: str) -> HttpResponse:
    request.session.pop(LINK, None)
    return render(request, "desk/signatory_done.html", {"answer": answer})


def _title(asked: Confirmation) -> str:
    return OwnCase(asked.case).title


def _sections(asked: Confirmation) -> list[Any]:
    """What the signatory stands for: nothing confidential, and no other row of the group in which they are named."""
    file = OwnCase(asked.case)
    file.language = get_language() or asked.case.language
    told = {each["code"]: each["who"].partition(".")[0] for each in file.snapshot.get("signatories", ())}
    hidden = {block["code"] for block in file.snapshot["blocks"] if block["confidential"]}
    group = told.get(asked.code, "")
    return [
        each
        for each in file.sections
        if each.code not in hidden and not (each.code == group and each.row and each.row != asked.row)
    ]
