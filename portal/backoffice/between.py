"""From a day until another, as a filter in an address asks for it: three boxes a day, like everywhere."""

from datetime import date

from django import forms
from django.utils.translation import pgettext_lazy

from design.forms import DayInAddress, QallalineForm


class Between(QallalineForm, forms.Form):
    """Two days, either of which may be left out."""

    since = forms.DateField(label=pgettext_lazy("period", "From"), required=False, widget=DayInAddress)
    until = forms.DateField(label=pgettext_lazy("period", "To"), required=False, widget=DayInAddress)

    def days(self) -> tuple[date | None, date | None]:
        """What was understood of them; what is no day asks for nothing."""
        self.is_valid()
        return self.cleaned_data.get("since"), self.cleaned_data.get("until")
