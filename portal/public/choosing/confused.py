"""Four services whose names are taken for one another, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cms_content.catalogue import Service
from procedures.definition import Text

HOLDER = _("The holder of the certificate")


@dataclass(frozen=True)
class Kind:
    """What sets a service apart: who asks for it, on what, and what is received."""

    code: str
    who: Text
    what: Text
    received: Text


KINDS = (
    Kind(
        "foreign_certificate_equivalence",
        HOLDER,
        _("A certificate issued outside Tunisia"),
        _("A decision that states its level"),
    ),
    Kind(
        "certificate_classification",
        HOLDER,
        _("A Tunisian certificate older than homologation"),
        _("A decision that states its level"),
    ),
    Kind(
        "certificate_authentication",
        HOLDER,
        _("A Tunisian certificate that must be proved genuine"),
        _("A statement that it is genuine"),
    ),
    Kind(
        "diploma_homologation",
        _("The training structure alone"),
        _("A speciality that the structure teaches"),
        _("A decision of homologation for a time"),
    ),
)


def confused(rows: Mapping[str, Service]) -> list[tuple[Kind, Service]]:
    """The four that the catalogue holds, each with its row there."""
    return [(kind, rows[kind.code]) for kind in KINDS if kind.code in rows]
