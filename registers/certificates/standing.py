"""Suspend, resume and revoke certificates: each a period with its cause."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from procedures.audit.services import append
from registers.certificates.errors import NotInForce
from registers.certificates.models import Certificate, CertificateStatus
from registers.history.causes import Cause
from registers.history.selectors import current
from registers.history.services import begin, cut, end, hold

Status = CertificateStatus.Status


@transaction.atomic
def suspend_certificate(
    cause: Cause, *, certificate: Certificate, since: date, until: date | None = None
) -> CertificateStatus:
    """A certificate is worth nothing from `since` until before `until`, or until it is resumed. Raises NotInForce."""
    hold(certificate)
    standing = current(certificate, CertificateStatus, since)
    if standing is not None:
        raise NotInForce(standing.status, since)
    period = begin(
        CertificateStatus, subject=certificate, since=since, until=until, cause=cause, status=Status.SUSPENDED
    )
    _tell("certificates.suspend", certificate, since, cause)
    return period


@transaction.atomic
def resume_certificate(cause: Cause, *, certificate: Certificate, on: date) -> CertificateStatus:
    """A suspended certificate is in force again from `on` on. Raises NotInForce."""
    hold(certificate)
    period = current(certificate, CertificateStatus, on)
    if period is None or period.status != Status.SUSPENDED:
        raise NotInForce(period.status if period else "valid", on)
    ended = end(period, on=on, cause=cause)
    _tell("certificates.resume", certificate, on, cause)
    return ended


@transaction.atomic
def revoke_certificate(cause: Cause, *, certificate: Certificate, since: date) -> CertificateStatus:
    """A certificate is worth nothing any more, suspended before or not. Raises NotInForce where it is revoked."""
    hold(certificate)
    period = current(certificate, CertificateStatus, since)
    if period is not None and period.status == Status.REVOKED:
        raise NotInForce(Status.REVOKED, since)
    lasting = CertificateStatus.objects.filter(subject=certificate, superseded_at__isnull=True)
    for row in lasting.exclude(until__lte=since):
        cut(row, on=since, cause=cause)
    revoked = begin(CertificateStatus, subject=certificate, since=since, cause=cause, status=Status.REVOKED)
    _tell("certificates.revoke", certificate, since, cause)
    return revoked


def _tell(action: str, certificate: Certificate, on: date, cause: Cause) -> None:
    append(action=action, subject=certificate, actor=cause.by, data=cause.told | {"on": on.isoformat()})
