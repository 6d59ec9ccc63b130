"""What administrators fill in about checklists and their lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.administration.forms.asked import Asked, latin, name_in, one_of
from procedures.visits.items import number
from procedures.visits.models import Item, Severity

BASIS = _("The text and article that asks for it. Without one it is shown as an assumption.")


class Titling(Asked):
    title_ar = name_in("ar", _("Title in Arabic"), 150)
    title_fr = name_in("fr", _("Title in French"), 150)
    title_en = name_in("en", _("Title in English"), 150)
    basis = forms.CharField(
        label=_("Legal basis"),
        required=False,
        max_length=200,
        help_text=BASIS,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class Making(Titling):
    code = latin(_("Code"), 40, help_text=_("Small letters, digits and hyphens, for example premises."))
    field_order = ("code", "title_ar", "title_fr", "title_en", "basis")

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip().lower()
        if not code.replace("-", "").isascii() or not code.replace("-", "").isalnum():
            raise forms.ValidationError(_("Write small letters, digits and hyphens."))
        if code == "new":
            raise forms.ValidationError(_("Write another code: this one names a page."))
        return code


class Bound(forms.CharField):
    """A bound of a measurement, written as people write numbers; empty where there is none."""

    def __init__(self, label: Any) -> None:
        box = forms.TextInput(attrs={"dir": "ltr", "inputmode": "decimal", "class": "w-4", "autocomplete": "off"})
        super().__init__(label=label, required=False, max_length=12, widget=box)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        read = number(text)
        if read is None or read < 0 or read >= 10**8:
            raise forms.ValidationError(_("Write a number, for example 3 or 2.75."))
        return round(read, 2)

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else f"{value.normalize():f}"


class Rewriting(Asked):
    """One line of a list."""

    sentence_ar = name_in("ar", _("Sentence in Arabic"), 300)
    sentence_fr = name_in("fr", _("Sentence in French"), 300)
    sentence_en = name_in("en", _("Sentence in English"), 300)
    kind = one_of(_("Kind of answer"), Item.Kind.choices, few=True)
    severity = one_of(_("How grave it is where it does not conform"), Severity.choices, few=True)
    unit = latin(_("Unit"), 12, needed=False, narrow="w-4", help_text=_("Of a measurement or a count, for example m²."))
    least = Bound(_("At least"))
    most = Bound(_("At most"))
    basis = forms.CharField(
        label=_("Legal basis"),
        required=False,
        max_length=200,
        help_text=BASIS,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
