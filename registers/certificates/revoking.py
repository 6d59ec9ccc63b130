"""A decision revokes a document: where it is a certificate of the register, the register says so from that day on."""

from __future__ import annotations

from django.utils import timezone

from procedures.api import DecidedCase
from registers.certificates.models import Certificate, CertificateStatus
from registers.certificates.standing import revoke_certificate
from registers.history.causes import Cause
from registers.history.selectors import current


def revoke_certificate_of(case: DecidedCase, code: str, reason: str) -> None:
    """Of the certificate that is this document; nothing where it is none, or where the register revoked it before."""
    certificate = Certificate.objects.filter(document__public_id=code).first()
    if certificate is None:
        return
    on = timezone.localdate(case.decided_at)
    standing = current(certificate, CertificateStatus, on)
    if standing is None or standing.status != CertificateStatus.Status.REVOKED:
        revoke_certificate(Cause(case=case, reason=reason), certificate=certificate, since=on)
