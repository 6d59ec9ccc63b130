"""Which invented cases one asks for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from portal.practice.giving import MOST, Offer


class Asking(QallalineForm, forms.Form):
    """The steps that this person handles, by procedure, and how many cases."""

    offer = forms.ChoiceField(
        label=_("Step and procedure"), error_messages={"invalid_choice": _("Choose one of the list.")}
    )
    count = forms.IntegerField(
        label=_("How many cases"),
        min_value=1,
        max_value=MOST,
        initial=1,
        help_text=_("From 1 to 20."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off", "class": "w-6"}),
    )

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {offer.code: offer for offer in offers}
        several = len({offer.office.pk for offer in offers}) > 1
        self.fields["offer"].choices = [  # type: ignore[attr-defined]  # a ChoiceField has them
            (each.code, " · ".join([each.label, str(each.procedure.title), *([str(each.office)] if several else [])]))
            for each in offers
        ]

    @property
    def chosen(self) -> Offer:
        return self.offers[self.cleaned_data["offer"]]
