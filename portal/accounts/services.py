"""Accounts made, changed and given back."""

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.phones import as_international


@transaction.atomic
def create_account(
    *,
    email: str,
    name: str = "",
    language: str = "ar",
    password: str | None = None,
    phone: str = "",
    is_staff: bool = False,
) -> User:
    """An account whose addresses count as verified: for demonstrations, imports and commands."""
    user = User.objects.create_user(
        email,
        password,
        name=name,
        language=language,
        is_staff=is_staff,
        phone=as_international(phone) if phone else None,
        phone_verified=bool(phone),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def change_language(*, user: User, language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise ValueError(language)
    user.language = language
    user.save(update_fields=("language",))


def enrol_totp_for_demonstration(user: User) -> str:
    """Gives a demonstration account an authenticator and returns its secret; refused on any other site."""
    if not settings.TAKWIN_DEMONSTRATION:
        raise RuntimeError("Second factors are enrolled by their owners; only the demonstration does it for them.")
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret
