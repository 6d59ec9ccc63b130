"""What is asked of whoever plans a visit, changes its plan, or writes its report."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.forms import QallalineForm, ThreeBoxDate
from procedures.visits.items import Looked
from procedures.visits.models import Checklist, Severity, Visit
from procedures.visits.services.closing import Wrong

DAY_WRONG = _("Enter the day, the month and the year, for example 3 12 2026.")
DAY = {"required": DAY_WRONG, "invalid": DAY_WRONG}


def _choices(form: forms.Form, name: str, offered: Iterable[tuple[Any, Any]]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = list(offered)


def _words(label: Any, rows: int, *, required: bool = True, **more: Any) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=2000, required=required, widget=box, **more)


def _line(label: Any, most: int, wrong: Any, **more: Any) -> forms.CharField:
    box = forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(label=label, max_length=most, widget=box, error_messages={"required": wrong}, **more)


class Who(QallalineForm, forms.Form):
    """A day and one or two inspectors."""

    planned_on = forms.DateField(label=_("Day of the visit"), widget=ThreeBoxDate, error_messages=DAY)
    lead = forms.ChoiceField(
        label=pgettext_lazy("visit", "Inspector"), error_messages={"required": _("Choose an inspector.")}
    )
    second = forms.ChoiceField(
        label=_("Second inspector"), required=False, help_text=_("Where there are two, each confirms the report.")
    )

    def __init__(self, data: Any = None, *, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.people = {str(person.pk): person for person in people}
        named = [(pk, str(person)) for pk, person in self.people.items()]
        _choices(self, "lead", [("", _("Choose an inspector")), *named])
        _choices(self, "second", [("", _("Nobody")), *named])

    def described(self) -> dict[str, Any]:
        """What was said, as the service takes it."""
        said = self.cleaned_data
        return said | {"lead": self.people.get(said["lead"]), "second": self.people.get(said["second"])}


class Planning(Who):
    """A visit to plan."""

    checklist = forms.ChoiceField(label=_("List"), error_messages={"required": _("Choose a list.")})
    place_name = _line(_("Name of the structure"), 200, _("Write the name of the structure."))
    place_address = _line(
        _("Address"),
        300,
        _("Write the address of the structure."),
        help_text=_("Name and address go on the telephone of the inspectors; nothing else of the case does."),
    )
    announced = forms.ChoiceField(
        label=_("Notice"),
        choices=(
            ("yes", _("Announced: the applicant is told the day now")),
            ("no", _("Without notice: nobody outside is told")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the visit is announced.")},
    )
    field_order = ("planned_on", "lead", "second", "announced", "checklist", "place_name", "place_address")

    def __init__(self, data: Any = None, *, checklists: Iterable[Checklist], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.lists = {str(one.pk): one for one in checklists}
        named = [(pk, str(one)) for pk, one in self.lists.items()]
        _choices(self, "checklist", named if len(named) == 1 else [("", _("Choose a list")), *named])

    def described(self) -> dict[str, Any]:
        said = super().described()
        return said | {"announced": said["announced"] == "yes", "checklist": self.lists[said["checklist"]]}


class Rescheduling(Who):
    """Another plan for a visit."""

    reason = _words(_("Why the plan changes"), 3, error_messages={"required": _("Write why the plan changes.")})


class CallingOff(QallalineForm, forms.Form):
    reason = _words(_("Why it is called off"), 3, error_messages={"required": _("Write why it is called off.")})


class OneFinding(QallalineForm, forms.Form):
    """Something found wrong: how grave, what mends it, and by when."""

    severity = forms.ChoiceField(
        label=_("How grave"),
        choices=Severity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how grave it is.")},
    )
    note = _words(_("What was seen"), 2, required=False)
    remedy = _words(_("What mends it"), 2, error_messages={"required": _("Write what mends it.")})
    due_on = forms.DateField(
        label=_("To be mended by"), required=False, widget=ThreeBoxDate, error_messages={"invalid": DAY_WRONG}
    )

    def __init__(self, *args: Any, code: str, sentence: str, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"wrong-{code}", **kwargs)
        self.code, self.sentence = code, sentence

    def described(self) -> Wrong:
        said = self.cleaned_data
        return Wrong(self.code, said["severity"], said["remedy"], said["note"], said["due_on"])


class Report(QallalineForm, forms.Form):
    """The report as a whole."""

    visited_on = forms.DateField(label=_("Day of the visit"), widget=ThreeBoxDate, error_messages=DAY)
    remarks = _words(pgettext_lazy("report", "Remarks"), 3, required=False)


def findings_asked(
    visit: Visit, failed: Iterable[Looked], free: Iterable[tuple[int, dict[str, str]]], data: Any = None
) -> list[OneFinding]:
    """A form for each finding that the report cannot leave out, begun with what was written on site or reported."""
    before = {one.code: one for one in visit.findings.all()}
    forms_: list[OneFinding] = []
    for one in failed:
        start = {"severity": one.item.severity, "note": one.note}
        forms_.append(_asked(one.item.code, str(one.item), before.get(one.item.code), start, data))
    for number, row in free:
        code = f"free-{number}"
        start = {"severity": row["severity"] or Severity.MINOR, "note": row["text"], "remedy": row["remedy"]}
        forms_.append(_asked(code, str(_("Besides the list")), before.get(code), start, data))
    return forms_


def _asked(code: str, sentence: str, before: Any, start: dict[str, Any], data: Any) -> OneFinding:
    if before is not None:
        start = {name: getattr(before, name) for name in ("severity", "note", "remedy", "due_on")}
    return OneFinding(data, code=code, sentence=sentence, initial=start)
