"""Why a change was made, as codes: the audit chain keeps codes and no words about people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MEMBERSHIP_ENDS = {
    "left": _("The person left the administration"),
    "moved": _("The person serves in another office"),
    "duty_changed": _("The duty of the person changed"),
    "not_needed": _("The right is no longer needed"),
    "mistake": pgettext_lazy("reason", "It was entered by mistake"),
}
OFFICE_CLOSES = {
    "reorganised": _("The administration is reorganised"),
    "merged": _("The office merges with another"),
    "interrupted": _("The office cannot work for a time"),
    "mistake": pgettext_lazy("reason", "It was entered by mistake"),
}
