"""allauth's forms in the portal's look and words, and the forms of our own account pages."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.recovery_codes import forms as recovery_codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from portal.accounts.models import Recovery, User
from portal.accounts.phones import as_international

LATIN = {"email", "phone", "login", "password", "password1", "password2", "oldpassword", "code"}
LABELS = {
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "login": _("E-mail or telephone"),
    "password": _("Password"),
    "oldpassword": _("Password of today"),
    "code": _("Code"),
}
EMPTY = {
    "email": _("Enter your e-mail, for example amna@example.tn."),
    "phone": _("Enter your telephone, for example 22 123 456."),
    "login": _("Enter your e-mail, for example amna@example.tn, or your telephone."),
    "password": _("Enter your password."),
    "password1": _("Choose a password of eight characters or more."),
    "password2": _("Type the new password a second time."),
    "oldpassword": _("Enter the password that you use today."),
    "code": _("Enter the code, for example 482 193."),
}


class Dressed(QallalineForm):
    """No placeholders, left-to-right boxes for what is Latin in every language, errors that say how to mend."""

    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in LATIN:
                field.widget.attrs["dir"] = "ltr"
            field.label = LABELS.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if name in EMPTY:
                field.error_messages["required"] = EMPTY[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = EMPTY["email"]
                field.validators = [EmailValidator(message=EMPTY["email"]), *field.validators[1:]]
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "otp"}


PASSWORD_HINT = _("Eight characters or more; a sentence that you remember is best.")
CODE_HINT = _("Six digits.")


class LoginForm(Dressed, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username"}

    def clean_login(self) -> str:
        """A telephone in whatever form it was typed; allauth compares it as it is kept."""
        typed: str = super().clean_login()
        try:
            return typed if "@" in typed else as_international(typed)
        except ValidationError:
            return typed


class SignupForm(Dressed, account.SignupForm):
    """With an e-mail and a password; the telephone has its own form."""

    hints = {"password1": PASSWORD_HINT, "email": _("We send a code to it, and later what happens to your cases.")}
    name = forms.CharField(
        label=_("Name"),
        max_length=130,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Enter your name as you want to be called.")},
    )
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["phone"]


class PhoneSignupForm(Dressed, account.SignupForm):
    """With a telephone and the code sent to it; no password, no e-mail."""

    hints = {"phone": _("We send a code to it. A number of another country begins with + and its code.")}
    name = SignupForm.base_fields["name"]
    field_order = ("name", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for absent in ("email", "password1"):
            del self.fields[absent]
        self.fields["phone"].required = True


class RequestLoginCodeForm(Dressed, account.RequestLoginCodeForm):
    def clean(self) -> Any:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", EMPTY["login"])
        return cleaned


class AddEmailForm(Dressed, account.AddEmailForm): ...


class ChangeEmailForm(Dressed, account.ChangeEmailForm):
    hints = {"email": _("We send a code to the new address; the old one holds until you enter it.")}


class ChangePasswordForm(Dressed, account.ChangePasswordForm):
    hints = {"password1": PASSWORD_HINT}


class SetPasswordForm(Dressed, account.SetPasswordForm):
    hints = {"password1": PASSWORD_HINT}


class ResetPasswordForm(Dressed, account.ResetPasswordForm): ...


class ResetPasswordKeyForm(Dressed, account.ResetPasswordKeyForm):
    hints = {"password1": PASSWORD_HINT}


class ConfirmPasswordResetCodeForm(Dressed, account.ConfirmPasswordResetCodeForm):
    hints = {"code": CODE_HINT}


class ConfirmEmailVerificationCodeForm(Dressed, account.ConfirmEmailVerificationCodeForm):
    hints = {"code": CODE_HINT}


class ConfirmLoginCodeForm(Dressed, account.ConfirmLoginCodeForm):
    hints = {"code": CODE_HINT}


class ReauthenticateForm(Dressed, account.ReauthenticateForm): ...


class ChangePhoneForm(Dressed, account.ChangePhoneForm): ...


class VerifyPhoneForm(Dressed, account.VerifyPhoneForm):
    hints = {"code": CODE_HINT}


class AuthenticateForm(Dressed, factor.AuthenticateForm):
    hints = {"code": _("Six digits that change every 30 seconds, or one of your recovery codes.")}


class FactorReauthenticateForm(Dressed, factor.ReauthenticateForm):
    hints = AuthenticateForm.hints


class ActivateTOTPForm(Dressed, totp.ActivateTOTPForm):
    hints = {"code": _("The six digits that the app shows now.")}


class DeactivateTOTPForm(Dressed, totp.DeactivateTOTPForm): ...


class GenerateRecoveryCodesForm(Dressed, recovery_codes.GenerateRecoveryCodesForm): ...


class AddWebAuthnForm(Dressed, webauthn.AddWebAuthnForm): ...


class EditWebAuthnForm(Dressed, webauthn.EditWebAuthnForm): ...


class SocialSignupForm(Dressed, social.SignupForm): ...


class SettingsForm(QallalineForm, forms.ModelForm[User]):
    """What a person may change at once; addresses and passwords have pages of their own that prove them."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("ar", "العربية"), ("fr", "Français"), ("en", "English")],
        help_text=_("Of the pages after login, of our e-mails and text messages."),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = ("name", "language")
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})}


class RecoverForm(QallalineForm, forms.Form):
    """What an officer at a desk enters with the person before them."""

    account = forms.CharField(
        label=_("E-mail or telephone of the account"),
        help_text=_("Exactly as the person gave it at sign-up; accounts cannot be searched."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Enter the e-mail or the telephone of the account.")},
    )
    paper_seen = forms.ChoiceField(
        label=_("Identity paper that you saw"),
        help_text=_("Compare the photograph and the name. Its number is not kept."),
        choices=Recovery.Paper.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the identity paper that you saw.")},
    )
    new_email = forms.EmailField(
        label=_("New e-mail"),
        help_text=_("We send a code to it. The person reads it to you."),
        widget=forms.TextInput(attrs={"type": "email", "dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": EMPTY["email"], "invalid": EMPTY["email"]},
    )


class RecoverCodeForm(QallalineForm, forms.Form):
    code = forms.CharField(
        label=_("Code that the person received"),
        help_text=CODE_HINT,
        max_length=12,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "one-time-code", "class": "otp"}
        ),
        error_messages={"required": _("Enter the six digits that the person received.")},
    )
