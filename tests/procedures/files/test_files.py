"""A file that the authority opens: who opens it, who sees it when, who is heard, and who never signs it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from notifications.selectors import notices_of
from procedures import api as p
from procedures.audit.selectors import entries_about
from procedures.cases import access, selectors, services
from procedures.cases.models import Case
from procedures.cases.parties import has_account
from procedures.cases.states import State
from procedures.checks import faults_of
from procedures.documents.models import Document
from procedures.evidence.models import Upload
from procedures.jobs.services import sweep
from procedures.offices.delegating import delegate
from procedures.offices.models import Membership, Role
from procedures.offices.services import appoint
from procedures.registry import procedure
from registers.organisations.models import Staff
from tests.procedures.files.factories import (
    REPLY,
    Directorate,
    a_paper,
    answers_in_writing,
    in_days,
    prepares,
    signs,
)
from tests.procedures.installed import installed
from tests.procedures.kernel.factories import House, a_person, staff_of
from tests.procedures.wizard.factories import Visitor
from tests.registers.factories import a_structure, an_owner
from tests.workbench.routes import promise_daily, work

pytestmark = pytest.mark.django_db
OF_THE_AUTHORITY = (
    "certificate_revocation",
    "circular",
    "forced_closure",
    "formal_notice",
    "inspection_mission",
    "precautionary_suspension",
    "register_merge",
)


@pytest.mark.parametrize("who", ["director", "desk", "elsewhere", "owner"])
def test_only_the_role_that_the_procedure_names_opens_it_in_the_competent_office(place: Directorate, who: str) -> None:
    with pytest.raises(services.NotAllowed):
        place.opens("formal_notice", by=getattr(place, who))
    assert not Case.objects.exists()


def test_an_officer_who_serves_the_structure_opens_nothing_against_it(place: Directorate) -> None:
    Staff.objects.create(organisation=place.body, person=place.inspector, role="secretary", since=date(2020, 1, 1))
    with pytest.raises(services.NotAllowed, match="interest"):
        place.opens("formal_notice")


def test_a_file_that_is_sent_twice_is_opened_once(place: Directorate) -> None:
    key = uuid4()
    case = place.opens("formal_notice", key=key)
    assert place.opens("formal_notice", key=key) == case
    assert Case.objects.count() == 1
    assert entries_about(case).filter(action="case.open_file").count() == 1
    assert entries_about(case).get(action="case.open_file").actor == place.inspector.pk


def test_the_key_of_a_page_is_each_officers_own_and_never_somebody_elses_draft(place: Directorate) -> None:
    House()
    visitor = Visitor(a_person()).ready()
    case = place.opens("formal_notice", key=visitor.draft)
    assert visitor.file().status_code == 302
    filed = Case.objects.get(draft_id=visitor.draft)
    assert (filed.applicant, filed == case) == (visitor.person, False)
    other = a_structure(place="TN-81", organisation=place.body)
    assert place.opens("formal_notice", by=place.colleague, structure=other, key=visitor.draft) != case


def test_a_rule_that_does_not_hold_opens_nothing(place: Directorate) -> None:
    with pytest.raises(services.RulesBroken) as broken:
        place.opens("formal_notice", demand={"mend_by": in_days(3)})
    assert [each.rule for each in broken.value.explanations] == ["time_to_mend_is_fair"]
    with pytest.raises(services.RulesBroken):
        place.opens("precautionary_suspension", precaution={"until": in_days(31)})
    assert not Case.objects.exists()


def test_a_paper_on_which_the_file_rests_is_demanded_and_one_that_will_not_do_is_not_kept(place: Directorate) -> None:
    with pytest.raises(services.Refused) as refused:
        place.opens("forced_closure", papers={})
    assert set(refused.value.faults) == {"proof"}
    bad = a_paper()
    bad.file.seek(0)
    bad.file.write(b"MZ not a paper at all")
    with pytest.raises(services.Refused):
        place.opens("forced_closure", papers={"proof": [a_paper(), bad]})
    assert not Case.objects.exists()
    assert not Upload.objects.exists()


def test_those_concerned_see_nothing_before_they_are_heard_or_a_decision_takes_effect(place: Directorate) -> None:
    case = place.opens("formal_notice")
    sweep()
    assert not selectors.open_to_applicant(place.owner).exists()
    assert not selectors.cases_of_organisation(place.body.public_id).exists()
    assert not notices_of(place.owner).exists()
    assert not Document.objects.filter(case=case).exists()

    prepares(case, place.inspector, "notice", reasons=("premises",))
    assert not selectors.open_to_applicant(place.owner).exists()
    signs(case, place.director)

    assert list(selectors.open_to_applicant(place.owner)) == [case]
    assert list(selectors.cases_of_organisation(place.body.public_id)) == [case]


def test_nobody_outside_reads_it_and_those_concerned_neither_withdraw_nor_handle_it(place: Directorate) -> None:
    case = place.opens("forced_closure")
    assert access.actions_open_to(place.owner, case) == {"record_opinion"}
    assert not selectors.open_to_applicant(a_person()).exists()
    assert access.actions_open_to(place.elsewhere, case) == frozenset()
    with pytest.raises(services.IllegalMove):
        services.withdraw(case=case, by=place.owner)


def test_whoever_opened_the_file_or_prepared_the_decision_never_signs_it(place: Directorate) -> None:
    case = place.opens("forced_closure")
    answers_in_writing(case, place.owner)
    prepares(case, place.colleague, "notice", reasons=("danger",))
    for person in (place.inspector, place.colleague):
        appoint(person=person, office=place.office, role=Role.REGIONAL_DIRECTOR, since=date(2020, 1, 1))
        person = type(person).objects.get(pk=person.pk)
        with pytest.raises(services.NotAllowed, match="did not prepare"):
            signs(case, person)
        assert "sign" not in access.actions_open_to(person, case)
    assert not case.documents.exists()
    signs(case, place.director)
    assert case.documents.exists()


def test_a_measure_binds_nobody_without_a_second_person_whatever_the_route_says(place: Directorate) -> None:
    unsigned = procedure("forced_closure")
    unsigned = replace(unsigned, route=unsigned.route[:-1])
    assert [fault.address for fault in faults_of(unsigned)] == ["stage.decision"]
    with installed(unsigned):
        case = place.opens("forced_closure")
        answers_in_writing(case, place.owner)
        for person in (place.inspector, place.colleague):
            with pytest.raises(services.NotAllowed, match="signed by someone"):
                prepares(case, person, "notice", reasons=("danger",))
    case.refresh_from_db()
    assert (case.state, case.decisions.count()) == (State.DECISION, 0)


def test_no_sanction_is_prepared_while_the_time_to_answer_runs(place: Directorate) -> None:
    case = place.opens("forced_closure")
    record = selectors.open_stage(case)
    assert record is not None
    assert record.due_on is not None
    assert record.due_on > timezone.localdate()
    with pytest.raises(services.IllegalMove):
        prepares(case, place.inspector, "notice", reasons=("danger",))
    with pytest.raises(services.NotAllowed):
        services.pass_over_opinion(case=case, by=place.desk, version=case.version, note="No time.")
    work()
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        promise_daily()
        work()
    case.refresh_from_db()
    assert case.state == State.DECISION


def test_an_answer_and_its_papers_are_read_by_those_who_decide(place: Directorate) -> None:
    case = place.opens("forced_closure")
    with pytest.raises(services.Refused) as refused:
        answers_in_writing(case, place.owner, papers={"proof": [a_paper()]})
    assert set(refused.value.faults) == {"proof"}
    answers_in_writing(case, place.owner, papers={"reply": [a_paper(), a_paper("deux.pdf")]})
    assert selectors.answers_of_officers(case)["reply"] == REPLY["reply"]
    assert case.uploads.filter(paper="reply").exists()
    entry = entries_about(case).get(action="case.record_opinion")
    assert (entry.actor, "Les extincteurs" in str(entry.data)) == (place.owner.pk, False)


def test_the_office_writes_down_what_a_structure_without_an_account_answers_on_paper(place: Directorate) -> None:
    alone = a_structure("مركز بلا حساب", fr="Centre sans compte")
    nobody = a_structure("مركز بلا موظّف", fr="Centre sans personne", organisation=an_owner())
    for structure in (alone, nobody):
        case = place.opens("forced_closure", structure=structure)
        assert not has_account(case)
        assert case.applicant_name == structure.name_ar
        assert access.actions_open_to(place.desk, case) >= {"record_opinion"}
        answers_in_writing(case, place.desk, papers={"reply": [a_paper()]})
        assert case.state == State.DECISION


def test_whom_a_file_concerns_sees_it_once_disclosed_and_the_opener_never_in_their_own_account(
    place: Directorate,
) -> None:
    case = place.opens("forced_closure")
    assert case.disclosed_at is not None
    assert case.applicant == place.owner
    assert not selectors.cases_of(place.inspector).exists()
    assert not selectors.open_to_applicant(place.inspector).exists()


def test_the_clock_and_the_snapshot_are_those_of_any_case(place: Directorate) -> None:
    case = place.opens("formal_notice")
    assert case.due_on is not None
    assert case.due_on > timezone.localdate()
    assert case.snapshot.content["procedure"]["applicants"] == ["authority"]
    assert case.number.startswith("MED-")
    assert case.tracking_code == ""
    assert not case.documents.filter(output="receipt").exists()


@pytest.mark.parametrize("code", OF_THE_AUTHORITY)
def test_every_procedure_of_the_authority_has_no_fault_and_says_that_it_rests_on_assumptions(code: str) -> None:
    found = procedure(code)
    assert faults_of(found) == ()
    assert found.legal_basis == ()
    assert all(deadline.basis is None for deadline in found.deadlines)
    assert all(reason.basis is None for reason in found.reasons)


def unheard() -> p.Procedure:
    found = procedure("forced_closure")
    return replace(found, route=found.route[1:], papers=())


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (lambda: replace(procedure("forced_closure"), applicants=(p.AUTHORITY,)), "applicants"),
        (lambda: replace(procedure("forced_closure"), applicants=(p.authority("inspector"), p.CENTRE)), "applicants"),
        (lambda: replace(procedure("forced_closure"), concerned=""), "concerned"),
        (unheard, "route"),
        (lambda: without_end(procedure("precautionary_suspension")), "output.precaution"),
        (lambda: silent(procedure("forced_closure")), "route"),
        (lambda: replace(procedure("register_merge"), unheard=""), "route"),
        (lambda: replace(procedure("forced_closure"), unheard="x"), "stage.decision"),
    ],
)
def test_check_refuses_a_measure_without_opener_hearing_signature_or_end(wrong: Any, where: str) -> None:
    assert [fault.address for fault in faults_of(wrong())] == [where]


def without_end(found: p.Procedure) -> p.Procedure:
    return replace(found, outputs=tuple(replace(each, validity=None) for each in found.outputs))


def silent(found: p.Procedure) -> p.Procedure:
    """Those concerned may keep it waiting for ever."""
    hearing = replace(found.route[0], deadline=p.Deadline(p.WorkingDays(15)))
    return replace(found, route=(hearing, *found.route[1:]))


def test_a_delegate_of_the_opener_does_not_sign_in_their_name(place: Directorate) -> None:
    second = staff_of(place.office, Role.REGIONAL_DIRECTOR, "Rim")
    appoint(person=place.inspector, office=place.office, role=Role.REGIONAL_DIRECTOR, since=date(2020, 1, 1))
    stand_in = a_person("Sami")
    held = Membership.objects.get(person=place.inspector, role=Role.REGIONAL_DIRECTOR)
    administrator = staff_of(place.office, Role.ADMINISTRATOR, "Hoda")
    delegate(
        membership=held,
        to=stand_in,
        since=timezone.localdate(),
        until=timezone.localdate() + timedelta(days=30),
        reference="Acte 1",
        by=administrator,
    )
    case = place.opens("forced_closure")
    answers_in_writing(case, place.owner)
    prepares(case, place.colleague, "notice", reasons=("danger",))
    with pytest.raises(services.NotAllowed):
        signs(case, stand_in)
    signs(case, second)
    assert case.state == State.ISSUING
