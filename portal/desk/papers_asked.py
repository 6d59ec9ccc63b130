"""The file inputs of papers that come with an answer: all are sent at once, none is kept before the answer is."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from portal.desk.messaging import Several
from procedures.definition import Evidence, spoken

PREFIX = "paper-"  # before the code of the paper, as the name of its input


class Papers(QallalineForm, forms.Form):
    """One input a paper; what the engine refuses of one stands beside its input."""

    def __init__(self, data: Any, files: Any, *, asked: Sequence[Evidence], language: str) -> None:
        super().__init__(data, files)
        self.asked = asked
        for paper in asked:
            self.fields[f"{PREFIX}{paper.code}"] = Several(
                label=spoken(paper.title, language),
                help_text=_("PDF, JPEG or PNG. Several files may be chosen at once."),
                required=False,
                allow_empty_file=True,  # the engine says how to mend it
            )

    def given(self) -> dict[str, list[Any]]:
        """The files by the code of their paper, without papers of which there is none."""
        found = {paper.code: self.cleaned_data.get(f"{PREFIX}{paper.code}") or [] for paper in self.asked}
        return {code: files for code, files in found.items() if files}

    def take(self, faults: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
        """Put the faults of papers beside their inputs; returns those of other things."""
        for code, sentences in faults.items():
            if f"{PREFIX}{code}" in self.fields:
                self.add_error(f"{PREFIX}{code}", list(sentences))
        return {code: sentences for code, sentences in faults.items() if f"{PREFIX}{code}" not in self.fields}
