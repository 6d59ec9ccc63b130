"""What an officer writes beside a case: a note, a reason, a remark on an original, what a copy is for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.forms import QallalineForm
from procedures.dossiers.models import WholeFile
from procedures.dossiers.services.noting import LONGEST, LONGEST_REASON


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class Writing(QallalineForm, forms.Form):
    """A note for colleagues."""

    text = forms.CharField(
        label=_("New internal note"),
        help_text=_("Colleagues who open this case read it. The applicant never does. It cannot be changed later."),
        max_length=LONGEST,
        widget=_area(3),
        error_messages={"required": _("Write the note first.")},
    )


class Why(QallalineForm, forms.Form):
    """Why something that was noted does not hold."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stays beside what was noted, with your name."),
        max_length=LONGEST_REASON,
        widget=_area(3),
        error_messages={"required": _("Give the reason.")},
    )


class Seen(QallalineForm, forms.Form):
    """The original of one paper."""

    paper = forms.CharField(max_length=60, widget=forms.HiddenInput)
    row = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("Remark"),
        help_text=_("For example where the original differs from the copy, or that you gave it back."),
        required=False,
        max_length=LONGEST_REASON,
        widget=_area(3),
    )


class Taking(QallalineForm, forms.Form):
    """What a copy of the whole file is for, and for whom."""

    reason = forms.ChoiceField(
        label=_("What do you need it for?"),
        choices=WholeFile.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you need it for.")},
    )
    words = forms.CharField(
        label=pgettext_lazy("whole file", "In words"),
        help_text=_("Needed for another reason; otherwise for example the number of the letter."),
        required=False,
        max_length=LONGEST_REASON,
        widget=_area(2),
    )
    copy = forms.ChoiceField(
        label=_("Which copy?"),
        choices=(
            ("party", pgettext_lazy("copy", "To hand over: without what officers wrote for one another")),
            ("office", pgettext_lazy("copy", "For the office: with internal notes and remarks, and marked so")),
        ),
        initial="party",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which copy.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == WholeFile.Reason.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Write what you need it for."))
        return cleaned
