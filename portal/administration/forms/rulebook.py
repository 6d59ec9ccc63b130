"""Questions about values in force from a day on, and about the wording of a reason."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.administration.forms.asked import LANGUAGES, Asked, a_day
from procedures.amounts import MILLIMES
from procedures.definition.overrides import Overridable


def _some(language: str, label: Any, rows: int = 3, *, needed: bool = False) -> forms.CharField:
    box = forms.Textarea(attrs={"lang": language, "dir": "rtl" if language == "ar" else "ltr", "rows": rows})
    return forms.CharField(label=label, required=needed, max_length=2000, widget=box)


def _said(language: str, label: Any) -> forms.CharField:
    return _some(language, label, needed=True)


class Valuing(Asked):
    """A number from a day on, and the text it rests on."""

    number = forms.DecimalField(label=pgettext_lazy("kind of value", "New value"), min_value=0, max_digits=12)
    since = a_day(gettext_lazy("In force from"))
    basis_ar = _some("ar", gettext_lazy("Text it rests on, in Arabic"), 2)
    basis_fr = _some("fr", gettext_lazy("Text it rests on, in French"), 2)
    basis_en = _some("en", gettext_lazy("Text it rests on, in English"), 2)
    article = forms.CharField(label=gettext_lazy("Article"), required=False, max_length=60)

    def __init__(self, *args: Any, part: Overridable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part

    def clean_number(self) -> int | float:
        number: Decimal = self.cleaned_data["number"] * (MILLIMES if self.part.kind == "money" else 1)
        if number % 1 and self.part.kind != "value":
            raise ValidationError(_("Enter a whole number, or a fee with three decimals at most."))
        return float(number) if number % 1 else int(number)

    def described(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "value": said["number"],
            "since": said["since"],
            "basis": {language: said[f"basis_{language}"] for language in LANGUAGES},
            "article": said["article"],
        }


class Wording(Asked):
    """A reason and what would mend it, in three languages; what is left empty keeps the words of the procedure."""

    text_ar = _some("ar", gettext_lazy("The reason in Arabic"))
    text_fr = _some("fr", gettext_lazy("The reason in French"))
    text_en = _some("en", gettext_lazy("The reason in English"))
    mend_ar = _some("ar", gettext_lazy("What would mend it, in Arabic"))
    mend_fr = _some("fr", gettext_lazy("What would mend it, in French"))
    mend_en = _some("en", gettext_lazy("What would mend it, in English"))

    def described(self) -> dict[str, Any]:
        return {
            part: {language: self.cleaned_data[f"{part}_{language}"] for language in LANGUAGES}
            for part in ("text", "mend")
        }


class AddingReason(Asked):
    """A ground beside those of the procedure: said in both languages of the letters, with what would mend it."""

    text_ar = _said("ar", gettext_lazy("The reason in Arabic"))
    text_fr = _said("fr", gettext_lazy("The reason in French"))
    text_en = _some("en", gettext_lazy("The reason in English"))
    mend_ar = _said("ar", gettext_lazy("What would mend it, in Arabic"))
    mend_fr = _said("fr", gettext_lazy("What would mend it, in French"))
    mend_en = _some("en", gettext_lazy("What would mend it, in English"))
    since = a_day(gettext_lazy("In force from"))
    basis_ar = _some("ar", gettext_lazy("Text it rests on, in Arabic"), 2)
    basis_fr = _some("fr", gettext_lazy("Text it rests on, in French"), 2)
    basis_en = _some("en", gettext_lazy("Text it rests on, in English"), 2)
    article = forms.CharField(label=gettext_lazy("Article"), required=False, max_length=60)

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since < timezone.localdate():
            raise ValidationError(_("This day is past. Enter today or a later day."))
        return since

    def described(self) -> dict[str, Any]:
        said = self.cleaned_data
        texts = {
            part: {language: said[f"{part}_{language}"] for language in LANGUAGES} for part in ("text", "mend", "basis")
        }
        return texts | {"since": said["since"], "article": said["article"]}


class WordingAdded(AddingReason):
    """Other words for an added reason from a day on; the text it rests on stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("basis_ar", "basis_fr", "basis_en", "article"):
            del self.fields[name]

    def described(self) -> dict[str, Any]:
        said = self.cleaned_data
        texts = {part: {language: said[f"{part}_{language}"] for language in LANGUAGES} for part in ("text", "mend")}
        return texts | {"since": said["since"]}


class Offering(Asked):
    """From which day on a reason is offered, or no longer."""

    since = a_day(gettext_lazy("In force from"))
