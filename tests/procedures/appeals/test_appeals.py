"""A refusal is contested by a case of its own, which those who decided neither see nor touch."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from procedures import api as p
from procedures.appeals.selectors import remedy_of
from procedures.audit.models import Entry
from procedures.cases import access, selectors, services
from procedures.cases.models import Case, CaseLink
from procedures.documents.selectors import status_of
from procedures.inboxes.asked import Asked
from procedures.inboxes.circles import seats_of
from procedures.inboxes.selectors import page
from procedures.offices.models import Role
from procedures.offices.services import appoint
from procedures.registry import procedure
from procedures.resolving import resolve
from procedures.serving.services import note_opened
from procedures.testing import sample_stage_answers
from procedures.wizard.contesting import begin_appeal
from procedures.wizard.filing import NotReady
from tests.procedures.appeals.factories import APPEAL, REASON, Tribunal, filed
from tests.procedures.installed import installed
from tests.procedures.kernel.factories import a_person, staff_of

pytestmark = pytest.mark.django_db


def test_an_appeal_is_a_case_of_its_own_linked_to_the_contested_one(house: Tribunal) -> None:
    case = house.opened()
    appeal = house.appealed(case)
    link = CaseLink.objects.get(kind="appeal")
    assert (link.case, link.to) == (case, appeal)
    assert (appeal.procedure, appeal.office, appeal.state) == (APPEAL, house.above, "instruction")
    assert appeal.number.startswith("APL-")
    assert appeal.applicant_name == case.applicant_name


def test_an_appeal_has_a_clock_of_its_own(house: Tribunal) -> None:
    case = house.opened()
    appeal = house.appealed(case)
    assert appeal.clock.started_on == timezone.localdate()
    assert (appeal.clock.amount, appeal.clock.unit) == (40, "workingdays")
    assert appeal.due_on != case.due_on


def test_its_begin_and_its_filing_are_on_record(house: Tribunal) -> None:
    case = house.opened()
    appeal = house.appealed(case)
    told = {entry.action: entry for entry in Entry.objects.filter(subject_id=str(case.pk))}
    assert told["appeal.begin"].actor == house.applicant.pk
    assert told["case.link"].data == {"to": appeal.pk, "kind": "appeal"}


def test_those_who_decided_may_not_act_on_the_appeal(house: Tribunal) -> None:
    """They serve in the service above too: the role alone would let them."""
    for person, role in ((house.officer, Role.CENTRAL_OFFICER), (house.delegate, Role.MINISTER_DELEGATE)):
        staff_again(house, person, role)
    appeal = house.appealed()
    assert access.actions_open_to(house.jurist, appeal)
    assert not access.actions_open_to(house.officer, appeal)
    with pytest.raises(services.NotAllowed):
        services.close_instruction(case=appeal, by=house.officer, version=appeal.version, answers={})
    services.close_instruction(case=appeal, by=house.jurist, version=appeal.version, answers={})
    answers = sample_stage_answers(resolve(APPEAL), "decision")
    services.prepare_decision(case=appeal, by=house.jurist, version=appeal.version, kind="grant", answers=answers)
    with pytest.raises(services.NotAllowed):
        services.sign(case=appeal, by=house.delegate, version=appeal.version)
    assert services.sign(case=appeal, by=house.judge, version=appeal.version).outcome == "grant"


def test_the_appeal_is_given_to_nobody_who_decided(house: Tribunal) -> None:
    staff_again(house, house.officer, Role.CENTRAL_OFFICER)
    appeal = house.appealed()
    with pytest.raises(services.NotAllowed):
        services.assign(case=appeal, by=house.jurist, to=house.officer)


def test_those_who_decided_do_not_see_the_appeal(house: Tribunal) -> None:
    for person, role in ((house.officer, Role.CENTRAL_OFFICER), (house.delegate, Role.MINISTER_DELEGATE)):
        staff_again(house, person, role)
    appeal = house.appealed()
    assert selectors.visible_to(house.jurist).contains(appeal)
    assert selectors.waiting_for(house.jurist).contains(appeal)
    for person in (house.officer, house.delegate):
        assert not selectors.visible_to(person).contains(appeal)
        assert not selectors.waiting_for(person).contains(appeal)
        assert appeal not in page(seats_of(person), Asked(state="any"), size=20).cases
    assert appeal in page(seats_of(house.jurist), Asked(state="any"), size=20).cases


def test_an_auditor_reads_the_appeal(house: Tribunal) -> None:
    auditor = staff_of(house.central, Role.AUDITOR)
    assert selectors.visible_to(auditor).contains(house.appealed())


def test_a_decision_is_contested_once(house: Tribunal) -> None:
    case = house.opened()
    appeal = house.appealed(case)
    with pytest.raises(services.NotAllowed, match=appeal.number):
        begin_appeal(case=case, by=house.applicant)


def test_two_drafts_against_one_decision_give_one_appeal(house: Tribunal) -> None:
    case = house.opened()
    one = house.begun(case)
    one.owner = a_person()  # so that the next is a draft of its own
    one.save()
    two = house.begun(case)
    filed(two, house.applicant)
    with pytest.raises(services.NotAllowed):
        filed(one, house.applicant)
    assert Case.objects.filter(procedure=APPEAL).count() == 1


def test_an_appeal_that_was_begun_is_gone_on_with(house: Tribunal) -> None:
    case = house.opened()
    assert begin_appeal(case=case, by=house.applicant) == begin_appeal(case=case, by=house.applicant)


def test_an_appeal_that_was_withdrawn_may_be_filed_anew_within_the_time(house: Tribunal) -> None:
    case = house.opened()
    services.withdraw(case=house.appealed(case), by=house.applicant)
    assert house.appealed(case).state == "instruction"


def test_the_time_to_appeal_runs_from_the_notification(house: Tribunal) -> None:
    case = house.refused()
    remedy = remedy_of(case)
    assert remedy is not None
    assert (remedy.until, remedy.is_open) == (None, True)
    later = timezone.now() + timedelta(days=10)
    with time_machine.travel(later, tick=False):
        note_opened(case=case, by=house.applicant)
        remedy = remedy_of(case)
        assert remedy is not None
        assert remedy.until == timezone.localdate(later) + timedelta(days=60)


def test_an_appeal_in_working_days_is_counted_on_the_calendar(house: Tribunal) -> None:
    """From Thursday 1 April 2027 on: the weekends do not count, nor does Martyrs’ Day on Friday 9."""
    made = procedure("foreign_certificate_equivalence")
    with (
        time_machine.travel("2027-04-01 10:00+01:00", tick=False),
        installed(replace(made, appeal=p.Appeal(within=p.WorkingDays(10)))),
    ):
        remedy = remedy_of(house.opened())
    assert remedy is not None
    assert remedy.until is not None
    assert remedy.until == date(2027, 4, 16)


def test_an_appeal_after_its_time_is_refused_with_what_can_still_be_done(house: Tribunal) -> None:
    case = house.opened()
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        assert begin_appeal(case=case, by=house.applicant)
    with (
        time_machine.travel(timezone.now() + timedelta(days=61), tick=False),
        pytest.raises(services.NotAllowed, match="You can still file a new application"),
    ):
        begin_appeal(case=case, by=house.applicant)


def test_an_appeal_that_was_begun_in_time_and_filed_late_is_stopped_by_its_rule(house: Tribunal) -> None:
    draft = house.begun(house.opened())
    with time_machine.travel(timezone.now() + timedelta(days=61), tick=False), pytest.raises(NotReady) as stopped:
        filed(draft, house.applicant)
    assert stopped.value.step == "check"


def test_only_whom_the_decision_concerns_appeals(house: Tribunal) -> None:
    with pytest.raises(services.NotAllowed):
        begin_appeal(case=house.opened(), by=a_person())


def test_what_was_granted_or_is_not_decided_is_not_contested(house: Tribunal) -> None:
    granted = house.at_signature()
    services.sign(case=granted, by=house.delegate, version=granted.version)
    for case in (granted, house.at_decision()):
        assert remedy_of(case) is None
        with pytest.raises(services.NotAllowed):
            begin_appeal(case=case, by=house.applicant)


def test_a_refused_appeal_leaves_the_refusal_and_is_not_contested_again(house: Tribunal) -> None:
    case = house.opened()
    appeal = house.decides_appeal(house.appealed(case), kind="refuse", reasons=("unfounded",))
    case.refresh_from_db()
    assert (appeal.state, case.state) == ("refused", "refused")
    assert remedy_of(appeal) is None


def test_an_appeal_that_is_accepted_annuls_the_refusal_and_its_letter(house: Tribunal) -> None:
    case = house.opened()
    letter = case.documents.get(output="refusal")
    house.decides_appeal(house.appealed(case))
    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_at) == ("decision", "", None)
    assert case.office == house.central
    assert status_of(letter) == "revoked"
    assert remedy_of(case) is None
    assert Entry.objects.filter(action="case.reopen_case", subject_id=str(case.pk)).exists()
    assert Entry.objects.filter(action="document.annulled", subject_id=str(letter.pk)).exists()


def test_who_refused_does_not_decide_the_reopened_case(house: Tribunal) -> None:
    case = house.opened()
    house.decides_appeal(house.appealed(case))
    case.refresh_from_db()
    with pytest.raises(services.NotAllowed):
        house.decides(case)
    other = staff_of(house.central, Role.CENTRAL_OFFICER)
    house.decides(case, by=other)
    case.refresh_from_db()
    with pytest.raises(services.NotAllowed):
        services.sign(case=case, by=house.delegate, version=case.version)
    services.sign(case=case, by=house.judge, version=case.version)
    case.refresh_from_db()
    assert (case.outcome, case.documents.filter(output="equivalence").count()) == ("grant", 1)


def test_a_case_that_is_refused_anew_gives_a_letter_of_its_own(house: Tribunal) -> None:
    case = house.opened()
    house.decides_appeal(house.appealed(case))
    case.refresh_from_db()
    house.decides(case, by=staff_of(house.central, Role.CENTRAL_OFFICER), kind="refuse", reasons=(REASON,))
    case.refresh_from_db()
    services.sign(case=case, by=house.judge, version=case.version)
    first, second = case.documents.filter(output="refusal").order_by("pk")
    assert (status_of(first), status_of(second)) == ("revoked", "valid")
    case.refresh_from_db()
    remedy = remedy_of(case)
    assert remedy is not None
    assert (remedy.filed, remedy.until) == (None, None)


def test_the_deciding_of_an_appeal_says_what_it_does(house: Tribunal) -> None:
    appeal = house.decides_appeal(house.appealed())
    paper = appeal.documents.get(output="appeal_decision")
    assert "annulled" in paper.content["articles"][0]["en"]
    assert paper.holder_ar == appeal.applicant_name


def staff_again(house: Tribunal, person: Any, role: str) -> None:
    appoint(person=person, office=house.above, role=role, since=date(2020, 1, 1))
