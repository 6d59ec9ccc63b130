"""What anyone fills in to report a doubt, and what the administration fills in to answer it."""

import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from portal.directory.doubt_words import KINDS, STATES
from registers.places.models import Place
from registers.places.selectors import governorate_names
from registers.structures.doubts.models import Doubt

SHORTEST, LONGEST = 20, 3000
ABOUT_A_STRUCTURE = tuple(kind for kind in Doubt.Kind if kind != Doubt.Kind.UNDECLARED)


class Reporting(QallalineForm, forms.Form):
    """A doubt about a structure of the directory; no account, and no name."""

    key = forms.UUIDField(widget=forms.HiddenInput)  # the same report sent twice is one
    kind = forms.ChoiceField(
        label=_("What makes you doubt?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what makes you doubt.")},
    )
    words = forms.CharField(
        label=_("What you saw or heard"),
        help_text=_("Where, when, and what was promised. Name no trainee and no other private person."),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write what you saw or heard."),
            "min_length": _(
                "Write a little more, at least %(limit_value)d characters: an inspector must understand it."
            ),
            "max_length": _("Shorten the text to %(limit_value)d characters; it has %(show_value)d."),
        },
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only to send you the answer. It is erased when the answer is sent."),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
        error_messages={"invalid": _("Enter an e-mail address such as name@example.tn, or leave the field empty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        kinds = cast("forms.ChoiceField", self.fields["kind"])
        kinds.choices = [(kind.value, KINDS[kind]) for kind in self.kinds]

    @property
    def kinds(self) -> tuple[Doubt.Kind, ...]:
        return ABOUT_A_STRUCTURE

    def clean(self) -> dict[str, Any]:
        """A key that was tampered with is replaced: it would only hide the report behind an error nobody can mend."""
        cleaned = super().clean() or {}
        if "key" in self.errors:
            del self.errors["key"]
            cleaned["key"] = uuid.uuid4()
        return cleaned


class ReportingUnknown(Reporting):
    """A doubt about a structure that is not in the directory: its name and its governorate are asked."""

    name = forms.CharField(
        label=_("Name on its sign or its advertisement"),
        max_length=150,
        error_messages={
            "required": _("Enter the name as its sign or its advertisement has it."),
            "max_length": _("Shorten the name to %(limit_value)d characters; it has %(show_value)d."),
        },
    )
    place = forms.ChoiceField(
        label=_("Governorate"),
        error_messages={"required": _("Choose the governorate in which it works.")},
    )
    field_order = ("key", "name", "place", "kind", "words", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = governorate_names((get_language() or "ar")[:2])
        cast("forms.ChoiceField", self.fields["place"]).choices = [("", _("Choose a governorate")), *names.items()]

    @property
    def kinds(self) -> tuple[Doubt.Kind, ...]:
        return (Doubt.Kind.UNDECLARED, Doubt.Kind.NOT_HOMOLOGATED, Doubt.Kind.FORBIDDEN_TITLE, Doubt.Kind.OTHER)

    def clean_place(self) -> Place:
        return Place.objects.get(pk=self.cleaned_data["place"])


class Answering(QallalineForm, forms.Form):
    """The finding of the directorate, and the words that the person who reported reads."""

    finding = forms.ChoiceField(
        label=_("Finding"),
        choices=[(state, STATES[state]) for state in (Doubt.State.FOUNDED, Doubt.State.UNFOUNDED)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the doubt is founded.")},
    )
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Whoever reported the doubt reads it word for word. Name no private person."),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write what was found and what was done."),
            "min_length": _("Write a little more, at least %(limit_value)d characters."),
            "max_length": _("Shorten the text to %(limit_value)d characters; it has %(show_value)d."),
        },
    )
