"""What a procedure asks and rules about the trainees whom a structure leaves when it stops teaching."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from procedures import api as p
from procedures.api import fields as f
from registers.structures.questions import StructureField
from registers.structures.selectors import by_number
from registers.training.selectors import training_on

PLANS = {
    "finish": _("They finish their training here"),
    "transfer": _("They go on in another structure"),
    "refund": _("They get back what they paid"),
}


class TeachOut(f.Fieldset):
    """Asked where trainees are left: a procedure that may find none puts a condition before the block."""

    legend = _("Trainees who have not finished")
    trainees_left = f.Whole(_("Number of these trainees"), least=1, most=20000, sample=12)
    plan = f.Choice(_("What becomes of them"), PLANS)
    ends_on = f.Date(_("Day by which this is done"), earliest="2020-01-01", sample="2027-06-30")
    receiving = StructureField(_("Structure that takes them in"), when=p.given(".plan", "transfer"))
    accepted = f.Accept(_("The receiving structure has agreed in writing"), when=p.given(".plan", "transfer"))


def trainees_in_training(number: p.Need, on: p.Need = "case.filed_on") -> p.Fact:
    """How many people follow a training of the structure on a day, as the register knows."""

    @p.fact(number, on, title=_("Trainees of the structure in the register"))
    def trainees_in_training(number: str, on: date) -> int:
        found = by_number(number)
        return training_on(found, on) if found else 0

    return trainees_in_training


def every_trainee_is_counted(number: p.Need, block: str) -> p.Rule:
    """The teach-out leaves out nobody whom the register knows in training: `trainees_left`."""

    @p.rule(
        trainees_in_training(number),
        f"{block}.trainees_left",
        weight=p.Weight.FLAGS,
        says=_("The register knows %(known)s people in training, you count %(counted)s. Check your number."),
        title=_("Every trainee is counted"),
    )
    def every_trainee_is_counted(known: int, counted: int) -> bool:
        return counted >= known

    return every_trainee_is_counted
