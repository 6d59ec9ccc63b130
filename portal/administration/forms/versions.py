"""Questions about a new version of a procedure: how it is rehearsed, and why it is opened."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.administration.forms.asked import Asked, a_day


class Rehearsing(Asked):
    cases = forms.IntegerField(
        label=_("Number of past cases"),
        help_text=_("The latest filings first; at most 10,000."),
        min_value=1,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"class": "w-s", "inputmode": "numeric"}),
    )
    on = a_day(_("With the values in force on"), help_text=_("A later day also tries what editors dated ahead."))


class OpeningVersion(Asked):
    note = forms.CharField(
        label=_("What was weighed"),
        help_text=_("One or two sentences. They stay with the version and are read by auditors."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
