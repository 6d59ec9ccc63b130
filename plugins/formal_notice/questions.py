"""What an officer writes of a formal notice."""

from django.utils.translation import gettext_lazy as _

from procedures.api import fields as f

SOURCES = {
    "inspection": _("An inspection"),
    "complaint": _("A complaint"),
    "file": _("The file of the structure"),
    "other": _("Another source"),
}


class Found(f.Fieldset):
    legend = _("What was found")
    source = f.Choice(_("How it came to light"), SOURCES)
    found_on = f.Date(_("Day on which it was found"), latest="today")
    facts = f.LongText(_("The facts"), help=_("What was seen, where and when. The structure reads this text."))


class Demand(f.Fieldset):
    legend = _("What is asked of the structure")
    demand = f.LongText(_("To be mended"), help=_("One thing a line, so that each can be answered."))
    mend_by = f.Date(_("Last day to mend it"), earliest="today", sample="2090-01-15")


class Conclusion(f.Fieldset):
    legend = _("Conclusion")
    conclusion = f.LongText(_("What the answer changes"), help=_("Answer each point that the structure made."))
