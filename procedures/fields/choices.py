"""Fields that are chosen: yes or no, one of a list, several of a list, a country."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar

import pycountry
from babel import Locale
from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from design.forms import YesNo as YesNoWidget
from procedures.definition import Text as Words
from procedures.definition import in_languages, spoken, worded
from procedures.fields.described import Described

YES, NO = pgettext_lazy("answer", "Yes"), pgettext_lazy("answer", "No")
RADIOS_UP_TO = 6


class YesNo(Described, forms.NullBooleanField):
    """Yes or no; neither is assumed."""

    sample = True
    refusals = {"required": _("“%(label)s” has no answer. Choose yes or no.")}

    def django(self, **options: Any) -> dict[str, Any]:
        return {"widget": YesNoWidget()}

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise self.refuse("required")

    def shown(self, value: Any, language: str) -> str:
        return spoken(YES if value else NO, language)


class Accept(Described, forms.BooleanField):
    """A statement to be accepted by a tick."""

    sample = True
    refusals = {"required": _("Tick “%(label)s” to go on.")}

    def shown(self, value: Any, language: str) -> str:
        return spoken(YES if value else NO, language)


class Chosen(Described):
    """What choosing one and choosing several share."""

    def __init__(self, label: Words, choices: Mapping[str, Words], **options: Any) -> None:
        super().__init__(label, choices=dict(choices), **options)

    @property
    def labels(self) -> Mapping[str, Words]:
        labels: Mapping[str, Words] = self.options["choices"]
        return labels

    def options_as_json(self) -> dict[str, Any]:
        # A list, for the order of choices is part of the declaration and canonical JSON sorts keys.
        return {"choices": [[code, in_languages(label)] for code, label in self.labels.items()]}

    @classmethod
    def options_from_json(cls, options: Mapping[str, Any]) -> dict[str, Any]:
        return {"choices": {code: worded(label) for code, label in options["choices"]}}

    def label_of(self, code: str, language: str) -> str:
        return spoken(self.labels[code], language) if code in self.labels else code


class Choice(Chosen, forms.ChoiceField):
    """One of `choices` ({code: label}): radios up to six, a list beyond.

    `numbers` ({code: number}) are what the seal of a document holds in place of the codes.
    """

    refusals: ClassVar[Mapping[str, Any]] = {
        "required": _("“%(label)s” has no answer. Choose one."),
        "invalid_choice": _("“%(label)s”: this is none of the answers offered. Choose one of the list."),
    }

    def __init__(self, label: Words, choices: Mapping[str, Words], **options: Any) -> None:
        numbers = options.get("numbers")
        super().__init__(label, choices, **(options | {"numbers": dict(numbers)} if numbers else options))

    def django(self, choices: Mapping[str, Words], numbers: Mapping[str, int] | None = None) -> dict[str, Any]:
        if len(choices) <= RADIOS_UP_TO:
            return {"choices": tuple(choices.items()), "widget": forms.RadioSelect()}
        return {"choices": (("", ""), *choices.items())}

    def options_as_json(self) -> dict[str, Any]:
        return {**self.options, **super().options_as_json()}

    @classmethod
    def options_from_json(cls, options: Mapping[str, Any]) -> dict[str, Any]:
        return {**options, **super().options_from_json(options)}

    def number_of(self, value: Any) -> int | None:
        number: int | None = self.options.get("numbers", {}).get(value)
        return number

    def shown(self, value: Any, language: str) -> str:
        return self.label_of(str(value), language)

    def sample_answer(self, language: str) -> Any:
        return self.own_sample or next(iter(self.labels))


class Choices(Chosen, forms.MultipleChoiceField):
    """One or several of `choices`."""

    refusals = {**Choice.refusals, "invalid_list": Choice.refusals["invalid_choice"]}

    def django(self, choices: Mapping[str, Words]) -> dict[str, Any]:
        return {"choices": tuple(choices.items()), "widget": forms.CheckboxSelectMultiple()}

    def from_json(self, value: Any) -> tuple[str, ...]:
        return tuple(value)

    def shown(self, value: Any, language: str) -> str:
        comma = "، " if language == "ar" else ", "
        return comma.join(self.label_of(str(each), language) for each in value)

    def sample_answer(self, language: str) -> Any:
        return self.own_sample or [next(iter(self.labels))]


def _alphabetical(name: str, language: str) -> str:
    """How a name is filed: without accents, and in Arabic without the article and the marks of hamza."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    return bare.removeprefix("ال") if language == "ar" else bare


@cache
def countries(language: str) -> Mapping[str, str]:
    """Names of the countries of ISO 3166-1 by code, in the alphabetical order of the language (CLDR's names)."""
    names = Locale(language).territories
    found = {country.alpha_2: names.get(country.alpha_2, country.name) for country in pycountry.countries}
    return dict(sorted(found.items(), key=lambda item: _alphabetical(item[1], language)))


def _country_choices() -> Sequence[tuple[str, str]]:
    return [("", ""), *countries((get_language() or "ar")[:2]).items()]


class Country(Described, forms.ChoiceField):
    """A country by its ISO 3166-1 code."""

    sample = "TN"
    refusals = {
        "required": _("“%(label)s” has no answer. Choose a country."),
        "invalid_choice": _("“%(label)s”: this is no country of the list. Choose one of the list."),
    }

    def django(self, **options: Any) -> dict[str, Any]:
        return {"choices": _country_choices}

    def shown(self, value: Any, language: str) -> str:
        return countries(language).get(str(value), str(value))
