"""Certificates are issued on passed exams, never changed, and worth on a day what their periods say."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from procedures.audit.models import Entry
from registers.certificates import errors, selectors
from registers.certificates.models import Certificate, CertificateStatus
from registers.certificates.services import (
    GivenCertificate,
    attach_document,
    enter_certificates,
    issue_certificates,
    replace_certificate,
    resume_certificate,
    revoke_certificate,
    suspend_certificate,
)
from registers.people.models import DuplicateProposal
from registers.people.services import correct_person, merge, propose_duplicates
from registers.training.models import Enrolment, JuryMember, Session
from registers.training.services import (
    Entry as Entering,
)
from registers.training.services import (
    GivenMember,
    GivenResult,
    deliberate,
    enrol_people,
    hold_exam,
    record_results,
)
from tests.registers.factories import a_programme, a_speciality, a_structure, an_officer, by_case, by_hand
from tests.registers.people.factories import a_card, a_person, imported
from tests.registers.training.factories import a_session

pytestmark = pytest.mark.django_db
HELD, ISSUED = date(2026, 6, 20), date(2026, 7, 1)


def examined(*marks: int, session: Session | None = None) -> tuple[Session, list[Enrolment]]:
    """A session with so many trainees, examined and deliberated."""
    session = session or a_session()
    people = [a_person(f"Trainee{number}", "Tounsi", a_card()) for number in range(len(marks))]
    rows = [row for row, _made in enrol_people(by_hand(), entries=[Entering(session, person) for person in people])]
    jury = [GivenMember("رئيسة", "President", JuryMember.Role.PRESIDENT)]
    exam = hold_exam(by_hand(), session=session, held_on=HELD, jury=jury)
    results = [GivenResult(exam, row, Decimal(mark)) for row, mark in zip(rows, marks, strict=True)]
    record_results(by_hand(), results=results)
    deliberate(by_hand(), exam=exam, on=HELD)
    return session, rows


def a_certificate() -> Certificate:
    session, _rows = examined(12)
    return issue_certificates(by_hand(), session=session, issued_on=ISSUED)[0]


def test_whoever_passed_gets_one_certificate_with_a_serial_without_gaps():
    session, rows = examined(12, 8, 15)
    number = session.offer.structure.number
    issued = issue_certificates(by_case(), session=session, issued_on=ISSUED)
    assert [row.serial for row in issued] == [f"2026-{number}-00001", f"2026-{number}-00002"]
    assert {row.person for row in issued} == {rows[0].person, rows[2].person}
    assert {(row.source, row.homologated, row.session_id) for row in issued} == {("portal", True, session.pk)}
    assert issued[0].holder_lat == "Trainee0 Tounsi"
    assert issue_certificates(by_hand(), session=session, issued_on=ISSUED) == issued
    assert selectors.by_serial(f" 2026-{number}-00001 ".lower()) == issued[0]
    assert list(selectors.certificates_of(rows[0].person)) == [issued[0]]
    assert set(selectors.issued_by(session.offer.structure)) == set(issued)
    assert Entry.objects.filter(action="certificates.issue").count() == 1


def test_no_certificate_without_a_passed_exam_that_was_deliberated_or_before_it():
    session, rows = examined(12, 8)
    with pytest.raises(errors.NotPassed):
        issue_certificates(by_hand(), session=session, issued_on=ISSUED, results=[rows[1].results.get()])
    with pytest.raises(errors.IssuedTooEarly, match="20 June 2026"):
        issue_certificates(by_hand(), session=session, issued_on=date(2026, 6, 19))
    assert not Certificate.objects.exists()
    other = a_session(offer=session.offer, label="2026-B")
    assert issue_certificates(by_hand(), session=other, issued_on=ISSUED) == []


def test_a_certificate_of_a_group_that_was_not_homologated_is_not():
    from tests.registers.training.factories import an_offer

    session, _rows = examined(12, session=a_session(offer=an_offer(until=date(2026, 1, 1))))
    assert not issue_certificates(by_hand(), session=session, issued_on=ISSUED)[0].homologated


@pytest.mark.parametrize(
    "change", ["UPDATE {} SET issued_on = '2020-01-01'", "UPDATE {} SET holder_lat = 'X'", "DELETE FROM {}"]
)
def test_the_database_refuses_to_change_a_certificate(change: str):
    a_certificate()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format("certificates_certificate"))


def test_a_later_name_leaves_the_certificate_as_printed_and_a_merge_moves_it():
    session = a_session()
    _session, rows = examined(12, session=session)
    certificate = issue_certificates(by_hand(), session=session, issued_on=ISSUED)[0]
    correct_person(by_hand(), person=rows[0].person, last_lat="Gharbi")
    certificate.refresh_from_db()
    assert certificate.holder_lat == "Trainee0 Tounsi"
    other = a_person("Trainee0", "Gharbi")
    assert propose_duplicates() == 1
    merge(proposal=DuplicateProposal.objects.get(), by=an_officer(), reason="One person.", into=other)
    certificate.refresh_from_db()
    assert (certificate.person, certificate.holder_lat) == (other, "Trainee0 Tounsi")
    assert list(selectors.certificates_of(rows[0].person)) == [certificate]


def test_what_a_certificate_is_worth_is_asked_as_of_a_day():
    certificate = a_certificate()
    suspend_certificate(by_hand(), certificate=certificate, since=date(2026, 9, 1))
    with pytest.raises(errors.NotInForce, match="suspended"):
        suspend_certificate(by_hand(), certificate=certificate, since=date(2026, 10, 1))
    resume_certificate(by_hand(), certificate=certificate, on=date(2026, 11, 1))
    with pytest.raises(errors.NotInForce, match="in force"):
        resume_certificate(by_hand(), certificate=certificate, on=date(2026, 11, 2))
    suspend_certificate(by_hand(), certificate=certificate, since=date(2026, 12, 1), until=date(2027, 2, 1))
    revoke_certificate(by_case(), certificate=certificate, since=date(2027, 1, 1))
    with pytest.raises(errors.NotInForce, match="for good"):
        revoke_certificate(by_hand(), certificate=certificate, since=date(2027, 3, 1))
    table = {
        date(2026, 6, 30): "", ISSUED: "valid", date(2026, 8, 31): "valid", date(2026, 9, 1): "suspended",
        date(2026, 10, 31): "suspended", date(2026, 11, 1): "valid", date(2026, 12, 31): "suspended",
        date(2027, 1, 1): "revoked", date(2027, 2, 1): "revoked", date(2030, 1, 1): "revoked",
    }  # fmt: skip
    assert {on: selectors.status_on(certificate, on) for on in table} == table
    assert {on: selectors.statuses_on([certificate], on)[certificate.pk] for on in table} == table
    assert {entry.action for entry in Entry.objects.filter(subject_type="certificates.certificate")} >= {
        "certificates.suspend", "certificates.resume", "certificates.revoke",
    }  # fmt: skip


def test_a_revocation_withdraws_a_suspension_that_is_planned():
    certificate = a_certificate()
    suspend_certificate(by_hand(), certificate=certificate, since=date(2027, 1, 1))
    revoke_certificate(by_hand(), certificate=certificate, since=date(2026, 8, 1))
    assert selectors.status_on(certificate, date(2027, 6, 1)) == "revoked"
    assert CertificateStatus.objects.filter(superseded_at=None).count() == 1


def test_a_replacement_says_what_the_register_says_today_and_revokes_the_old_one():
    certificate = a_certificate()
    correct_person(by_hand(), person=certificate.person, last_lat="Gharbi")
    new = replace_certificate(by_case(), certificate=certificate, issued_on=date(2026, 9, 1))
    assert (new.holder_lat, new.replaces, new.serial[-5:]) == ("Trainee0 Gharbi", certificate, "00002")
    assert selectors.status_on(certificate, date(2026, 9, 1)) == "revoked"
    assert selectors.status_on(new, date(2026, 9, 1)) == "valid"
    with pytest.raises(errors.NotInForce):
        replace_certificate(by_hand(), certificate=certificate, issued_on=date(2026, 9, 2))


def test_certificates_from_before_the_portal_are_entered_once_with_the_queries_of_one():
    structure, programme = a_structure(), a_programme(a_speciality())
    people = [a_person(f"Holder{number}", "Tounsi", a_card()) for number in range(21)]

    def rows(some, first: int):
        return [
            GivenCertificate(person, programme, structure, date(2015, 7, 1), f"{number}/2015")
            for number, person in enumerate(some, first)
        ]

    def cost(given) -> int:
        with CaptureQueriesContext(connection) as queries:
            enter_certificates(imported(), rows=given)
        return len(queries)

    assert cost(rows(people[:1], 1)) == cost(rows(people[1:], 2)) <= 10
    again = enter_certificates(imported(), rows=rows(people, 1))
    assert not any(made for _certificate, made in again)
    assert Certificate.objects.count() == 21
    assert {row.serial for row in Certificate.objects.all()} == {
        f"2015-{structure.number}-{n:05d}" for n in range(1, 22)
    }
    assert again[0][0].source == "import"
    with pytest.raises(errors.PaperNumberTaken, match="1/2015"):
        enter_certificates(imported(), rows=rows(people[1:2], 1))


def test_serials_count_by_structure_and_year():
    programme = a_programme(a_speciality())
    here, there = a_structure(), a_structure("مركز آخر", fr="Autre centre")
    person = a_person()
    years = [(here, 2015), (there, 2015), (here, 2016), (here, 2015)]
    rows = [
        GivenCertificate(person, programme, structure, date(year, 7, 1), str(number))
        for number, (structure, year) in enumerate(years)
    ]
    serials = [row.serial for row, _made in enter_certificates(imported(), rows=rows)]
    assert serials == [
        f"2015-{here.number}-00001", f"2015-{there.number}-00001", f"2016-{here.number}-00001",
        f"2015-{here.number}-00002",
    ]  # fmt: skip


def test_a_sealed_document_is_attached_once():
    from procedures.documents.models import Document

    certificate = a_certificate()
    papers = [
        Document.objects.create(
            public_id=f"P{number}", number="1", procedure="x", output="x", kind_number=1, frame="x", titles={},
            content={}, template_version="1", claims={}, kid="x", cose=b"", cose_digest="x", status_index=number,
            issued_on=ISSUED,
        )
        for number in (1, 2)
    ]  # fmt: skip
    attach_document(certificate=certificate, document=papers[0])
    attach_document(certificate=certificate, document=papers[0])
    with pytest.raises(ValueError, match="another document"):
        attach_document(certificate=certificate, document=papers[1])
    certificate.refresh_from_db()
    assert certificate.document == papers[0]
