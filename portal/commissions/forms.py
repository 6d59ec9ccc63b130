"""What is filled in around a session: its day and place, who came, a proposal, a vote, and words of the minutes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.forms import QallalineForm, ThreeBoxDate
from procedures.cases.models import StageRecord
from procedures.commissions.minutes import OPINIONS
from procedures.commissions.models import Attendance, Session, Voice

WORDS = forms.Textarea(attrs={"rows": 3, "dir": "auto"})


class Planning(QallalineForm, forms.Form):
    day = forms.DateField(
        label=_("Day of the session"),
        widget=ThreeBoxDate,
        error_messages={
            "required": _("Enter the day of the session."),
            "invalid": _("Enter the day, the month and the year, for example 3 12 2026."),
        },
    )
    time = forms.TimeField(
        label=_("Time"),
        input_formats=["%H:%M"],
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("For example 9:30."),
        error_messages={"required": _("Enter the time."), "invalid": _("Write the time as 9:30.")},
    )
    place_ar = forms.CharField(
        label=_("Place, in Arabic"),
        max_length=150,
        widget=forms.TextInput(attrs={"lang": "ar", "dir": "rtl"}),
        error_messages={"required": _("Write the place in Arabic.")},
    )
    place_fr = forms.CharField(
        label=_("Place, in French"),
        max_length=150,
        widget=forms.TextInput(attrs={"lang": "fr", "dir": "ltr"}),
        error_messages={"required": _("Write the place in French.")},
    )
    mode = forms.ChoiceField(
        label=_("How it is held"), choices=Session.Mode.choices, widget=forms.RadioSelect, initial=Session.Mode.ROOM
    )

    def starts_at(self) -> datetime:
        moment = datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])
        return timezone.make_aware(moment)

    def place(self) -> dict[str, str]:
        return {"ar": self.cleaned_data["place_ar"].strip(), "fr": self.cleaned_data["place_fr"].strip()}


def _why() -> forms.CharField:
    return forms.CharField(
        label=pgettext_lazy("session", "Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Those who were called read it in their message. Name no applicant."),
        error_messages={"required": _("Write why: those who were called read it.")},
    )


class Moving(Planning):
    """Where and when a session is held, other than was announced."""

    reason = _why()


class Cancelling(QallalineForm, forms.Form):
    reason = _why()


class Proposal(QallalineForm, forms.Form):
    """What is put to the vote."""

    opinion = forms.ChoiceField(
        label=_("Opinion put to the vote"),
        choices=tuple(OPINIONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the opinion that is put to the vote.")},
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        required=False,
        max_length=2000,
        widget=WORDS,
        help_text=_("What the opinion depends on; the minutes and the officers who decide have it word for word."),
    )
    explanation = forms.CharField(
        label=_("Why otherwise than in the precedents"), required=False, max_length=2000, widget=WORDS
    )
    is_secret = forms.BooleanField(
        label=_("Secret vote"),
        required=False,
        help_text=_("Each member votes on their own screen. Only the counts are kept."),
    )

    def __init__(self, *args: Any, has_precedents: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_precedents:
            del self.fields["explanation"]

    @property
    def needs_blocks(self) -> bool:
        return bool(self["opinion"].value() != StageRecord.Opinion.UNFAVOURABLE)


class Adjourning(QallalineForm, forms.Form):
    prefix = "adjourn"
    reason = forms.CharField(
        label=_("Why the case is adjourned"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Write why the case is adjourned: the minutes say it.")},
    )
    to = forms.ChoiceField(label=_("Heard again"), required=False)

    def __init__(self, *args: Any, sessions: Sequence[Session] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = [(str(each.public_id), each.reference) for each in sessions]
        cast("forms.ChoiceField", self.fields["to"]).choices = [("", _("It waits in the queue")), *later]


class Voting(QallalineForm, forms.Form):
    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=Voice.Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you vote.")},
    )


class Hands(QallalineForm, forms.Form):
    """One choice for each member who may vote and has not yet."""

    def __init__(self, *args: Any, voters: Sequence[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in voters:
            self.fields[f"hand-{each.pk}"] = forms.ChoiceField(
                label=str(each.seat.person),
                choices=Voice.Choice.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Note the vote of %(name)s.") % {"name": each.seat.person}},
            )

    def choices(self) -> dict[int, str]:
        return {int(name.removeprefix("hand-")): choice for name, choice in self.cleaned_data.items()}


class Remark(QallalineForm, forms.Form):
    """What somebody wants mended in the minutes."""

    remark = forms.CharField(
        label=pgettext_lazy("minutes", "What should be mended"), required=False, max_length=2000, widget=WORDS
    )


class Mending(QallalineForm, forms.Form):
    """The words of the minutes that the secretary mends: those of each case, and remarks at the end."""

    NAMES = {
        "conditions": _("Conditions, case %(number)s"),
        "explanation": _("Why otherwise than in the precedents, case %(number)s"),
        "reason": _("Why it was adjourned, case %(number)s"),
    }

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in session.items.select_related("case"):
            for name, label in self.NAMES.items():
                if text := getattr(item, name):
                    self.fields[f"{name}-{item.pk}"] = forms.CharField(
                        label=label % {"number": item.case.number},
                        initial=text,
                        max_length=2000,
                        widget=WORDS,
                        error_messages={"required": _("What the minutes must say cannot be emptied.")},
                    )
        self.fields["remarks"] = forms.CharField(
            label=_("Remarks at the end"), required=False, initial=session.remarks, max_length=4000, widget=WORDS
        )

    def wordings(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for field, text in self.cleaned_data.items():
            name, _dash, item = field.partition("-")
            if item:
                found.setdefault(int(item), {})[name] = text
        return found
