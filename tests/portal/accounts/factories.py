"""Accounts, and sessions that have or have not used a second factor."""

import time
from itertools import count

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services import create_account
from procedures.offices.models import Membership, Office

PASSWORD = "qantara-zitouna-1574"
_serial = count(1)


def person(*, email: str = "", language: str = "en", password: str = PASSWORD, **fields: object) -> User:
    return create_account(
        email=email or f"person{next(_serial)}@example.tn", name="آمنة", language=language, password=password, **fields
    )


def officer(role: str = "desk_officer", *, office: str = "rd-tunis", **fields: object) -> User:
    """A member of staff with one role in one office."""
    user = person(**fields)
    where, _new = Office.objects.get_or_create(
        code=office, defaults={"kind": "regional", "name_ar": "تونس", "name_fr": "Tunis", "name_en": "Tunis"}
    )
    Membership.objects.create(person=user, office=where, role=role, since=timezone.localdate())
    return user


def editor(**fields: object) -> User:
    """May open Wagtail's admin."""
    user = person(**fields)
    user.is_staff = user.is_superuser = True
    user.save()
    return user


def enrol(user: User) -> str:
    """Gives the account an authenticator app and recovery codes; returns the secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_of(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def recovery_code(user: User) -> str:
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]


def with_password_only(client: Client, user: User) -> Client:
    """A session that proved the password and nothing else."""
    return _session(client, user, [{"method": "password", "at": time.time()}])


def with_second_factor(client: Client, user: User, *, seconds_ago: float = 0) -> Client:
    """A session that used an authenticator app."""
    if not Authenticator.objects.filter(user=user).exists():
        enrol(user)
    at = time.time() - seconds_ago
    return _session(client, user, [{"method": "password", "at": at}, {"method": "mfa", "type": "totp", "at": at}])


def _session(client: Client, user: User, records: list[dict[str, object]]) -> Client:
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client
