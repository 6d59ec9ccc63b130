"""A secret link by e-mail for whoever starts without an account, and the door that it opens."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from design.forms import QallalineForm
from portal.drafts.telling import send_link
from procedures.registry import UnknownProcedure
from procedures.resolving import resolve
from procedures.wizard.access import hold_draft, own_draft
from procedures.wizard.limits import asks_too_often
from procedures.wizard.links import TooManyLinks, link_of, make_link
from procedures.wizard.models import Draft


class AddressForm(QallalineForm, forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Nobody else sees it. It is deleted with the application, or when you log in."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "required": _("Enter the e-mail to which the link goes."),
            "invalid": _("“E-mail”: enter an address such as name@example.tn."),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """Ask for the address, and send the link there; the page that says so names no other application."""
    own = own_draft(request, draft)
    if own.owner_id is not None or own.organisation is not None:
        return redirect("wizard:resume", draft=own.pk)  # an account opens it anywhere
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if asks_too_often(request):
            form.add_error(None, _("Too many links were asked for. Nothing is lost: try again in an hour."))
        else:
            return _send(request, own, form.cleaned_data["email"])
    return render(request, "drafts/ask.html", {"form": form, "draft": own, "title": _title(own)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, secret: str) -> HttpResponseBase:
    """GET says what the link opens; POST lets this session hold the draft, and the secret leaves the address."""
    link = link_of(secret)
    if link is None:
        return render(request, "drafts/gone.html", status=410)
    if request.method == "POST":
        hold_draft(request, link.draft)
        return redirect("wizard:resume", draft=link.draft_id)
    return render(request, "drafts/open.html", {"link": link, "draft": link.draft, "title": _title(link.draft)})


def _send(request: HttpRequest, draft: Draft, email: str) -> HttpResponse:
    try:
        link, secret = make_link(draft=draft, email=email, language=get_language() or draft.language)
        send_link(link, secret)
    except TooManyLinks:
        pass  # the links of today are in that mailbox; whose it is, nobody is told
    except Draft.DoesNotExist:
        raise Http404 from None
    return render(request, "drafts/sent.html", {"email": email, "draft": draft})


def _title(draft: Draft) -> str:
    try:
        return str(resolve(draft.procedure).title)
    except UnknownProcedure:
        raise Http404 from None
