"""The one question of the search: the code as printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from design.forms import QallalineForm
from portal.verification.lines import MOST, codes_in
from procedures.documents.codes import Mistyped, normalise


def fault_of(mistyped: Mistyped) -> str:
    """What is wrong with the code and how to mend it, known without asking the register."""
    return {
        "length": _("Enter the 16 characters of the code, for example 84G7-ZWYR-D6Z1-RV0P."),
        "letter": _("The code has only digits and letters without accents. The letter U is never used."),
        "check": _("One character differs from the printed code: compare the four groups one by one."),
    }[mistyped.fault]


MOST_CHARACTERS, MOST_BYTES = 200_000, 200_000


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


class FileDigest(forms.Form):
    """What the page's script worked out of a file that stays on the device: its SHA-256."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$")


class Several(QallalineForm, forms.Form):
    """Codes pasted, or a file of them; `lines` are those of both."""

    codes = forms.CharField(
        label=gettext_lazy("Codes"),
        help_text=gettext_lazy(
            "One on each line: the code, or the address its QR code holds. A column of a sheet can be pasted."
        ),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        help_text=gettext_lazy("Text or CSV, 500 lines at most. It is read and not kept."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        if not given:
            return ""
        if given.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large: 500 lines at most."), code="size")
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("This is not a file of text. Save the sheet as CSV, or paste its column of codes."), code="text"
            ) from None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if self.errors:
            return told
        self.lines = codes_in(f"{told.get('codes', '')}\n{told.get('file') or ''}")
        if not self.lines:
            self.add_error("codes", _("Enter at least one code, or choose a file."))
        elif len(self.lines) > MOST:
            self.add_error(
                "codes",
                _("There are %(number)s codes; 500 can be checked at once. Check them in parts.")
                % {"number": len(self.lines)},
            )
        return told
