"""The code of the second factor, shown to whoever practises; every other site knows it from its owner alone."""

import time

from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.http import HttpRequest

SECONDS = 30


def code_of_the_moment(request: HttpRequest) -> str:
    """What the app of the person who logs in would show now; empty where they have none. Refused on any other site."""
    if not settings.TAKWIN_PRACTICE:
        raise RuntimeError("Only a practice space shows the codes of its invented people.")
    stage = get_pending_stage(request)
    user = stage.login.user if stage else request.user
    factor = Authenticator.objects.filter(user=user.pk, type=Authenticator.Type.TOTP).first() if user else None
    if factor is None:
        return ""
    return code_of(get_adapter().decrypt(factor.data["secret"]))


def code_of(secret: str) -> str:
    """The code an authenticator app would show now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // SECONDS)))
