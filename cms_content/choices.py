"""Lists that editors choose from; given as callables, so that a new procedure needs no migration."""

from django.utils.translation import gettext_lazy as _

from cms_content.wording import in_language
from procedures.definition.words import Text
from procedures.registry import procedures, services_for_people

Choice = tuple[str, Text]


def procedure_choices() -> list[Choice]:
    """Procedures that are loaded, by code, with their own titles."""
    return [(code, procedure.title) for code, procedure in procedures().items()]


def service_choices() -> list[Choice]:
    """Every service of the catalogue, online or not yet."""
    from cms_content.catalogue import planned  # it reads the models, and they offer these choices

    online: dict[str, Text] = {code: procedure.title for code, procedure in services_for_people().items()}
    return list((online | {one.code: in_language(one.names) for one in planned() if one.code not in online}).items())


AUDIENCES: list[Choice] = [
    ("trainee", _("Trainee or graduate")),
    ("centre", _("Private training structure")),
    ("employer", _("Employer or administration")),
    ("public", _("Anyone")),
]
THEMES: list[Choice] = [
    ("certificates", _("Certificates")),
    ("structures", _("Structures")),
    ("homologation", _("Homologation")),
    ("training", _("Running of training")),
    ("rights", _("Complaints and appeals")),
    ("other", _("Other services")),
]
