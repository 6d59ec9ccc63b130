"""Fields of identifiers: identity papers, telephone, tax number, postal code, the number of a case."""

import re
from collections.abc import Mapping
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.tn import mf

from procedures.fields.texts import Text
from procedures.fields.tidying import compact, western_digits

PAPERS = {"cin": r"\d{8}", "passport": r"[A-Z0-9]{6,9}", "residence_card": r"[A-Z0-9]{6,12}"}


class Identifier(Text):
    """Signs without meaning to the eye: kept in capitals without spaces, read from left to right everywhere."""

    direction = "ltr"

    def django(self, *, least: int = 1, most: int = 40, pattern: str = "") -> dict[str, Any]:
        widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "class": "w-10"})
        return {"max_length": most, "strip": False, "widget": widget}

    def tidy(self, text: str) -> str:
        return compact(text)


class Cin(Identifier):
    """A Tunisian identity card: eight figures, the zeros in front kept."""

    sample = "01234567"
    refusals = {"cin": _("“%(label)s” has eight figures. Copy them from the card, the zeros in front too.")}

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(PAPERS["cin"], value):
            raise ValidationError("", code="cin")


class IdentityNumber(Identifier):
    """The number of an identity paper whose kind the field named `of` tells: cin, passport or residence_card."""

    sample = "01234567"
    refusals = {
        "cin": Cin.refusals["cin"],
        "passport": _(
            "“%(label)s”: a passport has six to nine Latin letters and figures. Copy them from the passport."
        ),
        "residence_card": _("“%(label)s”: a residence card has six to twelve Latin letters and figures. Copy them."),
    }

    def django(self, *, of: str = "id_type") -> dict[str, Any]:  # type: ignore[override]  # each type has its own options
        return super().django()

    def agrees(self, value: Any, siblings: Mapping[str, Any]) -> None:
        kind = siblings.get(self.options.get("of", "id_type"), "")
        if value and kind in PAPERS and not re.fullmatch(PAPERS[kind], value):
            raise self.refuse(kind)


class TaxNumber(Identifier):
    """A Tunisian tax number (المعرّف الجبائي): its form is checked, its key cannot be."""

    sample = "1234567MAE001"
    refusals = {"tax": _("“%(label)s” is no tax number. Write it like 1234567/M/A/E/001.")}

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            mf.validate(value)
        except WrongNumber:
            if value:
                raise ValidationError("", code="tax") from None


class PostalCode(Identifier):
    """A Tunisian postal code: four figures."""

    sample = "4100"
    refusals = {"postal": _("“%(label)s” has four figures, like 1000.")}

    def django(self) -> dict[str, Any]:  # type: ignore[override]  # each type has its own options
        widget = forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "class": "w-4"})
        return super().django(most=12) | {"widget": widget}

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(r"\d{4}", value):
            raise ValidationError("", code="postal")


class Phone(Text):
    """A telephone number; without a country code it is Tunisian; kept as E.164."""

    sample = "+21698123456"
    direction = "ltr"
    refusals = {
        "invalid": _("“%(label)s” is no telephone number. Write eight figures, or + and the code of the country first.")
    }

    def django(self) -> dict[str, Any]:  # type: ignore[override]  # each type has its own options
        widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "dir": "ltr", "autocomplete": "tel"})
        return {"max_length": 40, "strip": False, "widget": widget}

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed:
            return typed
        try:
            number = phonenumbers.parse(western_digits(typed), "TN")
        except phonenumbers.NumberParseException:
            raise ValidationError("", code="invalid") from None
        if not phonenumbers.is_valid_number(number):
            raise ValidationError("", code="invalid")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def shown(self, value: Any, language: str) -> str:
        try:
            number = phonenumbers.parse(str(value), "TN")
        except phonenumbers.NumberParseException:
            return str(value)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


class CaseReference(Text):
    """The public number of a case or of its decision, like EQV-2026-000123-45."""

    sample = "EQV-2026-000001-03"
    direction = "ltr"
    refusals = {"reference": _("“%(label)s” is no number of a file. Copy it like EQV-2026-000123-45.")}

    def django(self) -> dict[str, Any]:  # type: ignore[override]  # each type has its own options
        widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"})
        return {"max_length": 40, "strip": False, "widget": widget}

    def tidy(self, text: str) -> str:
        return re.sub(r"\s", "", super().tidy(text)).upper()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _is_reference(value):
            raise ValidationError("", code="reference")


def _is_reference(value: str) -> bool:
    """Form and ISO 7064 mod 97-10 over letters as A=10 to Z=35."""
    if not re.fullmatch(r"[A-Z]{3}-\d{4}-\d{6}-\d{2}", value):
        return False
    return int("".join(str(int(sign, 36)) for sign in value.replace("-", ""))) % 97 == 1
