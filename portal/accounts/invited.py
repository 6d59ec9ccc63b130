"""The door behind an invitation's link: it asks for a name and a password, then leads to the second factor."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from design.forms import QallalineForm
from portal.accounts.forms import EMPTY, PASSWORD_HINT
from portal.accounts.invitations import accept, digest_of, invitation_of
from portal.accounts.models import Invitation, User
from procedures.refusal import Refusal

KEY = "invitation"


class AcceptForm(QallalineForm, forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=130,
        help_text=_("As your colleagues and the people who file will read it."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Enter your name as you want to be called.")},
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}, render_value=False),
        error_messages={"required": EMPTY["password1"]},
    )

    def __init__(self, data: object = None, *, invitation: Invitation) -> None:
        super().__init__(data, initial={"name": invitation.name})
        self.invitation = invitation

    def clean_password(self) -> str:
        typed: str = self.cleaned_data["password"]
        validate_password(typed, User(email=self.invitation.email, name=self.cleaned_data.get("name", "")))
        return typed


@never_cache
@require_safe
def open_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The secret leaves the address at once: the session remembers which invitation it opened."""
    digest = digest_of(secret)
    if invitation_of(digest) is None:
        return _gone(request)
    request.session[KEY] = digest
    return redirect("accounts:accept_invitation")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest) -> HttpResponseBase:
    digest = request.session.get(KEY, "")
    invitation = invitation_of(digest)
    if invitation is None:
        return _gone(request)
    form = AcceptForm(request.POST if request.method == "POST" else None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        try:
            account = accept(secret_digest=digest, language=get_language() or "ar", **form.cleaned_data)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            del request.session[KEY]
            return _enter(request, account)
    return render(request, "accounts/invitation.html", {"form": form, "invitation": invitation})


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitation_gone.html", status=410)


def _enter(request: HttpRequest, account: User) -> HttpResponseBase:
    """Logged in by the password just chosen; the office's pages then ask for the second factor."""
    login = Login(user=account, email=account.email, redirect_url=reverse("backoffice:inbox"))
    return perform_password_login(request, {"email": account.email}, login)
