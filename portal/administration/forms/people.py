"""Questions about people, their accounts and their rights."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.closing import REASONS
from portal.accounts.models import FactorReset
from portal.administration.forms.asked import OWN_NAMES, Asked, a_day, a_reason, latin, one_of
from procedures.offices.models import Office, Role
from procedures.offices.reasons import MEMBERSHIP_ENDS


class Search(Asked):
    """Sent by POST: names and addresses of people never stand in an address of the portal."""

    words = forms.CharField(
        label=_("Name, e-mail or telephone"),
        max_length=130,
        help_text=_("Staff are found by a part of the name. Other people by their e-mail or telephone typed in full."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "type": "search"}),
    )


class Appointing(Asked):
    office = one_of(_("Office of the administration"))
    role = one_of(_("Role"), Role.choices)
    since = a_day(_("First day"))
    until = a_day(_("Last day"), needed=False, help_text=_("Leave it empty where no end is known."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate()
        offices = Office.objects.filter(is_open=True)
        self.offer("office", ((office.code, office) for office in offices), nothing=_("Choose an office"))
        self.offer("role", Role.choices, nothing=_("Choose a role"))

    def clean_office(self) -> Office:
        return Office.objects.get(code=self.cleaned_data["office"])

    def clean_until(self) -> Any:
        return after(self.cleaned_data["until"])


class Inviting(Appointing):
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("A link goes there. It works for seven days, once."),
        widget=forms.TextInput(attrs={"type": "email", "dir": "ltr", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Name"), max_length=130, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    language = one_of(_("Language"), OWN_NAMES, few=True)
    field_order = ("email", "name", "language", "office", "role", "since", "until")


class AppointingByAddress(Appointing):
    """From the page of an office: a person who has an account."""

    person = latin(_("E-mail or telephone of the account"), 130, help_text=_("In full, as the person gave it."))
    field_order = ("person", "role", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["office"]


class Ending(Asked):
    until = a_day(_("First day without this role"), help_text=_("Today ends it at once."))
    reason = a_reason(MEMBERSHIP_ENDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate()


class Prolonging(Asked):
    until = a_day(_("Last day"), needed=False, help_text=_("Leave it empty where no end is known."))

    def clean_until(self) -> Any:
        return after(self.cleaned_data["until"])


class Absent(Asked):
    since = a_day(_("First day away"))
    until = a_day(_("Last day away"))
    stand_in = one_of(
        _("Stands in"),
        needed=False,
        help_text=_("A colleague of the same office through these days. It gives no right that they do not have."),
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(person.pk): person for person in colleagues}
        self.offer("stand_in", self.colleagues.items(), nothing=_("Nobody"))

    def clean_stand_in(self) -> Any:
        return self.colleagues.get(self.cleaned_data["stand_in"])


class Returning(Asked):
    on = a_day(_("First day back"))


class Closing(Asked):
    reason = a_reason(REASONS)


class Resetting(Asked):
    reason = a_reason(dict(FactorReset.Reason.choices))


def after(last: date | None) -> date | None:
    """People name the last day; the rows keep the day after it, which the calendar must have."""
    if last == date.max:
        raise forms.ValidationError(_("“Last day”: this day lies too far ahead. Leave it empty where no end is known."))
    return last and last + timedelta(days=1)
