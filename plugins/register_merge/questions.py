"""What an officer writes of two entries that may be one person."""

from django.utils.translation import gettext_lazy as _

from procedures import api as p
from procedures.api import fields as f
from registers import api as r

ACTS = {
    r.MERGE: _("Two entries wait for a decision"),
    r.SPLIT: _("Entries that were merged are to be told apart again"),
}
KEPT = {r.OLDER: _("The older entry"), r.NEWER: _("The newer entry")}


class Target(f.Fieldset):
    legend = _("The two entries")
    act = f.Choice(_("What the file is about"), ACTS)
    pair = r.ProposalField(_("Number of the pair"), help=_("The list of duplicates gives it, and opens this page."))
    keep = f.Choice(
        _("Entry that is kept if they are one person"),
        KEPT,
        when=p.given(".act", r.MERGE, says=_("the entries wait for a decision")),
        help=_("What belongs to the other is moved to it."),
    )


class Comparison(f.Fieldset):
    legend = _("What was compared")
    compared = f.LongText(
        _("What speaks for it and against it"),
        help=_("Papers, dates, places, teachers. Officers alone read this text; write no identity numbers."),
    )
