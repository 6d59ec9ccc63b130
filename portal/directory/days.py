"""The day for which the register is asked: today, or one that passed; kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from design.forms import QallalineForm, ThreeBoxDate

FIELD = "on"
BOXES = tuple(f"{FIELD}_{part}" for part in ThreeBoxDate.titles)


class DayAsked(QallalineForm, forms.Form):
    """Three boxes of a GET form; empty means today."""

    on = forms.DateField(
        label=gettext_lazy("Standing on"),
        widget=ThreeBoxDate,
        required=False,
        error_messages={"invalid": gettext_lazy("Enter the day as day, month and year, for example 12 3 2021.")},
    )

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                _("This day is still to come. The register answers up to today: enter a day that passed."),
                code="future",
            )
        return day


@dataclass(frozen=True)
class AsOf:
    """The day, and the boxes with what was typed in them, wrong or not; a wrong day is answered for today."""

    day: date
    form: DayAsked

    @property
    def today(self) -> date:
        return timezone.localdate()

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def is_wrong(self) -> bool:
        return bool(self.form.errors)

    @property
    def query(self) -> str:
        """What a link carries so that the next page speaks of the same day; nothing for today."""
        return "" if self.is_today else f"?{FIELD}={self.day.isoformat()}"


def as_of(query: QueryDict) -> AsOf:
    """From the boxes of the form, or from the short form of links (`?on=2021-03-12`)."""
    today = timezone.localdate()
    form = DayAsked(_boxes(query, today))
    day = form.cleaned_data.get(FIELD) if form.is_valid() else None
    return AsOf(day=day or today, form=form)


def _boxes(query: QueryDict, today: date) -> Mapping[str, Any]:
    if any(query.get(box) for box in BOXES):
        return {box: query.get(box, "")[:20] for box in BOXES}
    year, month, day = [*query.get(FIELD, "")[:20].split("-", 2), "", ""][:3] if query.get(FIELD) else _parts(today)
    return dict(zip(BOXES, (day.lstrip("0"), month.lstrip("0"), year), strict=True))


def _parts(day: date) -> tuple[str, str, str]:
    return str(day.year), str(day.month), str(day.day)
