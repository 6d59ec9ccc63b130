"""Certificates, and what each is worth on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from registers.certificates.models import Certificate, CertificateStatus
from registers.history.selectors import current, in_force
from registers.people.models import Person
from registers.people.selectors import one_person
from registers.structures.models import Structure

VALID = "valid"


def status_on(certificate: Certificate, on: date, *, believed_at: datetime | None = None) -> str:
    """`valid`, `suspended` or `revoked`; "" before it was issued."""
    if on < certificate.issued_on:
        return ""
    period = current(certificate, CertificateStatus, on, believed_at=believed_at)
    return period.status if period else VALID


def statuses_on(certificates: Iterable[Certificate], on: date) -> dict[int, str]:
    """The same for many, in one query."""
    rows = list(certificates)
    found = in_force(CertificateStatus, on).filter(subject__in=[row.pk for row in rows])
    said = dict(found.values_list("subject", "status"))
    return {row.pk: said.get(row.pk, VALID) if row.issued_on <= on else "" for row in rows}


def by_serial(serial: str) -> Certificate | None:
    """The certificate of a serial, however its letters and spaces are written."""
    wanted = "".join(serial.split()).upper()
    found = Certificate.objects.select_related("programme__speciality", "structure", "person")
    return found.filter(serial=wanted).first()


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """What a person holds, under whichever of their entries, the newest first."""
    found = Certificate.objects.filter(person__in=one_person(person))
    return found.select_related("programme__speciality", "structure").order_by("-issued_on", "-pk")


def issued_by(structure: Structure) -> QuerySet[Certificate]:
    """What a structure issued, the newest first."""
    found = Certificate.objects.filter(structure=structure)
    return found.select_related("programme__speciality", "person").order_by("-issued_on", "-pk")
