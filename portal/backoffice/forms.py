"""What an officer fills in: a verdict, a request for correction, an opinion, a decision, a change of status."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.forms import QallalineForm
from procedures.cases.models import PaperReview, StageRecord

WHAT_IS_WRONG = {
    "incorrect": pgettext_lazy("correction", "Incorrect"),
    "incomplete": pgettext_lazy("correction", "Incomplete"),
    "unreadable": pgettext_lazy("correction", "Unreadable"),
    "outdated": pgettext_lazy("correction", "Outdated"),
}
VERDICTS = {
    PaperReview.Verdict.ACCEPTED: pgettext_lazy("paper", "Accepted"),
    PaperReview.Verdict.TO_CORRECT: pgettext_lazy("paper", "To correct"),
    PaperReview.Verdict.REFUSED: pgettext_lazy("paper", "Refused"),
}
OPINIONS = {
    StageRecord.Opinion.FAVOURABLE: pgettext_lazy("opinion", "Favourable"),
    StageRecord.Opinion.RESERVED: pgettext_lazy("opinion", "Favourable with reservations"),
    StageRecord.Opinion.UNFAVOURABLE: pgettext_lazy("opinion", "Unfavourable"),
}
KINDS = {
    "register": pgettext_lazy("decision", "Register"),
    "grant": pgettext_lazy("decision", "Grant"),
    "refuse": pgettext_lazy("decision", "Refuse"),
    "conform": pgettext_lazy("decision", "Confirm conformity"),
    "notice": pgettext_lazy("decision", "Give notice"),
    "refer": pgettext_lazy("decision", "Refer to another procedure"),
}
KINDS_OF_A_FILE = {  # that the authority opened
    "register": pgettext_lazy("decision", "Take the precaution at once"),
    "notice": pgettext_lazy("decision", "Take the measure"),
    "conform": pgettext_lazy("decision", "Take no measure and close the file"),
    "refer": pgettext_lazy("decision", "Close the file and open another one"),
}
KINDS_OF_AN_ACT = {  # that the authority opened, and that is no measure against anybody
    "register": pgettext_lazy("decision", "Decide as the file says"),
    "conform": pgettext_lazy("decision", "Leave everything as it is and close the file"),
}
CHANGES = {
    "suspend": pgettext_lazy("status", "Suspend"),
    "revoke": pgettext_lazy("status", "Revoke"),
    "restore": pgettext_lazy("status", "Restore"),
}


def offer(form: forms.Form, field: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of a form choose among these."""
    cast("forms.ChoiceField", form.fields[field]).choices = list(choices)


class Note(QallalineForm, forms.Form):
    """An act that takes at most a remark for colleagues."""

    note = forms.CharField(
        label=_("Note for colleagues"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant does not see it."),
    )


class Nothing(QallalineForm, forms.Form):
    """An act that needs no words."""


class SendBack(QallalineForm, forms.Form):
    note = forms.CharField(
        label=_("What must change before you sign"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what must change, so that the decision can be prepared again.")},
    )


class Review(QallalineForm, forms.Form):
    """A verdict on one paper."""

    paper = forms.CharField(max_length=60, widget=forms.HiddenInput)
    row = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Your verdict on this paper"),
        choices=tuple(VERDICTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a verdict on this paper.")},
    )
    note = forms.CharField(
        label=_("Your remark"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("verdict") in ("to_correct", "refused") and not cleaned.get("note"):
            self.add_error("note", _("Write what is wrong with this paper."))
        return cleaned


class Correction(QallalineForm, forms.Form):
    """What the applicant is asked to mend: each ticked answer or paper with a reason and a note, and one message."""

    message = forms.CharField(
        label=_("Message to the applicant"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One message for the whole request. What you wrote beside each item is shown with that item."),
    )

    def __init__(
        self, data: Any = None, *, choices: Mapping[str, str], picked: Iterable[str], notes: Mapping[str, str] = {}
    ) -> None:
        super().__init__(data)
        self.picked = tuple(path for path in choices if path in set(picked))
        for path in self.picked:
            name = choices[path]
            self.fields[f"reason:{path}"] = forms.ChoiceField(
                label=pgettext_lazy("correction", "What is wrong"),
                choices=(("", _("Choose a reason")), *WHAT_IS_WRONG.items()),
                error_messages={"required": _("Choose what is wrong with “%(name)s”.") % {"name": name}},
            )
            self.fields[f"note:{path}"] = forms.CharField(
                label=_("How to mend it"),
                max_length=1000,
                initial=notes.get(path, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Write how to mend “%(name)s”.") % {"name": name}},
            )
        self.lines = [(path, choices[path], self[f"reason:{path}"], self[f"note:{path}"]) for path in self.picked]
        self.others = [(path, name) for path, name in choices.items() if path not in self.picked]

    def clean(self) -> dict[str, Any]:
        if not self.picked:
            raise forms.ValidationError(_("Tick at least one answer or paper to correct."))
        return super().clean() or {}

    def items(self) -> list[dict[str, str]]:
        """The request as `ask_correction` takes it."""
        said = self.cleaned_data
        return [{"path": path, "reason": said[f"reason:{path}"], "note": said[f"note:{path}"]} for path in self.picked]


class Preparing(QallalineForm, forms.Form):
    """A decision: what it does, on which grounds, and why in words."""

    kind = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, error_messages={"required": _("Choose a decision.")}
    )
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A refusal names at least one. The applicant reads them word for word."),
    )
    motivation = forms.CharField(
        label=_("Grounds in words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Printed on the decision."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kinds: Sequence[str],
        reasons: Mapping[str, str],
        words: Mapping[str, Any] = KINDS,
        opened: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        offer(self, "kind", ((kind, words.get(kind, kind)) for kind in kinds))
        offer(self, "reasons", reasons.items())
        self.has_reasons = bool(reasons) or not opened
        if opened:
            self.fields["reasons"].help_text = _("A measure names at least one. Those concerned read them.")
        if not self.has_reasons:
            del self.fields["reasons"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needed = self.has_reasons and cleaned.get("kind") in ("refuse", "notice")
        if needed and not cleaned.get("reasons"):
            self.add_error("reasons", _("Choose at least one reason for this decision."))
        return cleaned


class Assigning(QallalineForm, forms.Form):
    to = forms.ChoiceField(
        label=_("Assign to"),
        error_messages={
            "required": _("Choose a colleague of this office."),
            "invalid_choice": _("Choose a colleague of this office."),
        },
    )

    def __init__(self, data: Any = None, *, people: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, "to", [("", _("Choose a colleague")), *people.items()])


class Proposing(QallalineForm, forms.Form):
    """A change of status of an issued document, to be decided by another person."""

    change = forms.ChoiceField(
        label=_("Change of status"), widget=forms.RadioSelect, error_messages={"required": _("Choose a change.")}
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        error_messages={"required": _("Choose a reason.")},
        help_text=_("Anyone who verifies the document reads it."),
    )
    note = forms.CharField(
        label=_("Note to the person who decides"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What happened, and where it is written. Not published."),
        error_messages={"required": _("Write what happened, so that the other person can decide.")},
    )

    def __init__(self, data: Any = None, *, changes: Sequence[str], reasons: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, "change", ((change, CHANGES[change]) for change in changes))
        offer(self, "reason", [("", _("Choose a reason")), *reasons.items()])


def picked_paths(data: MultiValueDict[str, str]) -> list[str]:
    """The answers and papers ticked for correction, from the case page (GET) or from the request itself (POST)."""
    return data.getlist("ask")
