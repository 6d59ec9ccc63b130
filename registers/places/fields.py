"""Questions about places: a governorate, and how to reach somebody."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from procedures.api import fields as f
from registers.places.selectors import governorate_names


def _choices() -> Sequence[tuple[str, str]]:
    return [("", ""), *governorate_names((get_language() or "ar")[:2]).items()]


class GovernorateField(f.Described, forms.ChoiceField):
    """One of the 24 governorates, by its ISO 3166-2 code."""

    sample = "TN-81"
    reads_register = True
    refusals = {
        "required": _("“%(label)s” has no answer. Choose a governorate."),
        "invalid_choice": _("“%(label)s”: this is no governorate of the list. Choose one of the list."),
    }

    def django(self, **options: Any) -> dict[str, Any]:
        return {"choices": _choices}

    def shown(self, value: Any, language: str) -> str:
        return governorate_names(language).get(str(value), str(value))


class Contact(f.Fieldset):
    legend = _("How to reach you")
    phone = f.Phone(_("Telephone"), help=_("With the country code if it is not Tunisian."), fact="person.phone")
    email = f.Email(_("E-mail"), fact="person.email")
    address = f.Text(
        _("Address"), least=5, fact="person.address", sample={"ar": "12 نهج الحبيب بورقيبة", "fr": "12 rue Bourguiba"}
    )
    governorate = GovernorateField(_("Governorate"), fact="person.governorate")
    postal_code = f.PostalCode(_("Postal code"), fact="person.postal_code")
