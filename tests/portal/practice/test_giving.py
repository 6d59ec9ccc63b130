"""Give me a case: made of a plugin's samples, at the step one handles, on one's own desk; and begin again."""

from typing import Any

import pytest

from portal.practice import giving
from portal.practice.models import GivenCase
from procedures.audit.models import Entry
from procedures.cases import services
from procedures.cases.access import actions_open_to
from procedures.cases.models import Case
from procedures.evidence.models import Upload
from procedures.refusal import Refusal
from procedures.testing import sample_stage_answers
from tests.registers.factories import a_structure

EQUIVALENCE = "foreign_certificate_equivalence"
ACTS = {  # what the person is left to do, by whom it is asked and where
    ("officer", "completeness"): "accept_completeness",
    ("central", "instruction"): "close_instruction",
    ("central", "commission"): "record_opinion_of_commission",
    ("central", "decision"): "prepare_decision",
    ("signatory", "signature"): "sign",
}


def offer(person: Any, stage: str, procedure: str = EQUIVALENCE) -> giving.Offer:
    return next(each for each in giving.offers_for(person) if (each.procedure.code, each.stage) == (procedure, stage))


@pytest.mark.parametrize(("account", "stage"), ACTS)
def test_a_case_comes_at_the_step_that_was_asked_and_its_act_is_left_to_do(
    people: dict[str, Any], account: str, stage: str
) -> None:
    who = people[account]
    (case,) = giving.give_cases(to=who, offer=offer(who, stage), count=1)
    assert case.state == stage
    assert case.assignee == who
    assert ACTS[account, stage] in actions_open_to(who, case)
    assert Entry.objects.get(action="practice.given", actor=who.pk).subject_id == str(case.pk)
    assert not Entry.objects.filter(actor=who.pk, action__startswith="case.").exclude(action="case.assign").exists()


def test_twenty_cases_are_all_different_numbered_and_say_that_they_are_invented(people: dict[str, Any]) -> None:
    officer = people["officer"]
    made = giving.give_cases(to=officer, offer=offer(officer, "completeness"), count=20)
    assert len({case.number for case in made}) == 20
    assert len({case.answers["identity"]["id_number"] for case in made}) > 15
    last = {case.answers["identity"]["last_name_lat"] for case in made}
    assert last <= {"Tadribi", "Ben Tadrib", "El Mokhtalak", "Namoudhaji"}
    assert {case.office for case in made} == {Case.objects.get(pk=made[0].pk).office}
    assert all(Upload.objects.filter(case=case).exists() for case in made)
    assert [row.case for row in giving.given_to(officer)] == list(reversed(made))


def test_a_file_of_the_authority_comes_too_to_its_inspector_and_to_the_director_who_signs(
    people: dict[str, Any],
) -> None:
    a_structure(place="TN-82")
    a_structure(place="TN-82", fr="Centre Deux", name="مركز ثان")
    inspector, director = people["inspector"], people["director"]
    (case,) = giving.give_cases(to=inspector, offer=offer(inspector, "notice", "formal_notice"), count=1)
    assert "prepare_decision" in actions_open_to(inspector, case)
    (other,) = giving.give_cases(to=director, offer=offer(director, "notice_signature", "formal_notice"), count=1)
    assert "sign" in actions_open_to(director, other)
    assert other.opened_by_id not in (inspector.pk, director.pk)


def test_any_procedure_is_offered_at_every_step_of_ones_own_and_at_no_other(
    people: dict[str, Any], workbench: Any
) -> None:
    for account in ("officer", "central", "signatory", "inspector", "director"):
        roles = set(people[account].memberships.values_list("role", flat=True))
        for each in giving.offers_for(people[account]):
            stage = next(one for one in each.procedure.route if one.name == each.stage)
            assert giving.role_for(stage, each.office) in roles
    assert "workbench" in {each.procedure.code for code in people for each in giving.offers_for(people[code])}
    assert giving.offers_for(people["trainee"]) == giving.offers_for(people["auditor"]) == []


def test_nobody_is_given_a_case_of_a_step_that_is_not_theirs(people: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="You do not handle this step"):
        giving.give_cases(to=people["officer"], offer=offer(people["signatory"], "signature"), count=1)
    assert not Case.objects.exists()


@pytest.mark.parametrize("count", [0, 21, -1])
def test_one_to_twenty_cases_are_given_at_a_time(people: dict[str, Any], count: int) -> None:
    with pytest.raises(Refusal, match="Ask for 1 to 20 cases"):
        giving.give_cases(to=people["officer"], offer=offer(people["officer"], "completeness"), count=count)


def test_a_genuine_portal_invents_no_case_and_clears_none(people: dict[str, Any], settings: Any) -> None:
    chosen = offer(people["officer"], "completeness")
    settings.TAKWIN_PRACTICE = False
    with pytest.raises(Refusal, match="practice space only"):
        giving.give_cases(to=people["officer"], offer=chosen, count=1)
    with pytest.raises(Refusal, match="practice space only"):
        giving.begin_again(by=people["officer"])
    assert not Case.objects.exists()


def test_beginning_again_clears_ones_own_cases_closes_them_and_deletes_nothing(people: dict[str, Any]) -> None:
    officer, central = people["officer"], people["central"]
    mine = giving.give_cases(to=officer, offer=offer(officer, "completeness"), count=2)
    (theirs,) = giving.give_cases(to=central, offer=offer(central, "instruction"), count=1)
    assert giving.begin_again(by=officer) == 2
    assert {Case.objects.get(pk=case.pk).state for case in mine} == {"withdrawn"}
    assert Case.objects.get(pk=theirs.pk).state == "instruction"
    assert giving.given_to(officer) == []
    assert GivenCase.objects.count() == 3
    assert Entry.objects.filter(action="practice.cleared", actor=officer.pk).count() == 2
    assert giving.begin_again(by=officer) == 0


def test_what_was_decided_meanwhile_is_cleared_and_stays_as_it_is(people: dict[str, Any]) -> None:
    central, signatory = people["central"], people["signatory"]
    (case,) = giving.give_cases(to=central, offer=offer(central, "decision"), count=1)
    granted = sample_stage_answers(offer(central, "decision").procedure, "decision")
    services.prepare_decision(case=case, by=central, version=case.version, kind="grant", answers=granted)
    case.refresh_from_db()
    services.sign(case=case, by=signatory, version=case.version)
    assert giving.begin_again(by=central) == 1
    case.refresh_from_db()
    assert case.state == "issuing"
