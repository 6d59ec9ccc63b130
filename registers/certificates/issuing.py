"""Issue certificates on passed exams, enter those from before the portal, replace one that was wrong or lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from registers.certificates.errors import IssuedTooEarly, NotInForce, NotPassed, PaperNumberTaken
from registers.certificates.models import Certificate, CertificateStatus
from registers.certificates.serials import take
from registers.history.causes import Cause
from registers.history.selectors import current
from registers.history.services import begin
from registers.people.models import Person
from registers.programmes.models import Programme
from registers.structures.models import Structure
from registers.training.models import Result, Session
from registers.training.selectors import passed

Source = Certificate.Source


@dataclass(frozen=True)
class GivenCertificate:
    """A certificate issued before the portal, as the structure's own books say it."""

    person: Person
    programme: Programme
    structure: Structure
    issued_on: date
    paper_number: str
    homologated: bool = False
    session: Session | None = None
    holder_ar: str = field(default="", repr=False)
    holder_lat: str = field(default="", repr=False)


@transaction.atomic
def issue_certificates(
    cause: Cause, *, session: Session, issued_on: date, results: Sequence[Result] | None = None
) -> list[Certificate]:
    """A certificate for each of these results, or for whoever passed; who has one of this session keeps that.

    Homologated where the session is. Raises NotPassed, IssuedTooEarly; then none is issued.
    """
    held = (
        Session.objects.select_for_update(of=("self",))
        .select_related("offer__programme", "offer__structure")
        .get(pk=session.pk)
    )
    entitled = {row.pk: row for row in passed(held)}
    chosen = list(entitled.values()) if results is None else [_entitled(row, entitled) for row in results]
    there = {row.person_id: row for row in Certificate.objects.filter(session=held, replaces__isnull=True)}
    new: dict[int, Certificate] = {}
    for result in chosen:
        person = result.enrolment.person
        if result.exam.held_on > issued_on:
            raise IssuedTooEarly(issued_on, result.exam.held_on)
        if person.pk not in there and person.pk not in new:
            new[person.pk] = _certificate(
                cause,
                person,
                programme=held.offer.programme,
                structure=held.offer.structure,
                session=held,
                result=result,
                issued_on=issued_on,
                homologated=held.homologated,
                invented=held.invented,
            )
    _write("certificates.issue", cause, list(new.values()))
    issued = there | new
    return [issued[pk] for pk in dict.fromkeys(row.enrolment.person_id for row in chosen)]


@transaction.atomic
def enter_certificates(cause: Cause, *, rows: Sequence[GivenCertificate]) -> list[tuple[Certificate, bool]]:
    """Each certificate, in their order, and whether entered now; found again by structure and paper number.

    As many queries for 500 as for one; one audit entry. Raises PaperNumberTaken where it is another person's.
    """
    numbers = {row.paper_number for row in rows}
    known = Certificate.objects.filter(structure__in={row.structure.pk for row in rows}, paper_number__in=numbers)
    there = {(row.structure_id, row.paper_number): row for row in known}
    entered: list[tuple[Certificate, bool]] = []
    new: list[Certificate] = []
    for row in rows:
        key, person = (row.structure.pk, row.paper_number), row.person.merged_into or row.person
        if key in there and there[key].person_id != person.pk:
            raise PaperNumberTaken(there[key])
        if key in there:
            entered.append((there[key], False))
            continue
        there[key] = _certificate(
            cause,
            person,
            programme=row.programme,
            structure=row.structure,
            session=row.session,
            issued_on=row.issued_on,
            homologated=row.homologated,
            paper_number=row.paper_number,
            holder=(row.holder_ar, row.holder_lat),
        )
        new.append(there[key])
        entered.append((there[key], True))
    _write("certificates.enter", cause, new)
    return entered


@transaction.atomic
def replace_certificate(cause: Cause, *, certificate: Certificate, issued_on: date) -> Certificate:
    """A new certificate in the place of one that was wrong or lost, with what the register says today; the old one
    is revoked from that day on. Raises NotInForce.
    """
    held = Certificate.objects.select_for_update(of=("self",)).select_related("person").get(pk=certificate.pk)
    status = current(held, CertificateStatus, issued_on)
    if status is not None:
        raise NotInForce(status.status, issued_on)
    kept = ("programme", "structure", "session", "result", "homologated", "invented")
    new = _certificate(
        cause,
        held.person,
        issued_on=issued_on,
        replaces=held,
        **{name: getattr(held, name) for name in kept},
    )
    _write("certificates.replace", cause, [new])
    begin(CertificateStatus, subject=held, since=issued_on, cause=cause, status=CertificateStatus.Status.REVOKED)
    return new


@transaction.atomic
def attach_document(*, certificate: Certificate, document: Any) -> Certificate:
    """Say which sealed document a certificate is. Once: another raises ValueError."""
    held = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if held.document_id not in (None, document.pk):
        raise ValueError("The certificate has another document.")
    Certificate.objects.filter(pk=held.pk).update(document=document)
    held.document = document
    return held


def _entitled(result: Result, entitled: dict[int, Result]) -> Result:
    if result.pk not in entitled:
        raise NotPassed(result.pk)
    return entitled[result.pk]


def _certificate(cause: Cause, person: Person, *, holder: tuple[str, str] = ("", ""), **values: Any) -> Certificate:
    arabic, latin = holder
    return Certificate(
        person=person,
        holder_ar=arabic or f"{person.first_ar} {person.last_ar}".strip(),
        holder_lat=latin or f"{person.first_lat} {person.last_lat}".strip(),
        birth_date=person.birth_date,
        source=Source.PORTAL if cause.batch_id is None else Source.IMPORT,
        case_id=cause.case_id,
        batch=cause.batch_id,
        recorded_at=timezone.now(),
        **values,
    )


def _write(action: str, cause: Cause, new: list[Certificate]) -> None:
    if not new:
        return
    serials = take((row.structure, row.issued_on.year) for row in new)
    for row in reversed(new):
        row.serial = serials[row.structure_id, row.issued_on.year].pop()
    Certificate.objects.bulk_create(new)
    subject = new[0] if len(new) == 1 else ("certificates.certificate", f"{len(new)} certificates")
    append(action=action, subject=subject, actor=cause.by, data=cause.told | {"certificates": [row.pk for row in new]})
