"""What an officer fills in on the way: why a step is left out, an opinion, another office, rows decided one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.forms import QallalineForm
from portal.backoffice.forms import offer
from procedures.definition import Kind

VERDICTS = {
    "register": pgettext_lazy("row", "Register"),
    "grant": pgettext_lazy("row", "Grant"),
    "refuse": pgettext_lazy("row", "Refuse"),
    "conform": pgettext_lazy("row", "Conforms"),
    "notice": pgettext_lazy("row", "Give notice"),
    "refer": pgettext_lazy("row", "Refer"),
}


class Because(QallalineForm, forms.Form):
    """An act that colleagues must understand later."""

    note = forms.CharField(
        label=pgettext_lazy("act", "Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept with the case, and colleagues read it."),
        error_messages={"required": _("Write why: colleagues must understand it later.")},
    )


class Words(QallalineForm, forms.Form):
    """An opinion in words, beside its answers; `alone` where nothing else is asked."""

    note = forms.CharField(
        label=_("Opinion in words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data: Any = None, *, alone: bool) -> None:
        super().__init__(data)
        self.fields["note"].required = alone
        self.fields["note"].error_messages["required"] = _("Write the opinion.")


class HandingToOffice(QallalineForm, forms.Form):
    to = forms.ChoiceField(label=_("Office that should handle it"), error_messages={"required": _("Choose an office.")})
    reason = forms.CharField(
        label=pgettext_lazy("act", "Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other office reads it before it accepts. Until then the case stays with you."),
        error_messages={"required": _("Write why the other office should handle this case.")},
    )

    def __init__(self, data: Any = None, *, offices: Mapping[str, str]) -> None:
        super().__init__(data)
        offer(self, "to", [("", _("Choose an office")), *offices.items()])


class Leaving(QallalineForm, forms.Form):
    """A conflict of interest, and who goes on with the case."""

    reason = forms.CharField(
        label=_("What ties you to this case"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a few words: a relative, an interest, an earlier role. It is kept with the case."),
        error_messages={"required": _("Write what ties you to this case.")},
    )
    to = forms.ChoiceField(
        label=_("Colleague who goes on with it"),
        required=False,
        help_text=_("Leave it empty to let any colleague of the office take it."),
    )

    def __init__(self, data: Any = None, *, people: Mapping[str, str]) -> None:
        super().__init__(data)
        offer(self, "to", [("", _("Any colleague of the office")), *people.items()])


@dataclass(frozen=True)
class RowLine:
    """A row that waits: what it says, why it was not decided by itself, and the two questions about it."""

    title: str
    cells: Sequence[tuple[str, str]]
    flags: Sequence[str]
    kind: Any
    reason: Any


@dataclass(frozen=True)
class RowShown:
    row: str
    title: str
    cells: Sequence[tuple[str, str]]
    flags: Sequence[str]


class DecidingRows(QallalineForm, forms.Form):
    """A decision row by row: only the rows that were not decided by themselves are asked about."""

    motivation = forms.CharField(
        label=_("Grounds in words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Printed on the decision."),
    )

    def __init__(
        self, data: Any = None, *, rows: Sequence[RowShown], kinds: Sequence[str], reasons: Mapping[str, str], done: int
    ) -> None:
        super().__init__(data)
        self.shown, self.done = rows, done
        for each in rows:
            self.fields[f"row:{each.row}"] = forms.ChoiceField(
                label=_("Decision on “%(row)s”") % {"row": each.title},
                choices=[(kind, VERDICTS.get(kind, kind)) for kind in kinds],
                widget=forms.RadioSelect,
                error_messages={"required": _("Decide on “%(row)s”.") % {"row": each.title}},
            )
            self.fields[f"reason:{each.row}"] = forms.ChoiceField(
                label=_("Reason, if it is refused"),
                required=False,
                choices=[("", _("Choose a reason")), *reasons.items()],
            )
        self.lines = [
            RowLine(each.title, each.cells, each.flags, self[f"row:{each.row}"], self[f"reason:{each.row}"])
            for each in rows
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for each in self.shown:
            if cleaned.get(f"row:{each.row}") == Kind.REFUSE and not cleaned.get(f"reason:{each.row}"):
                self.add_error(f"reason:{each.row}", _("A refused row needs a reason. Choose it from the list."))
        return cleaned

    def rows(self) -> dict[str, dict[str, str]]:
        """The rows as `prepare_decision` takes them."""
        said = self.cleaned_data
        return {
            each.row: {"kind": said[f"row:{each.row}"], "reason": said[f"reason:{each.row}"]} for each in self.shown
        }
