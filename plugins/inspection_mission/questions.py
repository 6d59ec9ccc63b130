"""What an officer writes of a mission, and what its report concludes."""

from django.utils.translation import gettext_lazy as _

from procedures.api import fields as f

WHY = {
    "plan": _("The yearly plan"),
    "risk": _("A sign of risk in the register"),
    "complaint": _("A complaint"),
    "follow_up": _("What an earlier visit found"),
}


class Mission(f.Fieldset):
    legend = _("The mission")
    why = f.Choice(_("Why this structure"), WHY)
    scope = f.LongText(_("What is looked at"))


class Report(f.Fieldset):
    legend = _("Conclusions of the report")
    conclusion = f.LongText(_("Conclusions"), help=_("Answer what the structure said of the findings."))
