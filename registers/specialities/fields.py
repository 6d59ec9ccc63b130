"""The question which speciality."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from procedures.api import fields as f
from registers.specialities.selectors import by_sector, name_of, row_of, search


def _choices() -> Sequence[tuple[str, Any]]:
    return [("", ""), *by_sector((get_language() or "ar")[:2])]


class SpecialityField(f.Searched, forms.ChoiceField):
    """A speciality of the national nomenclature, by its code, listed by sector or looked up by words."""

    reads_register = True
    refusals = {
        "required": _("“%(label)s” has no answer. Choose a speciality."),
        "invalid_choice": _("“%(label)s”: this is no speciality of the list. Choose one of the list."),
    }

    def django(self, **options: Any) -> dict[str, Any]:
        return {"choices": _choices}

    def shown(self, value: Any, language: str) -> str:
        return name_of(str(value), language)

    def found(self, words: str, language: str, *, most: int) -> Sequence[f.Found]:
        return [_found(row, language) for row in search(words, language)[:most]]

    def found_by_value(self, value: str, language: str) -> f.Found:
        row = row_of(value)
        return _found(row, language) if row else super().found_by_value(value, language)

    def sample_answer(self, language: str) -> Any:
        return self.own_sample or next((found[0][0] for _sector, found in by_sector(language)), "")


def _found(row: Mapping[str, Any], language: str) -> f.Found:
    others = tuple((code, row[f"name_{code}"]) for code in ("ar", "fr") if code != language)
    return f.Found(row["code"], row[f"name_{language}"], others, (row[f"sector_{language}"], *row["levels"]))
