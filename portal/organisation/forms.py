"""What is asked in an organisation's room: who one is, whom to invite, when somebody is away or hands over."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm, ThreeBoxDate
from registers.organisations.models import Kind, Staff
from registers.organisations.roles import Role
from registers.organisations.tax_numbers import NoTaxNumber, identity_of
from registers.places.selectors import governorate_names

ARABIC = re.compile(r"[\u0621-\u064a]")


def _governorates() -> list[tuple[str, str]]:
    return [("", ""), *governorate_names((get_language() or "ar")[:2]).items()]


def _day(label: Any, *, help_text: Any = "", required: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=ThreeBoxDate(),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": required or _("Enter a day, a month and a year."),
            "invalid": _("There is no such day. Check the day, the month and the year."),
        },
    )


def _email(label: Any, help_text: Any) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=help_text,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter the e-mail address of the person."),
            "invalid": _("This is no e-mail address. Write it like name@example.tn."),
        },
    )


def _structures() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=pgettext_lazy("organisation", "Structures"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them, also those to come."),
    )


class ClaimForm(QallalineForm, forms.Form):
    """An account asked for an organisation; the paper may have been kept at an earlier try."""

    tax_number = forms.CharField(
        label=_("Tax number"),
        max_length=20,
        help_text=_("Seven digits and a letter, as on the tax card. What follows the letter may be left out."),
        widget=forms.TextInput(attrs={"dir": "ltr", "class": "w-10", "autocomplete": "off"}),
        error_messages={"required": _("Enter the tax number of the organisation.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of organisation.")},
    )
    name_ar = forms.CharField(
        label=_("Name in Arabic"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar", "autocomplete": "organization"}),
        error_messages={"required": _("Enter the name in Arabic, as the register of companies has it.")},
    )
    name_fr = forms.CharField(
        label=_("Name in Latin letters"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "lang": "fr"}),
    )
    place = forms.ChoiceField(
        label=_("Governorate of the seat"),
        choices=_governorates,
        help_text=_("Its regional directorate decides on your request."),
        error_messages={"required": _("Choose a governorate.")},
    )
    claimant_name = forms.CharField(
        label=_("Your name, as the paper has it"),
        max_length=130,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Enter your name as the paper has it.")},
    )
    proof = forms.FileField(
        label=_("Paper that proves it"),
        help_text=_(
            "Extract of the register of companies of less than three months, or tax card, with your name on it. "
            "PDF or photograph."
        ),
        error_messages={"required": _("Add the paper: the directorate compares it with what you wrote.")},
    )

    def __init__(self, *args: Any, has_proof: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].required = not has_proof

    def clean_tax_number(self) -> str:
        try:
            return identity_of(self.cleaned_data["tax_number"])
        except NoTaxNumber:
            raise forms.ValidationError(
                _("This is no tax number. Write seven digits and a letter, for example 1234567M.")
            ) from None

    def clean_name_ar(self) -> str:
        typed: str = self.cleaned_data["name_ar"].strip()
        if not ARABIC.search(typed):
            raise forms.ValidationError(_("Write this name in Arabic letters. The other field takes Latin letters."))
        return typed


class InviteForm(QallalineForm, forms.Form):
    """A colleague to be: an address, a role, and the structures where there are several."""

    email = _email(_("E-mail of the colleague"), _("Only the account of this address can accept."))
    role = forms.ChoiceField(
        label=pgettext_lazy("organisation", "Role"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    structures = _structures()

    def __init__(self, data: Any = None, *, roles: Iterable[Role], structures: Mapping[str, str]) -> None:
        super().__init__(data)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]  # a ChoiceField
        if len(structures) > 1:
            self.fields["structures"].choices = list(structures.items())  # type: ignore[attr-defined]  # as above
        else:
            del self.fields["structures"]


class LimitsForm(QallalineForm, forms.Form):
    """The structures in which a colleague serves."""

    structures = _structures()

    def __init__(self, data: Any = None, *, structures: Mapping[str, str], initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["structures"].choices = list(structures.items())  # type: ignore[attr-defined]  # a ChoiceField


class AbsenceForm(QallalineForm, forms.Form):
    since = _day(_("First day away"))
    until = _day(_("Last day away"))
    stand_in = forms.ChoiceField(
        label=_("Who stands in"),
        required=False,
        help_text=_("During these days this colleague may do what the absent one may."),
    )

    def __init__(self, data: Any = None, *, colleagues: Iterable[Staff]) -> None:
        super().__init__(data)
        offered = [(str(each.public_id), f"{each.person} ({each.get_role_display()})") for each in colleagues]
        self.fields["stand_in"].choices = [("", _("Nobody")), *offered]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first. Correct one of the two."))
        elif until and until < timezone.localdate():
            self.add_error("until", _("These days are past. Enter today or a later day."))
        return cleaned


class HandOverForm(QallalineForm, forms.Form):
    email = _email(_("E-mail of the successor"), _("Only the account of this address can accept."))
    takes_over_on = _day(
        _("Day on which the successor takes over"),
        help_text=_("If it is accepted later, the role passes on the day it is accepted."),
    )
    last_day = _day(_("Last day on which the present holder reads"), help_text=_("The day before, to leave at once."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, last = cleaned.get("takes_over_on"), cleaned.get("last_day")
        if day and day < timezone.localdate():
            self.add_error("takes_over_on", _("This day is past. Enter today or a later day."))
        elif day and last and last < day - timedelta(days=1):
            self.add_error(
                "last_day", _("Nobody would hold the role in between. Enter the day before, or a later day.")
            )
        return cleaned


class EndForm(QallalineForm, forms.Form):
    """Ends a service today; the button is the answer."""


class RefuseForm(QallalineForm, forms.Form):
    reason = forms.CharField(
        label=_("Why the request is not accepted"),
        max_length=1000,
        help_text=_("The claimant reads it word for word: say what would mend it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, so that the claimant can mend it.")},
    )
