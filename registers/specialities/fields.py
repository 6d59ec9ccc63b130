"""The question which speciality."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from procedures.api import fields as f
from registers.specialities.selectors import by_sector, name_of


def _choices() -> Sequence[tuple[str, Any]]:
    return [("", ""), *by_sector((get_language() or "ar")[:2])]


class SpecialityField(f.Described, forms.ChoiceField):
    """A speciality of the national nomenclature, by its code, listed by sector."""

    reads_register = True
    refusals = {
        "required": _("“%(label)s” has no answer. Choose a speciality."),
        "invalid_choice": _("“%(label)s”: this is no speciality of the list. Choose one of the list."),
    }

    def django(self, **options: Any) -> dict[str, Any]:
        return {"choices": _choices}

    def shown(self, value: Any, language: str) -> str:
        return name_of(str(value), language)

    def sample_answer(self, language: str) -> Any:
        return self.own_sample or next((found[0][0] for _sector, found in by_sector(language)), "")
