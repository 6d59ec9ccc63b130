"""Fields of words: any script, Arabic only, Latin only, several lines, an e-mail address."""

import re
import unicodedata
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from procedures.fields.described import Described
from procedures.fields.drawn import ARABIC, MARKS, undrawn, written_plainly
from procedures.fields.tidying import tidied

BETWEEN_WORDS = frozenset(" -'.")
MOST_SHOWN = 5
PRINTED_BESIDES = frozenset("ƏəƠơƯưȘșȚțẞ")


class Text(Described, forms.CharField):
    """Words on one line, of `least` to `most` characters; `pattern` is what the whole must match."""

    sample: ClassVar[Any] = {"ar": "نص للتجربة", "fr": "Texte d'essai", "en": "Sample text"}
    lines: ClassVar[bool] = False
    refusals = {
        "forbidden": _("“%(label)s” holds invisible characters. Delete the text and type it instead of pasting it."),
        "min_length": ngettext_lazy(
            "“%(label)s” is too short. Write at least %(limit_value)d character.",
            "“%(label)s” is too short. Write at least %(limit_value)d characters.",
            "limit_value",
        ),
        "max_length": ngettext_lazy(
            "“%(label)s” is too long: %(show_value)s characters. Write at most %(limit_value)d character.",
            "“%(label)s” is too long: %(show_value)s characters. Write at most %(limit_value)d characters.",
            "limit_value",
        ),
        "pattern": _("“%(label)s” is not in the expected form. Write it as the explanation says."),
        "undrawn": _(
            "“%(label)s” holds signs that our documents cannot print: %(signs)s. Write it without them, in Arabic or "
            "Latin letters."
        ),
    }

    def django(self, *, least: int = 2, most: int = 200, pattern: str = "") -> dict[str, Any]:
        return {"min_length": least, "max_length": most, "strip": False}

    def to_python(self, value: Any) -> str:
        return super().to_python(self.tidy(str(value)) if value not in self.empty_values else value) or ""

    def tidy(self, text: str) -> str:
        return written_plainly(tidied(text, lines=self.lines))

    def validate(self, value: str) -> None:
        super().validate(value)
        if signs := undrawn(value):
            raise ValidationError("", code="undrawn", params={"signs": " ".join(signs[:MOST_SHOWN])})
        pattern = self.options.get("pattern", "")
        if value and pattern and not re.fullmatch(pattern, value):
            raise ValidationError("", code="pattern")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A browser that cuts a pasted text at maxlength loses words without saying so: the refusal says it instead.
        attrs = super().widget_attrs(widget)
        return {name: value for name, value in attrs.items() if name not in ("maxlength", "minlength")}


class LongText(Text):
    """Several lines."""

    lines = True

    def django(self, *, least: int = 0, most: int = 3000, pattern: str = "") -> dict[str, Any]:
        return super().django(least=least, most=most) | {"widget": forms.Textarea(attrs={"rows": 5})}


class OneScript(Text):
    """Words in one script; `digits` lets figures stand in them (names of companies)."""

    def django(  # type: ignore[override]  # each type has its own options
        self, *, least: int = 2, most: int = 60, digits: bool = False
    ) -> dict[str, Any]:
        return super().django(least=least, most=most)

    def validate(self, value: str) -> None:
        super().validate(value)
        digits = self.options.get("digits", False)
        if not all(self.allows(sign) or (digits and (sign.isdecimal() or sign in "&(),/+")) for sign in value):
            raise ValidationError("", code="script")
        if value and not any(sign.isalpha() for sign in value):
            raise ValidationError("", code="script")

    def allows(self, sign: str) -> bool:
        raise NotImplementedError


class Arabic(OneScript):
    """Words in Arabic letters only."""

    sample = "محمد"
    direction = "rtl"
    refusals = {"script": _("“%(label)s” takes Arabic letters only. Write it in Arabic, without figures.")}

    def allows(self, sign: str) -> bool:
        """Letters that the font of documents draws, and the vowel marks that it leaves out."""
        return sign in BETWEEN_WORDS or sign in MARKS or (sign in ARABIC and unicodedata.category(sign) == "Lo")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"lang": "ar", "dir": "rtl"}


class Latin(OneScript):
    """Words in Latin letters only, accents included."""

    sample = "Mohamed"
    direction = "ltr"
    refusals = {"script": _("“%(label)s” takes Latin letters only. Write it as on your passport, without figures.")}

    def allows(self, sign: str) -> bool:
        """Letters that the font of documents draws: a name that is accepted is a name that prints."""
        named = unicodedata.category(sign)[0] == "L" and unicodedata.name(sign, "").startswith("LATIN")
        return sign in BETWEEN_WORDS or sign in PRINTED_BESIDES or (named and (sign <= "\u017f" or "Ạ" <= sign <= "ỹ"))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"lang": "fr", "dir": "ltr"}


class Email(Text):
    """An e-mail address."""

    sample = "amina@example.tn"
    direction = "ltr"
    refusals = {"invalid": _("“%(label)s” is no e-mail address. Write it like name@example.tn.")}

    def django(self, *, least: int = 3, most: int = 254) -> dict[str, Any]:  # type: ignore[override]  # each type has its own options
        widget = forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email", "spellcheck": "false"})
        return super().django(least=least, most=most) | {"widget": widget}

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            EmailValidator(code="invalid")(value)
