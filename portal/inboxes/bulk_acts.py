"""The acts that may be done to many cases at once: their words, and what each must be told first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.forms import QallalineForm
from portal.backoffice.forms import WHAT_IS_WRONG, Note, Nothing
from procedures.cases.models import Case
from procedures.definition import Text
from procedures.inboxes.circles import Seats
from procedures.offices.selectors import colleagues_in
from procedures.registry import procedures

Data = Any


class Assigning(QallalineForm, forms.Form):
    to = forms.ChoiceField(label=_("Colleague"), error_messages={"required": _("Choose a colleague.")})

    def __init__(self, data: Data, seats: Seats, cases: Iterable[Case]) -> None:
        super().__init__(data)
        people = colleagues_in([office.pk for office in seats.offices])
        choices = [("", _("Choose")), *((str(each.pk), str(each)) for each in people)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def given(self) -> dict[str, Any]:
        return {"to": int(self.cleaned_data["to"])}


class Correcting(QallalineForm, forms.Form):
    """The same paper asked anew of every applicant."""

    paper = forms.ChoiceField(label=_("Paper"), error_messages={"required": _("Choose a paper.")})
    reason = forms.ChoiceField(
        label=pgettext_lazy("correction", "What is wrong"),
        choices=(("", _("Choose")), *WHAT_IS_WRONG.items()),
        error_messages={"required": _("Choose what is wrong with the paper.")},
    )
    note = forms.CharField(
        label=_("How to mend it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write how to mend it.")},
    )

    def __init__(self, data: Data, seats: Seats, cases: Iterable[Case]) -> None:
        super().__init__(data)
        known, asked = procedures(), {case.procedure for case in cases}
        papers = {paper.code: str(paper.title) for code in sorted(asked & set(known)) for paper in known[code].papers}
        choices = [("", _("Choose")), *papers.items()]
        self.fields["paper"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"items": [{"path": f"paper.{said['paper']}", "reason": said["reason"], "note": said["note"]}]}


def _note(data: Data, seats: Seats, cases: Iterable[Case]) -> forms.Form:
    return Note(data)


def _nothing(data: Data, seats: Seats, cases: Iterable[Case]) -> forms.Form:
    return Nothing(data)


@dataclass(frozen=True)
class BulkWords:
    title: Text
    form: Callable[[Data, Seats, Iterable[Case]], forms.Form]
    asks: bool = True  # whether something is to be filled in first


WORDS = {
    "assign": BulkWords(_("Assign to a colleague"), Assigning),
    "accept_completeness": BulkWords(_("Accept the files as complete"), _note),
    "ask_correction": BulkWords(_("Ask for the same correction"), Correcting),
    "sign": BulkWords(_("Sign the prepared decisions"), _nothing, asks=False),
    "follow": BulkWords(_("Follow these cases"), _nothing, asks=False),
}


def given_by(form: Any) -> dict[str, Any]:
    """What the act is told."""
    return dict(form.given()) if hasattr(form, "given") else dict(form.cleaned_data)


def offered_acts(seats: Seats) -> list[tuple[str, Text]]:
    """Those who handle no case may follow."""
    return [(code, words.title) for code, words in WORDS.items() if seats.has_desk or code == "follow"]
