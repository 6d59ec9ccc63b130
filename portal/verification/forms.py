"""The one question of the search: the code as printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from design.forms import QallalineForm
from procedures.documents.codes import Mistyped, normalise


def fault_of(mistyped: Mistyped) -> str:
    """What is wrong with the code and how to mend it, known without asking the register."""
    return {
        "length": _("Enter the 16 characters of the code, for example 84G7-ZWYR-D6Z1-RV0P."),
        "letter": _("The code has only digits and letters without accents. The letter U is never used."),
        "check": _("One character differs from the printed code: compare the four groups one by one."),
    }[mistyped.fault]


class Search(QallalineForm, forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of the document"),
        help_text=gettext_lazy("16 characters in four groups. O reads as 0, I and L as 1."),
        max_length=64,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "dir": "ltr",
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "characters",
            }
        ),
        error_messages={"required": gettext_lazy("Enter the code printed beside the QR code.")},
    )

    def clean_code(self) -> Any:
        read = normalise(self.cleaned_data["code"])
        if isinstance(read, Mistyped):
            raise forms.ValidationError(fault_of(read), code=read.fault)
        return read
