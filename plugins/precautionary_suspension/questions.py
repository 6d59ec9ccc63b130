"""What an officer writes of a suspension."""

from django.utils.translation import gettext_lazy as _

from procedures import api as p
from procedures.api import fields as f


class Charge(f.Fieldset):
    legend = _("What is held against the structure")
    facts = f.LongText(_("The facts"), help=_("What was seen, where and when. The structure reads this text."))
    until = f.Date(
        _("Suspension proposed up to and including"),
        help=_("The structure is heard on this proposal before it is decided."),
        earliest="today",
        sample="2090-01-15",
    )


class Precaution(f.Fieldset):
    legend = _("Before the structure is heard")
    urgent = f.YesNo(_("Suspend at once, before the structure is heard"), sample=True)
    danger = f.LongText(
        _("The danger that cannot wait"),
        help=_("For whom, and why the time of the hearing is too long."),
        when=p.given(".urgent", True),
    )
    until = f.Date(
        _("Suspended at once up to and including"),
        earliest="today",
        sample="2090-01-15",
        when=p.given(".urgent", True),
    )
