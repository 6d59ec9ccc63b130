"""What decisions and imports write in the register of certificates."""

from __future__ import annotations

from typing import Any

from procedures.api import DecidedCase
from registers.certificates.issuing import (
    GivenCertificate,
    attach_document,
    enter_certificates,
    issue_certificates,
    replace_certificate,
)
from registers.certificates.models import Equivalence
from registers.certificates.standing import resume_certificate, revoke_certificate, suspend_certificate

__all__ = [
    "GivenCertificate",
    "attach_document",
    "enter_certificates",
    "enter_equivalence",
    "issue_certificates",
    "replace_certificate",
    "resume_certificate",
    "revoke_certificate",
    "suspend_certificate",
]


def enter_equivalence(
    case: DecidedCase, *, holder: dict[str, Any], level: str, speciality: str, country: str
) -> Equivalence:
    """Enter the equivalence that a case granted, once; `holder` is the whole identity block of the filing."""
    equivalence, _made = Equivalence.objects.update_or_create(
        case_id=case.case_id,
        defaults={
            "holder_ar": f"{holder['first_name_ar']} {holder['last_name_ar']}",
            "holder_lat": f"{holder['first_name_lat']} {holder['last_name_lat']}",
            "level": level,
            "speciality_id": speciality,
            "country": country,
            "recorded_at": case.decided_at,
        },
    )
    return equivalence
