"""Acts that bind ask for a fresh proof: the second factor, used within the last five minutes."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]


def require_recent(view: View) -> View:
    """The view runs within five minutes of a second factor; later it is asked for, and the act then goes on."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if proved_within(request, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT, second_factor=True):
            return view(request, *args, **kwargs)
        address = address_of_second_factor(request.user)
        if address is None:
            return redirect("mfa_activate_totp")
        messages.info(request, _("Confirm that it is you. What you asked for goes on right after."))
        return suspend_request(request, address)

    return guarded


recently_authenticated = require_recent


def proved_within(request: HttpRequest, seconds: int, *, second_factor: bool = False) -> bool:
    """Whether this session proved who it is (by a second factor, where asked) in the last `seconds`."""
    records = get_authentication_records(request, request.user)
    times = [each["at"] for each in records if not second_factor or each["method"] == "mfa"]
    return bool(times) and time.time() - max(times) < seconds


def second_factor_used(request: HttpRequest) -> bool:
    """Whether this session, at login or since, used a second factor."""
    return any(each["method"] == "mfa" for each in get_authentication_records(request, request.user))


def has_second_factor(user: Any) -> bool:
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def address_of_second_factor(user: Any) -> str | None:
    """Where a signed-in person proves the second factor, or None where there is none to prove."""
    if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        return reverse("mfa_reauthenticate")
    return reverse("mfa_reauthenticate_webauthn") if has_second_factor(user) else None
