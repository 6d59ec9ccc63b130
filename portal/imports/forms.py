"""The question of an import: which file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from registers.imports.refusals import REASONS


class Bringing(QallalineForm, forms.Form):
    file = forms.FileField(
        label=_("Your table"),
        help_text=_("XLSX or CSV, at most 20 MB. Columns may stand in any order."),
        allow_empty_file=True,  # the reading says better what is wrong with it
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": REASONS["no_file"], "invalid": REASONS["no_file"], "missing": REASONS["no_file"]},
    )
