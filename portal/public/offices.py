"""Which office handles a service that is not online, in words; where the list is silent, the regional directorate."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cms_content.catalogue import planned
from procedures.definition import Text

WORDS: Mapping[str, Text] = {
    "regional": _("The regional directorate of your governorate"),
    "central": _("The central services"),
    "central_by_region": _("The central services; file at the regional directorate of your governorate"),
    "issuer": _("The structure that issued the certificate or, if it has closed, the regional directorate"),
    "superior": _("The authority above the one that took the decision"),
    "portal": _("No office: until it opens, check each certificate with its code on this portal"),
}


def office_words(code: str) -> Text:
    """The office that handles the service of this code, as a reader is told it."""
    return WORDS[next((one.office for one in planned() if one.code == code), "regional")]
