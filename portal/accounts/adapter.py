"""What allauth asks of us: messages by the outbox, telephones, national identity, secrets kept out of sight."""

import base64
import hashlib
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notifications.services import send_later
from portal.accounts.models import User
from portal.accounts.phones import PhoneField, as_international
from portal.accounts.reauthentication import proved_within

EMAIL_STAGE = "allauth.account.stages.EmailVerificationStage"
OWN_EMAIL_STAGE = "portal.accounts.stages.EmailVerificationStage"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail or the password does not match an account. Check both, or ask for a new password."
        ),
        "phone_password_mismatch": _(
            "The telephone or the password does not match an account. Check both, or ask for a code."
        ),
        "username_password_mismatch": _("Enter your e-mail, for example amna@example.tn, or your telephone."),
        "invalid_login": _("Enter your e-mail, for example amna@example.tn, or your telephone."),
        "incorrect_code": _(
            "This code is not the one we sent. Copy the six digits of the latest message, or ask for a new code."
        ),
        "incorrect_password": _("This is not the password of this account. Type it again, or ask for a new password."),
        "enter_current_password": _("Enter the password that you use today."),
        "email_taken": _("Another account uses this e-mail. Enter another one, or log in with it."),
        "phone_taken": _("Another account uses this telephone. Enter another one, or log in with it."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
        "same_as_current": _("This is already the one of your account. Enter another one."),
        "select_only_one": _("Enter your e-mail or your telephone, not both."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Written down with the change it tells about, sent by the worker: a dead mail server breaks nothing."""
        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = getattr(user, "language", "") or translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            values = {"request": allauth_context.request, "email": email, **context}
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", values).split())
            body = render_to_string(f"{template_prefix}_message.txt", values).strip()
        send_later(
            key=f"account:{uuid.uuid4()}",
            channel="email",
            address=email,
            language=language,
            subject=subject,
            body=body,
            secret="code" in context,
        )

    def get_login_stages(self) -> list[str]:
        return [OWN_EMAIL_STAGE if stage == EMAIL_STAGE else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A login of the last minutes proves the person as well as asking again would."""
        return not proved_within(allauth_context.request, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.name = form.cleaned_data.get("name", "")
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, user, form, commit)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Pages without a language in their address follow the account's."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, user.language, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax"
        )
        return response

    def clean_phone(self, phone: str) -> str:
        return as_international(phone)

    def phone_form_field(self, **kwargs: Any) -> Any:
        return PhoneField(**kwargs)

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        user.phone, user.phone_verified = phone or None, verified
        user.save(update_fields=("phone", "phone_verified"))

    def set_phone_verified(self, user: Any, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone, is_active=True).first()

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        with translation.override(user.language):
            text = gettext("%(code)s is your Takwin code. Nobody will ever ask you for it.") % {"code": code}
        self._send_sms(phone, text, user.language, secret=True)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        self._send_sms(phone, gettext("No Takwin account has this number. You can create one with it."))

    def send_account_already_exists_sms(self, phone: str) -> None:
        self._send_sms(phone, gettext("This number already has a Takwin account. Log in with it."))

    def _send_sms(self, phone: str, text: str, language: str | None = None, *, secret: bool = False) -> None:
        send_later(
            key=f"account:{uuid.uuid4()}",
            channel="sms",
            address=phone,
            language=language or translation.get_language() or settings.LANGUAGE_CODE,
            subject="",
            body=text,
            secret=secret,
        )


class NationalIdentityAdapter(DefaultSocialAccountAdapter):
    """Nothing but the provider's word "this is the same person": no e-mail is believed, and no claim is kept."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        user = sociallogin.user
        user.email = None
        user.name = str(data.get("name") or " ".join(filter(None, (data.get("first_name"), data.get("last_name")))))[
            :130
        ]
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        sociallogin.email_addresses = []
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or was used already. Wait for the next six digits and type them."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """Keys from SECRET_KEY and its fallbacks, so that a rotated key still reads yesterday's secrets."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor:" + str(key).encode()).digest()))
            for key in keys
        ]
    )
