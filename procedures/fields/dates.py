"""Fields of time: a date in three boxes, and a year."""

from datetime import date
from typing import Any

from babel.dates import format_date
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from design.forms import ThreeBoxDate
from procedures.fields.described import Described
from procedures.fields.numbers import Whole
from procedures.fields.tidying import western_digits

TODAY = "today"
LOCALES = {"ar": "ar_TN", "fr": "fr", "en": "en_GB"}  # ar_TN names the months as Tunisia does: جانفي ... ديسمبر


def long_date(day: date, language: str) -> str:
    """A date in words: 12 جوان 2026, 12 juin 2026, 12 June 2026."""
    return western_digits(format_date(day, "d MMMM y", locale=LOCALES.get(language, "en_GB")))


def day_of(bound: str) -> date:
    """The day that a bound names: an ISO date, or today in Tunisia."""
    return timezone.localdate() if bound == TODAY else date.fromisoformat(bound)


class Date(Described, forms.DateField):
    """A day from `earliest` to `latest`, each an ISO date or "today"."""

    sample = "2020-01-15"
    refusals = {
        "required": _("“%(label)s” is empty. Give the day, the month and the year."),
        "invalid": _("“%(label)s” is no real date. Write it like 27 3 2007."),
        "incomplete": _("“%(label)s” is incomplete. Give the day, the month and the year in four figures."),
        "too_early": _("“%(label)s” is too early. Give a date from %(earliest)s on."),
        "too_late": _("“%(label)s” is too late. Give a date up to %(latest)s."),
        "in_future": _("“%(label)s” lies in the future. Give a date up to today."),
    }

    def django(self, *, earliest: str = "1900-01-01", latest: str = "2100-12-31") -> dict[str, Any]:
        return {"widget": ThreeBoxDate(), "input_formats": ["%Y-%m-%d"]}

    @property
    def earliest(self) -> str:
        return str(self.options.get("earliest", "1900-01-01"))

    @property
    def latest(self) -> str:
        return str(self.options.get("latest", "2100-12-31"))

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and value.strip():
            value = western_digits(value.strip())
            parts = [part.strip() for part in value.split("-")]
            if len(parts) == 3 and (not all(parts) or (parts[0].isdigit() and len(parts[0]) != 4)):
                raise ValidationError("", code="incomplete")
        day: date | None = super().to_python(value)
        return day

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if value < day_of(self.earliest):
            raise ValidationError("", code="too_early", params={"earliest": _Long(day_of(self.earliest))})
        if value > day_of(self.latest):
            code = "in_future" if self.latest == TODAY else "too_late"
            raise ValidationError("", code=code, params={"latest": _Long(day_of(self.latest))})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "")

    def to_json(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value or None

    def from_json(self, value: Any) -> date:
        return value if isinstance(value, date) else date.fromisoformat(value)

    def shown(self, value: Any, language: str) -> str:
        return long_date(self.from_json(value), language)


class _Long:
    """A date that speaks the language in which its sentence is read."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __str__(self) -> str:
        return long_date(self.day, (get_language() or "ar")[:2])


class Year(Whole):
    """A year in four figures, up to this one unless `most` says otherwise."""

    sample = 2010
    refusals = {
        "invalid": _("“%(label)s” is no year. Write it in four figures."),
        "min_value": _("“%(label)s” is too early. Give a year from %(limit_value)s on."),
        "max_value": _("“%(label)s” is too late. Give a year up to %(limit_value)s."),
    }

    def django(self, *, least: int = 1900, most: int | None = None) -> dict[str, Any]:
        return super().django(least=least, most=most or 2100)

    def validate(self, value: Any) -> None:
        super().validate(value)
        this_year = timezone.localdate().year
        if value is not None and self.options.get("most") is None and value > this_year:
            raise ValidationError("", code="max_value", params={"limit_value": this_year})

    def shown(self, value: Any, language: str) -> str:
        return str(value)
