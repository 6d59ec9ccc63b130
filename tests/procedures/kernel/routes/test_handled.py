"""Stages that officers open, leave out or hand over; and who keeps away."""

import pytest

from procedures import api as p
from procedures.audit.selectors import entries_about
from procedures.cases import access, selectors, services
from procedures.cases.states import State
from tests.procedures.kernel.routes.walking import grants
from tests.workbench import routes as w
from tests.workbench.routes import DECIDE, EXAMINE, SIGN, installed, opinion, routed

pytestmark = pytest.mark.django_db


def test_an_officer_opens_an_optional_stage_or_leaves_it_out_and_says_why(town):
    with installed(routed(EXAMINE, opinion(p.Central("training"), optional=True), DECIDE, SIGN)):
        skipped, opened = town.examined(), town.examined()
        assert (skipped.state, skipped.office) == (State.CHOICE, town.region)
        with pytest.raises(services.Refused):
            services.skip_stage(case=skipped, by=town.desk, version=skipped.version, note="")
        services.skip_stage(case=skipped, by=town.desk, version=skipped.version, note="The project is small.")
        assert skipped.state == State.DECISION
        services.open_stage(case=opened, by=town.desk, version=opened.version, note="It is far away.")
        assert (opened.state, opened.office) == (State.OPINION, town.central)
        services.record_opinion(case=opened, by=town.officer, version=opened.version, answers=w.advice())
        assert opened.state == State.DECISION


def test_what_is_written_in_a_checklist_is_kept_and_may_change_until_it_is_closed(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        case = town.files()
        services.keep_answers(case=case, by=town.desk, version=case.version, answers={"found": {"rooms": 4}})
        assert selectors.open_stage(case).answers == {"found": {"rooms": 4}}
        assert selectors.answers_of_officers(case) == {}
        with pytest.raises(services.Refused):
            services.keep_answers(case=case, by=town.desk, version=case.version, answers={"found": {"rooms": 400}})
        with pytest.raises(services.StaleCase, match="Dora"):
            services.keep_answers(case=case, by=town.colleague, version=case.version - 1, answers={})
        services.close_instruction(case=case, by=town.desk, version=case.version, answers=w.found_answers())
        assert selectors.answers_of_officers(case) == w.found_answers()
        with pytest.raises(services.IllegalMove):
            services.keep_answers(case=case, by=town.desk, version=case.version, answers={})


def test_an_office_hands_a_case_over_and_handles_it_until_the_other_takes_it(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        case = town.files()
        services.keep_answers(case=case, by=town.desk, version=case.version, answers={"found": {"rooms": 4}})
        for wrong in (town.region, town.experts, town.central):
            with pytest.raises(services.Refused):
                services.hand_to_office(case=case, by=town.desk, version=case.version, to=wrong, reason="Theirs.")
        services.hand_to_office(case=case, by=town.desk, version=case.version, to=town.other, reason="The place moved.")
        assert list(selectors.waiting_for(town.elsewhere)) == [case]
        assert "close_instruction" in access.actions_open_to(town.desk, case)
        assert access.actions_open_to(town.elsewhere, case) == {"take_over", "give_back"}

        services.give_back(case=case, by=town.elsewhere, version=case.version, note="It did not move.")
        assert (case.office, selectors.open_hand_over(case)) == (town.region, None)
        services.hand_to_office(case=case, by=town.desk, version=case.version, to=town.other, reason="Read the lease.")
        services.take_over(case=case, by=town.elsewhere, version=case.version)

        assert case.office == town.other
        assert selectors.open_stage(case).answers == {"found": {"rooms": 4}}
        assert access.actions_open_to(town.desk, case) == frozenset()
        assert access.case_for_staff(town.desk, case.public_id) == case
        services.close_instruction(case=case, by=town.elsewhere, version=case.version, answers=w.found_answers())
        assert case.office == town.other
        grants(town, case, by=town.director_elsewhere)


def test_a_hand_over_that_was_not_answered_lapses_when_the_case_goes_on(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        case = town.files()
        services.hand_to_office(case=case, by=town.desk, version=case.version, to=town.other, reason="The place moved.")
        services.close_instruction(case=case, by=town.desk, version=case.version, answers=w.found_answers())
        assert selectors.open_hand_over(case) is None
        assert access.actions_open_to(town.elsewhere, case) == frozenset()


def test_an_officer_with_a_conflict_of_interest_reads_the_case_and_acts_on_it_no_more(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        case = town.files()
        with pytest.raises(services.NotAllowed):
            services.declare_conflict(case=case, by=town.desk, reason="A cousin.", to=town.elsewhere)
        services.declare_conflict(case=case, by=town.desk, reason="A cousin.", to=town.colleague)

        assert case.assignee == town.colleague
        assert access.actions_open_to(town.desk, case) == frozenset()
        assert not selectors.waiting_for(town.desk).exists()
        assert list(selectors.waiting_for(town.colleague)) == [case]
        assert access.case_for_staff(town.desk, case.public_id) == case
        with pytest.raises(services.NotAllowed):
            services.close_instruction(case=case, by=town.desk, version=case.version, answers=w.found_answers())
        with pytest.raises(services.NotAllowed):
            services.assign(case=case, by=town.colleague, to=town.desk)
        told = entries_about(case).get(action="case.declare_conflict")
        assert (told.actor, told.data) == (town.desk.pk, {"to": town.colleague.pk})
