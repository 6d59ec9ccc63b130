"""Why the nomenclature was changed, as codes."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

RETIREMENTS = {
    "replaced": _("Another speciality replaces it"),
    "not_taught": _("Nobody teaches it any more"),
    "regulation": _("A text of law takes it off the nomenclature"),
    "mistake": pgettext_lazy("reason", "It was entered by mistake"),
}
MORATORIA = {
    "saturated": _("There are enough structures or graduates"),
    "reform": _("The programme is being reformed"),
    "quality": _("The conditions of training are in doubt"),
    "circular": _("A circular says so"),
}
ENDS = {
    "over": _("What caused it is over"),
    "mistake": pgettext_lazy("reason", "It was entered by mistake"),
    "circular": _("A circular says so"),
}
