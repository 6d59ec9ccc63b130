"""A case from filing to its end: who may do what when, and what each step leaves behind."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from procedures.audit.selectors import entries_about
from procedures.calendar.services import add_working_days
from procedures.cases import access, readings, selectors, services
from procedures.cases.models import Case, PaperReview
from procedures.cases.states import TABLE, State
from procedures.documents import services as documents
from procedures.documents.issuing import seal_document
from procedures.documents.models import Document
from procedures.jobs.models import Job
from procedures.offices.models import Role
from registers.certificates.models import Equivalence
from tests.procedures.kernel.factories import a_person, file, staff_of, the_directorate

pytestmark = pytest.mark.django_db


def test_a_filing_becomes_a_numbered_case_in_the_directorate_of_the_governorate(house):
    case = house.files()

    assert case.number.startswith("EQV-")
    assert case.state == State.COMPLETENESS
    assert case.office == house.region
    assert case.due_on is None
    assert case.snapshot.content["procedure"]["code"] == case.procedure
    assert [entry.action for entry in entries_about(case)] == ["case.file_case"]
    assert Job.objects.filter(key=f"receipt:{case.pk}").exists()
    assert set(Job.objects.filter(kind="hook").values_list("payload__event", flat=True)) <= {"case_submitted"}


def test_a_draft_filed_twice_is_one_case_with_one_number(house):
    first = house.files()
    again = house.files(draft_id=first.draft_id)

    assert again.pk == first.pk
    assert Case.objects.count() == 1


def test_a_filing_that_breaks_a_rule_is_refused_and_takes_no_number(house):
    with pytest.raises(services.RulesBroken) as broken:
        house.files(foreign_certificate={"kind": "university"})

    assert [each.rule for each in broken.value.explanations] == ["training_is_vocational"]
    assert house.files().number.split("-")[2] == "000001"


def test_filings_under_the_same_rules_share_one_snapshot(house):
    assert house.files().snapshot_id == house.files().snapshot_id


def test_a_granted_case_goes_from_the_desk_to_the_delegate_and_waits_for_its_document(house):
    case = house.at_signature()
    services.sign(case=case, by=house.delegate, version=case.version)

    assert case.state == State.ISSUING
    assert case.outcome == "grant"
    assert case.closed_at is not None
    assert Equivalence.objects.filter(case=case).exists()
    document = Document.objects.exclude(output="receipt").get(case=case)
    actions = [happening.action for happening in selectors.history(case)]
    assert actions == [
        "case.file_case",
        "case.accept_completeness",
        "case.close_instruction",
        "case.record_opinion_of_commission",
        "case.prepare_decision",
        "case.sign",
    ]

    services.finish_issuing(case_id=case.pk)
    assert Case.objects.get().state == State.ISSUING
    Document.objects.filter(pk=document.pk).update(state="issued")
    services.finish_issuing(case_id=case.pk)
    services.finish_issuing(case_id=case.pk)
    assert Case.objects.get().state == State.ISSUED


def test_a_refusal_needs_a_reason_and_is_refused_at_once(house):
    case = house.at_decision()
    with pytest.raises(services.Refused) as refused:
        house.decides(case, kind="refuse")
    assert set(refused.value.faults) == {"reasons"}
    with pytest.raises(services.Refused):
        house.decides(case, kind="refuse", reasons=["invented"])

    house.decides(case, kind="refuse", reasons=["body_not_recognised"])
    services.sign(case=case, by=house.delegate, version=case.version)

    assert case.state == State.REFUSED
    assert not Equivalence.objects.exists()


def test_what_is_granted_must_be_said(house):
    case = house.at_decision()
    with pytest.raises(services.Refused) as refused:
        services.prepare_decision(
            case=case, by=house.officer, version=case.version, kind="grant", answers={"granted": {"level": "PhD"}}
        )
    assert {"level", "speciality"} <= set(refused.value.faults)
    assert Case.objects.get().state == State.DECISION


def test_nobody_signs_the_decision_they_prepared(house):
    from procedures.offices.services import appoint

    appoint(person=house.delegate, office=house.central, role=Role.CENTRAL_OFFICER)
    case = house.at_decision()
    house.decides(case, by=house.delegate)

    with pytest.raises(services.NotAllowed, match="did not prepare"):
        services.sign(case=case, by=house.delegate, version=case.version)
    assert access.actions_open_to(house.delegate, case).isdisjoint({"sign", "send_back"})


def test_a_decision_sent_back_is_prepared_again_and_the_first_one_binds_nobody(house):
    case = house.at_signature()
    with pytest.raises(services.Refused):
        services.send_back(case=case, by=house.delegate, version=case.version, note=" ")
    services.send_back(case=case, by=house.delegate, version=case.version, note="The level is wrong.")

    assert case.state == State.DECISION
    assert selectors.standing_decision(case) is None
    house.decides(case, kind="refuse", reasons=["no_matching_level"])
    services.sign(case=case, by=house.delegate, version=case.version)
    assert case.outcome == "refuse"


@pytest.mark.parametrize("who", ["officer", "secretary", "delegate", "applicant"])
def test_only_the_desk_of_the_directorate_accepts_a_file_as_complete(house, who):
    case = house.files()
    with pytest.raises(services.NotAllowed):
        services.accept_completeness(case=case, by=getattr(house, who), version=case.version)
    stranger = staff_of(the_directorate("TN-82"), Role.DESK_OFFICER)
    with pytest.raises(services.NotAllowed):
        services.accept_completeness(case=case, by=stranger, version=case.version)
    assert Case.objects.get().state == State.COMPLETENESS


def test_an_officer_does_not_handle_their_own_case(house):
    case = file(house.desk)
    assert access.actions_open_to(house.desk, case) == {"withdraw"}


def test_a_move_that_the_state_does_not_allow_is_refused(house):
    case = house.files()
    with pytest.raises(services.IllegalMove):
        services.sign(case=case, by=house.delegate, version=case.version)


def test_whoever_comes_second_is_told_who_was_first_and_when(house):
    case = house.at_decision()
    seen = Case.objects.get()
    house.decides(case)
    with pytest.raises(services.StaleCase, match=r"Already decided by Omar at \d\d:\d\d") as stale:
        house.decides(seen)
    assert stale.value.who == "Omar"


def test_the_clock_starts_at_completeness_and_ends_45_working_days_later(house):
    case = house.at_instruction()
    assert case.due_on == add_working_days(timezone.localdate(), 45)


def test_a_commission_needs_members_an_opinion_and_a_day_that_has_passed(house):
    case = house.at_commission()
    with pytest.raises(services.Refused) as refused:
        services.record_opinion_of_commission(
            case=case,
            by=house.secretary,
            version=case.version,
            held_on=timezone.localdate() + timedelta(days=1),
            members=[" "],
            opinion="perhaps",
        )
    assert set(refused.value.faults) == {"held_on", "members", "opinion"}


def test_a_paper_that_was_not_accepted_stands_in_the_way_of_completeness(house):
    case = house.files()
    with pytest.raises(services.Refused):
        services.review_paper(case=case, by=house.desk, paper="certificate", verdict="refused")
    with pytest.raises(services.Refused):
        services.review_paper(case=case, by=house.desk, paper="no_such_paper", verdict="accepted")
    services.review_paper(case=case, by=house.desk, paper="certificate", verdict="to_correct", note="Unreadable.")
    with pytest.raises(services.Refused):
        services.accept_completeness(case=case, by=house.desk, version=case.version)
    services.review_paper(case=case, by=house.desk, paper="certificate", verdict="accepted")
    services.accept_completeness(case=case, by=house.desk, version=case.version)
    assert PaperReview.objects.count() == 2


def test_an_applicant_withdraws_until_the_last_signature(house):
    case = house.at_signature()
    with pytest.raises(services.NotAllowed):
        services.withdraw(case=case, by=house.officer)
    services.withdraw(case=case, by=house.applicant)
    assert case.state == State.WITHDRAWN
    assert not any(TABLE[State.WITHDRAWN])
    with pytest.raises(services.IllegalMove):
        services.withdraw(case=case, by=house.applicant)


def test_a_case_is_assigned_to_whoever_may_handle_it_and_to_nobody_else(house):
    case = house.files()
    with pytest.raises(services.NotAllowed):
        services.assign(case=case, by=house.desk, to=house.officer)
    version = case.version
    services.assign(case=case, by=house.desk, to=house.desk)
    assert case.assignee == house.desk
    assert case.version == version


def test_anothers_case_does_not_exist(house):
    case = house.files()
    for person in (a_person(), house.desk):
        with pytest.raises(Http404):
            access.own_case(person, case.public_id)
    for person in (a_person(), house.applicant, house.officer, staff_of(the_directorate("TN-82"), Role.DESK_OFFICER)):
        with pytest.raises(Http404):
            access.case_for_staff(person, case.public_id)
    with pytest.raises(Http404):
        access.own_case(house.applicant, "nonsense")
    assert access.own_case(house.applicant, case.public_id) == case


def test_every_reading_by_an_officer_is_shown_to_the_applicant(house):
    case = house.files()
    access.case_for_staff(house.desk, case.public_id)

    (reading,) = readings.who_read(case)
    assert (reading.person, reading.office, reading.role) == (house.desk, house.region, Role.DESK_OFFICER)
    assert len(selectors.history(case)) == 1


def test_the_inbox_holds_what_waits_for_this_role_in_this_office(house):
    waiting, passed = house.files(), house.at_instruction()

    assert list(selectors.inbox(house.desk)) == [waiting]
    assert list(selectors.inbox(house.officer)) == [passed]
    assert set(selectors.inbox(house.desk, q=passed.number)) == {passed}
    assert set(selectors.inbox(house.desk, state=State.COMPLETENESS)) == {waiting}
    assert not selectors.inbox(house.delegate).exists()
    assert not selectors.inbox(house.applicant).exists()
    assert selectors.counts(house.desk) == {"completeness": 1, "instruction": 1, "waiting": 1, "mine": 0, "late": 0}


def test_an_arabic_name_is_found_however_it_is_spelt(house):
    case = house.files(identity={"first_name_ar": "آمنة", "last_name_ar": "بن عليّ"})
    assert list(selectors.inbox(house.desk, q="امنه بن علي")) == [case]


def test_a_receipt_that_is_sealed_late_does_not_hold_up_the_case(house):
    case = house.at_signature()
    receipt = documents.prepare_receipt(case=case)
    services.sign(case=case, by=house.delegate, version=case.version)

    seal_document(case.documents.exclude(pk=receipt.pk).get().pk)

    assert Case.objects.get(pk=case.pk).state == State.ISSUED
    seal_document(receipt.pk)
    assert Case.objects.get(pk=case.pk).state == State.ISSUED
