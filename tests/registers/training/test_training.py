"""Sessions inside their homologation, people enrolled, hours counted and never too many, exams with their jury."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures.audit.models import Entry
from registers.history.services import EndsTooEarly
from registers.programmes.services import close_offer, renew_homologation, withdraw_homologation
from registers.structures.errors import WrongStatus
from registers.structures.services import suspend
from registers.training import errors, selectors
from registers.training.models import AttendanceWeek, Enrolment, Exam, JuryMember, Result, Session
from registers.training.services import (
    Attended,
    GivenMember,
    GivenResult,
    cancel_session,
    complete_session,
    correct_result,
    deliberate,
    enrol,
    enrol_people,
    hold_exam,
    leave,
    name_jury,
    record_attendance,
    record_results,
)
from registers.training.services import (
    Entry as Entering,
)
from tests.registers.factories import a_structure, by_case, by_hand
from tests.registers.people.factories import a_card, a_person, imported
from tests.registers.training.factories import FIRST, LAST, a_session, an_offer

pytestmark = pytest.mark.django_db
PRESIDENT = GivenMember("رئيسة اللجنة", "President", JuryMember.Role.PRESIDENT)
MONDAY = date(2025, 10, 6)


def enrolled(session: Session, count: int = 1) -> list[Enrolment]:
    people = [a_person(f"Trainee{number}", "Tounsi", a_card()) for number in range(count)]
    return [row for row, _made in enrol_people(imported(), entries=[Entering(session, person) for person in people])]


def test_a_session_lies_within_its_homologation_through_its_renewals():
    offer = an_offer(until=date(2026, 1, 1))
    with pytest.raises(errors.OutsideHomologation, match="1 January 2026"):
        a_session(offer=offer, homologated=True)
    assert not a_session(offer=offer, label="attestation").homologated
    first = offer.homologations.get()
    renew_homologation(by_hand(), homologation=first, until=date(2027, 1, 1))
    assert a_session(offer=offer, homologated=True).homologated
    assert a_session(offer=offer, label="2026-C").homologated
    assert Session.objects.count() == 3


def test_a_session_of_an_offer_that_was_never_homologated_leads_to_no_homologated_diploma():
    offer = an_offer(until=None)
    assert not a_session(offer=offer).homologated
    with pytest.raises(errors.OutsideHomologation):
        a_session(offer=offer, label="b", homologated=True)


def test_a_session_needs_an_active_structure_an_open_offer_and_a_name_of_its_own():
    offer = an_offer()
    with pytest.raises(EndsTooEarly):
        a_session(offer=offer, since=LAST, until=FIRST)
    session = a_session(offer=offer)
    assert a_session(offer=offer) == session
    with pytest.raises(errors.LabelTaken, match="2026-A"):
        a_session(offer=offer, since=date(2025, 10, 1))
    close_offer(by_hand(), offer=offer, on=date(2026, 7, 1))
    offer.refresh_from_db()
    with pytest.raises(errors.OfferNotOpen):
        a_session(offer=offer, label="late", since=date(2026, 7, 1), until=date(2026, 12, 1))
    suspend(by_hand(), structure=offer.structure, since=date(2026, 8, 1))
    with pytest.raises(WrongStatus):
        a_session(offer=offer, label="later", since=date(2026, 9, 1), until=date(2026, 12, 1))


def test_the_same_person_enters_a_session_once_and_nobody_beyond_its_places():
    session = a_session(places=2)
    first, second = enrolled(session, 2)
    assert enrol(by_hand(), session=session, person=first.person) == (first, False)
    late = a_person("Late", "Tounsi", a_card())
    with pytest.raises(errors.SessionIsFull, match="0 places left of 2"):
        enrol(by_hand(), session=session, person=late)
    leave(by_hand(reason="moved"), enrolment=second, on=date(2025, 12, 1), outcome="dropped_out")
    row, made = enrol(by_case(), session=session, person=late, on=date(2025, 12, 1))
    assert made
    assert (first.source, row.source) == ("import", "portal")
    assert selectors.free_places(session) == 0
    assert {one.pk for one in selectors.enrolled(session, date(2025, 11, 1))} == {first.pk, second.pk}
    assert {one.pk for one in selectors.enrolled(session, date(2025, 12, 1))} == {first.pk, row.pk}
    assert selectors.sessions_of(session.offer.structure).get().trainees == 2


def test_a_group_enrols_wholly_or_not_at_all():
    session, other = a_session(places=1), None
    other = a_session(offer=session.offer, label="2026-B", places=5)
    people = [a_person(f"Trainee{number}", "Tounsi", a_card()) for number in range(3)]
    entries = [Entering(other, people[0]), Entering(session, people[1]), Entering(session, people[2])]
    with pytest.raises(errors.SessionIsFull):
        enrol_people(imported(), entries=entries)
    assert not Enrolment.objects.exists()
    with pytest.raises(errors.OutsideSession):
        enrol(by_hand(), session=session, person=people[0], on=LAST)
    cancel_session(by_hand(), session=session)
    with pytest.raises(errors.SessionCancelled):
        enrol(by_hand(), session=session, person=people[0])
    assert list(selectors.running(FIRST)) == [other]


def test_many_enrol_with_the_queries_of_one():
    session = a_session(places=100)
    people = [a_person(f"Trainee{number}", "Tounsi", a_card()) for number in range(31)]

    def cost(some) -> int:
        with CaptureQueriesContext(connection) as queries:
            enrol_people(imported(), entries=[Entering(session, person) for person in some])
        return len(queries)

    assert cost(people[:1]) == cost(people[1:]) <= 10
    assert Entry.objects.filter(action="training.enrol").count() == 2


def test_who_entered_by_mistake_never_followed_and_leaving_keeps_what_was_said_before():
    session = a_session()
    row = enrolled(session)[0]
    with pytest.raises(EndsTooEarly):
        leave(by_hand(), enrolment=row, on=date(2025, 9, 1), outcome="dropped_out")
    leave(by_hand(), enrolment=row, on=date(2025, 12, 1), outcome="dropped_out")
    left = leave(by_hand(), enrolment=row, on=date(2026, 1, 1), outcome="mistake")
    assert left.left_on == left.entered_on
    assert not selectors.enrolled(session).exists()
    assert not selectors.enrolments_of(row.person).exists()
    entry = Entry.objects.filter(action="training.leave").order_by("-seq")[0]
    assert entry.data["before"] == {"left_on": "2025-12-01", "outcome": "dropped_out"}


def test_whoever_stays_to_the_end_has_completed():
    session = a_session()
    stayed, left = enrolled(session, 2)
    leave(by_hand(), enrolment=left, on=date(2025, 12, 1), outcome="excluded")
    assert complete_session(by_hand(), session=session) == 1
    stayed.refresh_from_db()
    assert (stayed.outcome, stayed.left_on) == ("completed", LAST)
    assert complete_session(by_hand(), session=session) == 0


def test_hours_of_a_week_are_counted_once_and_never_beyond_those_of_the_group():
    session = a_session(hours_a_week=30)
    row = enrolled(session)[0]
    assert record_attendance(imported(), weeks=[Attended(row, MONDAY, Decimal("28.5"))]) == 1
    assert record_attendance(imported(), weeks=[Attended(row, MONDAY, Decimal("28.5"))]) == 0
    moment = timezone.now()
    assert record_attendance(imported(), weeks=[Attended(row, MONDAY, Decimal(30))]) == 1
    assert (selectors.hours_attended(row), selectors.hours_attended(row, believed_at=moment)) == (30, Decimal("28.5"))
    was, now = AttendanceWeek.objects.order_by("pk")
    assert was.superseded_at == now.recorded_at
    entry = Entry.objects.filter(action="training.attend").order_by("-seq")[0]
    assert (entry.data["weeks"], entry.data["superseded"]) == ([now.pk], [was.pk])
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceWeek.objects.create(enrolment=row, week=MONDAY, hours=1, recorded_at=moment)
    twice = [Attended(row, date(2025, 10, 20), Decimal(hours)) for hours in (5, 6)]
    assert record_attendance(imported(), weeks=twice) == 1
    assert selectors.hours_attended(row) == 36
    for wrong, refusal in (
        (Attended(row, MONDAY, Decimal("30.25")), errors.TooManyHours),
        (Attended(row, MONDAY, Decimal(-1)), errors.TooManyHours),
        (Attended(row, date(2025, 10, 7), Decimal(5)), errors.NotAMonday),
        (Attended(row, date(2026, 6, 15), Decimal(5)), errors.OutsideSession),
        (Attended(row, date(2025, 9, 8), Decimal(5)), errors.OutsideSession),
    ):
        good = Attended(row, date(2025, 10, 13), Decimal(5))
        with pytest.raises(refusal):
            record_attendance(imported(), weeks=[good, wrong])
    assert AttendanceWeek.objects.count() == 3


def test_weeks_after_somebody_left_are_not_theirs():
    row = enrolled(a_session())[0]
    row = leave(by_hand(), enrolment=row, on=date(2025, 10, 8), outcome="dropped_out")
    assert record_attendance(imported(), weeks=[Attended(row, MONDAY, Decimal(10))]) == 1
    with pytest.raises(errors.OutsideSession):
        record_attendance(imported(), weeks=[Attended(row, date(2025, 10, 13), Decimal(10))])


def test_results_follow_the_marks_and_a_deliberation_closes_them():
    session = a_session()
    good, bad, absent = enrolled(session, 3)
    exam = hold_exam(by_case(), session=session, held_on=date(2026, 6, 20))
    assert hold_exam(by_case(), session=session, held_on=date(2026, 6, 20)) == exam
    marks = [(good, Decimal("12.50")), (bad, Decimal("9.99")), (absent, None)]
    written = record_results(imported(), results=[GivenResult(exam, row, mark) for row, mark in marks])
    assert [(row.passed, new) for row, new in written] == [(True, True), (False, True), (False, True)]
    assert not record_results(imported(), results=[GivenResult(exam, good, Decimal("12.50"))])[0][1]
    assert record_results(imported(), results=[GivenResult(exam, bad, Decimal(11))])[0][0].passed
    with pytest.raises(errors.NoPresident):
        deliberate(by_hand(), exam=exam, on=date(2026, 6, 21))
    name_jury(by_hand(), exam=exam, jury=[GivenMember("عضو", "Member"), PRESIDENT])
    assert [member.role for member in exam.jury.all()] == ["president", "member"]
    deliberate(by_hand(), exam=exam, on=date(2026, 6, 21))
    assert {row.enrolment_id for row in selectors.passed(session)} == {good.pk, bad.pk}
    with pytest.raises(errors.Deliberated, match="21 June 2026"):
        record_results(imported(), results=[GivenResult(exam, bad, Decimal(5))])
    with pytest.raises(errors.Deliberated):
        name_jury(by_hand(), exam=exam, jury=[])
    with pytest.raises(errors.Deliberated):
        deliberate(by_hand(), exam=exam, on=date(2026, 6, 22))


def test_a_corrected_result_stays_beside_the_one_now_believed():
    session = a_session()
    row = enrolled(session)[0]
    exam = hold_exam(by_hand(), session=session, held_on=date(2026, 6, 20), jury=[PRESIDENT])
    result = record_results(imported(), results=[GivenResult(exam, row, Decimal(9))])[0][0]
    deliberate(by_hand(), exam=exam, on=date(2026, 6, 21))
    corrected = correct_result(by_hand(reason="sum_was_wrong"), result=result, mark=Decimal(13))
    assert corrected.passed
    assert corrected.reason == "sum_was_wrong"
    assert list(selectors.results_of(exam)) == [corrected]
    assert Result.objects.exclude(superseded_at=None).get().mark == 9
    again = correct_result(by_hand(), result=result, mark=Decimal(8))  # from an old page: the newest is corrected
    assert list(selectors.results_of(exam)) == [again]
    assert Result.objects.count() == 3


def test_marks_and_trainees_are_those_of_the_exam():
    session, other = a_session(), None
    other = a_session(offer=session.offer, label="2026-B")
    exam = hold_exam(by_hand(), session=session, held_on=date(2026, 6, 20))
    with pytest.raises(errors.WrongMark, match=r"20\.25"):
        record_results(imported(), results=[GivenResult(exam, enrolled(session)[0], Decimal("20.25"))])
    with pytest.raises(errors.NotOfThisSession):
        record_results(imported(), results=[GivenResult(exam, enrolled(other)[0], Decimal(10))])
    with pytest.raises(errors.OutsideSession):
        hold_exam(by_hand(), session=session, held_on=date(2025, 9, 1))
    assert (Exam.objects.count(), Result.objects.count()) == (1, 0)


def test_results_of_before_the_portal_need_no_jury_on_record():
    session = a_session()
    exam = hold_exam(imported(), session=session, held_on=date(2026, 6, 20))
    row = enrolled(session)[0]
    record_results(imported(), results=[GivenResult(exam, row, None, passed=True)])
    deliberate(imported(), exam=exam, on=date(2026, 6, 20))
    assert selectors.passed(session).count() == 1


def test_the_homologation_that_was_withdrawn_covers_no_group_any_more():
    offer = an_offer()
    withdraw_homologation(by_hand(), homologation=offer.homologations.get(), on=date(2026, 1, 1))
    with pytest.raises(errors.OutsideHomologation):
        a_session(offer=offer, homologated=True)
    assert a_structure("مركز آخر", fr="Autre centre").pk != offer.structure_id
