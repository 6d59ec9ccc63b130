"""What an officer writes of a circular: its reference and subject, up to three values, and a moratorium."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures import api as p
from procedures.api import fields as f
from registers import api as r

ACTS = {r.BEGINS: _("It begins"), r.ENDS: _("It ends")}


class Reference(f.Text):
    """The number under which a circular is cited; it stands for the circular wherever a name is asked."""

    sample = "2026-12"
    direction = "ltr"

    def names_of(self, value: Any) -> tuple[str, str]:
        return str(value), str(value)


class Act(f.Fieldset):
    legend = _("The circular")
    reference = Reference(
        _("Reference"), most=60, help=_("The number that the ministry gives it, for example 2026-12.")
    )
    subject_ar = f.Text(_("Subject in Arabic"))
    subject_fr = f.Text(_("Subject in French"))
    corrects = p.DocumentField(
        _("Circular that it corrects"),
        optional=True,
        help=_("Its code of sixteen signs. What was wrong there holds until the day from which this one changes it."),
    )
    values = f.YesNo(_("It changes a value of a procedure"))
    halts = f.YesNo(_("It begins or ends a moratorium"))


class LastValue(f.Fieldset):
    legend = _("A value that changes")
    part = p.ValueField(_("Which value"))
    number = f.Number(_("New value"), places=3)
    since = f.Date(_("In force from"), earliest="today", sample="2090-01-01")


class Value(LastValue):
    another = f.YesNo(_("Another value changes"), sample=False)


class Moratorium(f.Fieldset):
    legend = _("The moratorium")
    act = f.Choice(_("Moratorium"), ACTS)
    speciality = r.SpecialityField(_("Speciality"))
    kind = f.Choice(_("What is halted"), r.HALTED)
    governorate = r.GovernorateField(_("Governorate"), optional=True, help=_("Leave it empty for the whole country."))
    since = f.Date(
        _("From"),
        earliest="today",
        sample="2090-01-01",
        help=_("The first day of the moratorium; where it ends, the first day without it."),
    )
    until = f.Date(
        _("Last day"),
        optional=True,
        when=p.given(".act", r.BEGINS, says=_("the moratorium begins")),
        help=_("Leave it empty where no end is known."),
    )
