"""What anyone fills in to report a paper, and what the office of issue answers."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from portal.verification.forms import Search
from portal.verification.mismatch_words import KINDS

SHORTEST, LONGEST = 10, 2000


class Reporting(Search):
    """A paper that differs; no account, no name, no address. `code` is that of the search, as printed."""

    key = forms.UUIDField(widget=forms.HiddenInput)  # the same report sent twice is one
    kind = forms.ChoiceField(
        label=_("What differs?"),
        choices=[(kind, words) for kind, words in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what differs.")},
    )
    words = forms.CharField(
        label=_("What the paper says, and where you met it"),
        help_text=_("Write down the line that differs. Give no identity number and no address."),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write what the paper says."),
            "min_length": _("Write a little more, at least %(limit_value)d characters."),
            "max_length": _("Shorten the text to %(limit_value)d characters; it has %(show_value)d."),
        },
    )
    field_order = ("key", "code", "kind", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def clean(self) -> dict[str, Any]:
        """A key that was tampered with is replaced: it would only hide the report behind an error nobody can mend."""
        cleaned = super().clean() or {}
        if "key" in self.errors:
            del self.errors["key"]
            cleaned["key"] = uuid.uuid4()
        return cleaned


class Answering(QallalineForm, forms.Form):
    """The words that whoever reported the paper reads."""

    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Whoever reported the paper reads it word for word. Name no private person."),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write what was found and what was done."),
            "min_length": _("Write a little more, at least %(limit_value)d characters."),
            "max_length": _("Shorten the text to %(limit_value)d characters; it has %(show_value)d."),
        },
    )
