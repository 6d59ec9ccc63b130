"""A person's own account, the sign-up by telephone, and the desk that gives accounts back."""

from allauth.account.views import SignupView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.forms import PhoneSignupForm, RecoverCodeForm, RecoverForm, SettingsForm
from portal.accounts.models import Recovery
from portal.accounts.reauthentication import has_second_factor
from portal.accounts.recovery import NotRecovered, begin_recovery, complete_recovery


class PhoneSignupView(SignupView):
    template_name = "account/signup_by_phone.html"

    def get_form_class(self) -> type[PhoneSignupForm]:
        return PhoneSignupForm


@never_cache
def account_settings(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with translation.override(user.language):
            messages.success(request, _("Saved."))
            response = redirect("accounts:settings")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, user.language, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax"
        )
        return response
    context = {
        "form": form,
        "has_second_factor": has_second_factor(request.user),
        "national_identity": bool(settings.TAKWIN_NATIONAL_IDENTITY),
    }
    return render(request, "accounts/settings.html", context)


@never_cache
def recover(request: HttpRequest) -> HttpResponse:
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            recovery = begin_recovery(
                typed=entered["account"],
                paper_seen=entered["paper_seen"],
                new_email=entered["new_email"],
                by=request.user,  # type: ignore[arg-type]  # the policy lets only staff in
            )
        except NotRecovered as reason:
            form.add_error("account", str(reason))
        else:
            return redirect("accounts:recover_code", recovery=recovery.pk)
    return render(request, "accounts/recover.html", {"form": form})


@never_cache
def recover_code(request: HttpRequest, recovery: int) -> HttpResponse:
    asked = get_object_or_404(Recovery, pk=recovery, asked_by=request.user, completed_at=None)
    form = RecoverCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            complete_recovery(
                recovery=asked,
                code=form.cleaned_data["code"],
                by=request.user,  # type: ignore[arg-type]  # the policy lets only staff in
            )
        except NotRecovered as reason:
            form.add_error("code", str(reason))
        else:
            messages.success(request, _("The account is given back. The person now asks for a new password."))
            return redirect("accounts:recover")
    return render(request, "accounts/recover_code.html", {"form": form, "recovery": asked})
