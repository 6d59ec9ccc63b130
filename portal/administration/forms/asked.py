"""The form of these rooms: errors that name the field and say what to do, dates in boxes, names in three languages."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from design.forms import QallalineForm, ThreeBoxDate

LANGUAGES = {"ar": gettext_lazy("Arabic"), "fr": gettext_lazy("French"), "en": gettext_lazy("English")}
NAMES = ("name_ar", "name_fr", "name_en")
OWN_NAMES = (("ar", "العربية"), ("fr", "Français"), ("en", "English"))


class Asked(QallalineForm, forms.Form):
    """Every field gets its sentences from its label, unless it brings its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= _sentences(field) | getattr(field, "own_sentences", {})
            if isinstance(field, forms.EmailField):
                field.validators = [EmailValidator(message=field.error_messages["invalid"]), *field.validators[1:]]

    def described(self) -> dict[str, Any]:
        """What was said, by the names of the service that acts on it."""
        return self.cleaned_data

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]], *, nothing: Any = None) -> None:
        """Fill a choice; `nothing` is the first line of a list in which nothing is chosen yet."""
        first = [] if nothing is None else [("", nothing)]
        cast("forms.ChoiceField", self.fields[name]).choices = [*first, *choices]


def _sentences(field: forms.Field) -> dict[str, str]:
    label = {"label": field.label}
    if isinstance(field, forms.DateField):
        words = _("“%(label)s”: enter the day, the month and the year, for example 3 12 2026.") % label
        return {"required": words, "invalid": words}
    if isinstance(field, forms.ChoiceField):
        words = _("“%(label)s”: choose one.") % label
        return {"required": words, "invalid_choice": words}
    if isinstance(field, forms.EmailField):
        words = _("“%(label)s”: enter an address, for example amna@example.tn.") % label
        return {"required": words, "invalid": words}
    if isinstance(field, forms.FileField):
        words = _("“%(label)s”: choose a file.") % label
        return {"required": words, "empty": _("“%(label)s”: this file is empty. Choose another one.") % label}
    longest = _("“%(label)s”: write %(limit)s characters at most.") % (
        label | {"limit": getattr(field, "max_length", 0)}
    )
    return {"required": _("“%(label)s”: write something here.") % label, "max_length": longest}


def a_day(label: Any, *, needed: bool = True, help_text: Any = "") -> forms.DateField:
    """A date in three boxes."""
    return forms.DateField(label=label, required=needed, help_text=help_text, widget=ThreeBoxDate)


def one_of(
    label: Any, choices: Iterable[tuple[Any, Any]] = (), *, help_text: Any = "", needed: bool = True, few: bool = False
) -> forms.ChoiceField:
    """One of a list; `few` shows every choice at once."""
    widget = forms.RadioSelect if few else forms.Select
    return forms.ChoiceField(label=label, choices=list(choices), help_text=help_text, required=needed, widget=widget)


def a_reason(reasons: Mapping[str, Any]) -> forms.ChoiceField:
    """Why: a code, kept with the change."""
    return one_of(gettext_lazy("Reason"), reasons.items(), few=True)


def some_words(label: Any, *, needed: bool = False, help_text: Any = "") -> forms.CharField:
    """A few sentences."""
    box = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(label=label, required=needed, max_length=2000, help_text=help_text, widget=box)


def latin(label: Any, longest: int, *, needed: bool = True, help_text: Any = "", narrow: str = "") -> forms.CharField:
    """A code or another identifier, written from left to right in every language."""
    box = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "class": narrow})
    return forms.CharField(label=label, required=needed, max_length=longest, help_text=help_text, widget=box)


def name_in(language: str, label: Any, longest: int, *, needed: bool = True) -> forms.CharField:
    """A name in one language; the box reads in the direction of the language."""
    direction = "rtl" if language == "ar" else "ltr"
    box = forms.TextInput(attrs={"lang": language, "dir": direction, "autocomplete": "off"})
    return forms.CharField(label=label, required=needed, max_length=longest, widget=box)


class Nothing(Asked):
    """A change that only has to be confirmed."""


class Names(Asked):
    """Names in the three languages."""

    name_ar = name_in("ar", gettext_lazy("Name in Arabic"), 150)
    name_fr = name_in("fr", gettext_lazy("Name in French"), 150)
    name_en = name_in("en", gettext_lazy("Name in English"), 150)

    def names(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"name_{language}"] for language in LANGUAGES}
