"""What an officer notes when a document leaves the office on paper, and the register of what left."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.forms import QallalineForm, ThreeBoxDate
from portal.backoffice.between import Between
from portal.backoffice.forms import offer
from procedures.documents import codes
from procedures.offices.models import Office
from procedures.serving.models import HandedOver

DAY = {"required": _("Enter the day."), "invalid": _("Enter a day as it is in the calendar.")}


class HandingOver(QallalineForm, forms.Form):
    """How it left, on which day, to whom; of whoever collected it also in which capacity and by which paper."""

    way = forms.ChoiceField(
        label=_("How it leaves the office"),
        choices=HandedOver.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it left the office.")},
    )
    on = forms.DateField(label=pgettext_lazy("hand-over", "Day"), widget=ThreeBoxDate, error_messages=DAY)
    to_name = forms.CharField(
        label=_("Who received it, or to whom it was sent"),
        max_length=130,
        error_messages={"required": _("Write the name of whoever received it, or to whom it was sent.")},
    )
    capacity = forms.ChoiceField(
        label=_("Collected: in which capacity"),
        choices=HandedOver.Capacity.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    proof = forms.ChoiceField(
        label=_("Collected: by which paper you knew who it was"),
        help_text=_("Its kind alone: its number is not noted."),
        choices=HandedOver.Proof.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    tracking_number = forms.CharField(
        label=_("Posted: tracking number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    office = forms.ChoiceField(label=_("Office that hands it over"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, offices: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {each.code: each for each in offices}
        if len(self.offices) == 1:
            del self.fields["office"]
        else:
            offer(self, "office", [(code, str(office)) for code, office in self.offices.items()])

    def said(self) -> dict[str, Any]:
        """What the service takes, the office as an office."""
        told = dict(self.cleaned_data)
        code = told.pop("office", "") or next(iter(self.offices), "")
        return told | {"office": self.offices[code]}


class Narrowing(Between):
    """Which lines of the register: of an office, one way, between two days."""

    office = forms.ChoiceField(label=_("Office"), required=False)
    way = forms.ChoiceField(label=pgettext_lazy("hand-over", "How"), required=False)
    field_order = ("office", "way", "since", "until")

    def __init__(self, data: Mapping[str, Any], *, offices: Iterable[Office]) -> None:
        super().__init__(data)
        offer(self, "office", [("", _("All my offices")), *((each.code, str(each)) for each in offices)])
        offer(self, "way", [("", _("Both ways")), *HandedOver.Way.choices])

    def wanted(self) -> dict[str, Any]:
        """What was understood of it; what was not is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def columns() -> list[str]:
    return [
        _t("Day"),
        _t("Document"),
        _t("Number"),
        _t("Public code"),
        _t("How"),
        _t("To whom"),
        _t("Capacity"),
        _t("Known by"),
        _t("Tracking number"),
        _t("Office"),
        _t("Officer"),
        _t("Noted on"),
    ]


def rows(lines: Iterable[HandedOver], language: str) -> Iterator[list[Any]]:
    """Headings, then a row a line."""
    yield columns()
    for line in lines:
        yield [
            line.on,
            line.document.titles.get(language) or line.document.titles["ar"],
            line.document.number,
            codes.grouped(line.document.public_id),
            line.get_way_display(),
            line.to_name,
            line.get_capacity_display(),
            line.get_proof_display(),
            line.tracking_number,
            str(line.office),
            str(line.officer),
            line.noted_at,
        ]
