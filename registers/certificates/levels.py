"""The kinds of vocational certificates, and so the levels of the national scale that they stand for."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from procedures.api import Text

QUALIFICATIONS: Mapping[str, Text] = {
    "CC": _("CC: competency certificate"),
    "CAP": _("CAP: vocational aptitude certificate"),
    "BTP": _("BTP: vocational technician certificate"),
    "BTS": _("BTS: higher technician certificate"),
}
# What the seal of a document holds for a level: printed papers carry these numbers, so none is ever given again.
LEVEL_NUMBERS: Mapping[str, int] = {"CC": 1, "CAP": 2, "BTP": 3, "BTS": 4}
LEVELS: Mapping[str, Text] = {"attestation": _("Attestation of training"), **QUALIFICATIONS}
