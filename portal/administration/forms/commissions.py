"""Questions about commissions: what they are called, their rules, and who sits in them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from portal.administration.forms.asked import Asked, Names, a_day, latin, name_in, one_of
from procedures.commissions.models import Seat

RULES = ("quorum", "casting_vote", "secret", "basis_cites", "basis_article", "is_open")


class Describing(Names):
    """Names and rules. A rule without a text behind it is an assumption, and is shown as one."""

    quorum = forms.IntegerField(
        label=_("Quorum"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("How many members with a vote must be there. Left empty: more than half of them."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
    )
    casting_vote = forms.BooleanField(
        label=_("Whoever chairs decides where an open vote is tied"), required=False, initial=True
    )
    secret = forms.BooleanField(label=_("A vote is proposed as secret"), required=False)
    is_open = forms.BooleanField(label=_("The commission holds sessions"), required=False, initial=True)
    basis_cites = forms.CharField(
        label=_("Text that says so"),
        required=False,
        max_length=300,
        help_text=_("Left empty, composition and quorum are shown as assumptions."),
    )
    basis_article = forms.CharField(label=_("Article"), required=False, max_length=60)
    field_order = ("code", "name_ar", "name_fr", "name_en", *RULES)

    def described(self) -> dict[str, Any]:
        return {"names": self.names()} | {name: self.cleaned_data[name] for name in RULES}


class SettingUp(Describing):
    code = latin(_("Code"), 24, help_text=_("The name that the stages of procedures give it, for example equivalence."))

    def described(self) -> dict[str, Any]:
        return super().described() | {"code": self.cleaned_data["code"]}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip().lower()
        if not code.replace("_", "").replace("-", "").isalnum() or not code.isascii():
            self.add_error("code", _gettext("“Code”: write small letters, digits, hyphens and underscores."))
        return code


class Seating(Asked):
    person = latin(
        _("E-mail or telephone"), 254, help_text=_("Of somebody who is appointed to this role in an office.")
    )
    role = one_of(_("Seat"), Seat.Role.choices, few=True)
    quality_ar = name_in("ar", _("Sits for, in Arabic"), 120, needed=False)
    quality_fr = name_in("fr", _("Sits for, in French"), 120, needed=False)
    since = a_day(_("First day"), needed=False)
    until = a_day(_("Until before"), needed=False)
