"""What an officer writes of a revocation."""

from django.utils.translation import gettext_lazy as _

from procedures import api as p
from procedures.api import fields as f

PUBLIC = {
    "error": _("It was issued by mistake."),
    "false_paper": _("A paper on which it rests turned out to be false."),
    "court": _("A court or a higher authority decided so."),
}


class Target(f.Fieldset):
    legend = _("The document")
    document = p.DocumentField(_("Code of the document"), help=_("The sixteen signs beside the QR."))


class Charge(f.Fieldset):
    legend = _("Why it is to be revoked")
    reason = f.Choice(_("Public reason"), PUBLIC, help=_("Whoever verifies the document reads this sentence."))
    facts = f.LongText(_("The facts"), help=_("The holder reads this text; whoever verifies does not."))
