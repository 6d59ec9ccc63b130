"""What is said of an absence: its days, why, who acts meanwhile, and by which act where a signature is delegated."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.administration.forms.asked import Asked, a_day, one_of
from procedures.offices.models import Absence


class Declaring(Asked):
    since = a_day(_("First day away"))
    until = a_day(_("Last day away"))
    reason = one_of(pgettext_lazy("absence", "Why"), needed=False)
    to = one_of(
        _("Who acts meanwhile"),
        needed=False,
        help_text=_("A colleague of the same office. What they do says in whose name; their own rights stay."),
    )
    reference = forms.CharField(
        label=_("Act that delegates the signature"),
        required=False,
        max_length=200,
        help_text=_("Its number and day. Without it nobody signs in another's name."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, colleagues: Iterable[Any], signs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(person.pk): person for person in colleagues}
        self.offer("reason", Absence.Reason.choices, nothing=_("Not said"))
        self.offer("to", self.colleagues.items(), nothing=_("Nobody: the cases wait"))
        if not signs:
            del self.fields["reference"]

    def described(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return said | {"to": self.colleagues.get(said["to"])}


class Returning(Asked):
    on = a_day(_("First day back"))
