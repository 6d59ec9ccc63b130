"""What an officer writes of a closure."""

from django.utils.translation import gettext_lazy as _

from procedures.api import fields as f


class Charge(f.Fieldset):
    legend = _("What is held against the structure")
    facts = f.LongText(_("The facts"), help=_("What was seen, where and when. The structure reads this text."))
    before = f.LongText(
        _("What was tried before"), help=_("Notices and suspensions, by number and day."), optional=True
    )


class Trainees(f.Fieldset):
    legend = _("Those in training")
    count = f.Whole(_("Trainees in training"), least=0, most=5000, sample=12)
    plan = f.LongText(_("Where and how they end their training"))
