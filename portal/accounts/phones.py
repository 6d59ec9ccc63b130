"""The telephone as people type it, kept in international form."""

from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

COUNTRY = "TN"  # a number typed without its country is a national one


class PhoneField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Telephone"))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("error_messages", {"required": _("Enter your telephone, for example 22 123 456.")})
        kwargs["widget"] = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        cleaned = super().clean(value)
        return as_international(cleaned) if cleaned else ""


def as_international(phone: str) -> str:
    """`22 123 456` and `0021622123456` are both +21622123456."""
    typed = phone.strip()
    typed = "+" + typed[2:] if typed.startswith("00") else typed
    try:
        number = phonenumbers.parse(typed, COUNTRY)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(
            _("Enter a telephone number, for example 22 123 456, or with its country: +33 6 12 34 56 78.")
        )
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
