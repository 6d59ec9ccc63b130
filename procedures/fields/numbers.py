"""Fields of figures: whole numbers, decimals, sums of money; Arabic-Indic digits and decimal commas are understood."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.fields.described import Described
from procedures.fields.tidying import tidied

NBSP = "\u00a0"


def typed_number(value: Any) -> Any:
    """What was typed as Python reads a number: no spaces between thousands, a point before decimals."""
    if not isinstance(value, str):
        return value
    return re.sub(r"\s", "", tidied(value)).replace("٫", ".").replace("٬", "").replace(",", ".")


def grouped(value: Any, language: str) -> str:
    """A number with a no-break space between thousands, and a decimal comma in Arabic and French."""
    text = f"{Decimal(str(value)):,f}".replace(",", NBSP)
    return text if language == "en" else text.replace(".", ",")


class Figure(Described):
    """What whole and decimal numbers share."""

    direction = "ltr"
    refusals = {
        "invalid": _("“%(label)s” is no number. Write it in figures."),
        "min_value": _("“%(label)s” is too small. The least is %(limit_value)s."),
        "max_value": _("“%(label)s” is too large. The most is %(limit_value)s."),
        "max_decimal_places": _("“%(label)s” has too many decimals. Write at most %(max)s."),
        "max_digits": _("“%(label)s” is too long a number. Correct it."),
        "max_whole_digits": _("“%(label)s” is too long a number. Correct it."),
    }

    def to_python(self, value: Any) -> Any:
        typed = typed_number(value)
        if isinstance(typed, str) and len(typed) > 20:  # beyond any figure asked, and slow to read
            raise self.refuse("invalid")
        return super().to_python(typed)

    def shown(self, value: Any, language: str) -> str:
        return grouped(value, language)


class Whole(Figure, forms.IntegerField):
    """A whole number from `least` to `most`."""

    sample = 1
    refusals = {"invalid": _("“%(label)s” is no whole number. Write it in figures, without decimals.")}

    def django(self, *, least: int = 0, most: int | None = None) -> dict[str, Any]:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off", "class": "w-6"})
        return {"min_value": least, "max_value": 999_999_999 if most is None else most, "widget": widget}

    def from_json(self, value: Any) -> int:
        return int(value)

    def sample_answer(self, language: str) -> Any:
        chosen = super().sample_answer(language)
        return max(chosen, self.options.get("least", 0))


class Number(Figure, forms.DecimalField):
    """A decimal number from `least` to `most`, with at most `places` decimals; kept as text so that none is lost."""

    sample = "1"

    def django(self, *, least: Any = 0, most: Any = None, places: int = 2) -> dict[str, Any]:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr", "autocomplete": "off", "class": "w-6"})
        limits = {"min_value": None if least is None else Decimal(str(least))}
        limits["max_value"] = None if most is None else Decimal(str(most))
        return limits | {"max_digits": 15, "decimal_places": places, "widget": widget}

    def to_json(self, value: Any) -> Any:
        return None if value is None else str(value)

    def from_json(self, value: Any) -> Decimal:
        return Decimal(str(value))


class Money(Number):
    """A sum in dinars, to the millime."""

    def django(self, *, least: Any = 0, most: Any = None) -> dict[str, Any]:  # type: ignore[override]  # each type has its own options
        return super().django(least=least, most=most, places=3)

    def shown(self, value: Any, language: str) -> str:
        unit = {"ar": "د.ت", "fr": "DT"}.get(language, "TND")
        return f"{grouped(Decimal(str(value)).quantize(Decimal('0.001')), language)}{NBSP}{unit}"
