"""Questions about the weekend and about warnings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.administration.forms.asked import Asked, a_day

WEEKDAYS = (
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")),
    (5, _("Saturday")), (6, _("Sunday")),
)  # fmt: skip


class Resting7(Asked):
    """On which days of the week nobody works, and from when on."""

    days = forms.MultipleChoiceField(
        label=_("Days of the weekend"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    since = a_day(pgettext_lazy("weekend", "From this day on"))
    source = forms.CharField(
        label=_("Where it is written"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def described(self) -> dict[str, Any]:
        return self.cleaned_data | {"days": [int(day) for day in self.cleaned_data["days"]]}


class Warned(Asked):
    """When the first warning goes out, and how often it is said again."""

    near_at = forms.IntegerField(
        label=_("First warning, in hundredths of the delay"), min_value=10, max_value=95, help_text=_("10 to 95.")
    )
    again_after = forms.IntegerField(
        label=_("Days between two warnings once the date has passed"),
        min_value=1,
        max_value=60,
        help_text=_("1 to 60."),
    )
