"""The two questions of an import: which file, and what of it is to be entered."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from registers.imports.models import ImportBatch
from registers.imports.refusals import REASONS


class Bringing(QallalineForm, forms.Form):
    file = forms.FileField(
        label=_("Your table"),
        help_text=_("XLSX or CSV, at most 20 MB. Columns may stand in any order."),
        allow_empty_file=True,  # the reading says better what is wrong with it
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": REASONS["no_file"], "invalid": REASONS["no_file"], "missing": REASONS["no_file"]},
    )


class Deciding(QallalineForm, forms.Form):
    """`counts` are those of the batch: a file with faults can be entered in part, or not at all before it is mended."""

    mode = forms.ChoiceField(choices=ImportBatch.Mode.choices, error_messages={"required": _("Choose one of the two.")})

    def __init__(self, data: Any = None, *, counts: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.counts = counts
