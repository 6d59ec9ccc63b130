"""What officers do on a case’s way, each through its address without a script; and those whom it concerns."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from procedures import api as p
from procedures.cases import selectors, services
from procedures.cases.models import Case, ConflictOfInterest, LateOpinion, StageRecord
from procedures.cases.states import State
from procedures.testing import posted
from tests.portal.backoffice.factories import act_on, at_screen_of, page_of, typed
from tests.workbench import routes as w
from tests.workbench.routes import DECIDE, EXAMINE, SIGN, Town, installed, opinion, routed

pytestmark = pytest.mark.django_db
ADVICE = {"advice-suitable": "True"}


@pytest.fixture
def town() -> Town:
    return Town()


def does(person: Any, case: Case, act: str, **data: Any) -> str:
    """The page that an officer comes to after an act."""
    case.refresh_from_db()
    client, address = at_screen_of(person), act_on(case, act)
    assert client.get(address).status_code == 200
    answer = client.post(address, typed(case, **data), follow=True)
    case.refresh_from_db()
    return answer.content.decode()


def sees(person: Any, case: Case) -> str:
    return at_screen_of(person).get(page_of(case)).content.decode()


def deadlines_pass() -> None:
    StageRecord.objects.update(due_on=timezone.localdate() - timedelta(days=1))


def test_an_officer_keeps_a_checklist_finds_it_again_and_closes_the_examination_with_it(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)) as procedure:
        case = town.files()
        told = does(town.desk, case, "keep_answers", **{"found-rooms": "7"})
        assert "The checklist is kept" in told
        page = at_screen_of(town.colleague).get(act_on(case, "close_instruction")).content.decode()
        assert 'value="7"' in page
        does(town.colleague, case, "close_instruction", note="", **posted(procedure, w.found_answers()))
        assert case.state == State.DECISION


def test_a_checklist_with_a_wrong_answer_is_not_kept_and_what_was_typed_is_there_again(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        case = town.files()
        told = does(town.desk, case, "keep_answers", **{"found-rooms": "700"})
        assert 'value="700"' in told
        assert selectors.open_stage(case).answers == {}


def test_an_optional_step_is_opened_or_left_out_with_a_reason_that_the_case_shows(town):
    with installed(routed(EXAMINE, opinion(p.Central("training"), optional=True), DECIDE, SIGN)):
        skipped, opened = town.examined(), town.examined()
        does(town.desk, skipped, "skip_stage", note="")
        assert skipped.state == State.CHOICE
        does(town.desk, skipped, "skip_stage", note="A small project.")
        assert skipped.state == State.DECISION
        shown = sees(town.director, skipped)
        assert "A small project." in shown
        assert "This optional step was left out" in shown
        does(town.desk, opened, "open_stage", note="It is far away.")
        assert (opened.state, opened.office) == (State.OPINION, town.central)


def test_an_office_that_is_asked_answers_on_its_page_and_those_who_decide_read_it(town):
    with installed(routed(EXAMINE, opinion(p.Outside("experts")), DECIDE, SIGN)):
        case = town.examined()
        assert "This case waits for the opinion that was asked for." in sees(town.desk, case)
        does(town.expert, case, "give_opinion", note="", **{"advice-suitable": ""})
        assert case.state == State.OPINION
        does(town.expert, case, "give_opinion", note="Enough light.", **ADVICE)
        assert case.state == State.DECISION
        assert "Enough light." in sees(town.director, case)


def test_an_opinion_is_passed_over_and_then_comes_late_and_is_shown_as_late(town):
    with installed(routed(EXAMINE, opinion(p.Outside("experts")), DECIDE, SIGN)):
        case = town.examined()
        deadlines_pass()
        does(town.desk, case, "pass_over_opinion", note="No answer to two letters.")
        assert case.state == State.DECISION
        does(town.expert, case, "add_late_opinion", note="Sorry for the delay.", **ADVICE)
        assert LateOpinion.objects.get().note == "Sorry for the delay."
        shown = sees(town.director, case)
        assert "No answer to two letters." in shown
        assert "It came after the case had gone on" in shown
        assert case.state == State.DECISION


def test_those_concerned_find_the_question_on_their_desk_and_for_others_it_does_not_exist(town):
    with installed(routed(EXAMINE, opinion(p.Concerned("case.applicant")), DECIDE, SIGN)):
        case = town.examined()
        assert "give_opinion" not in sees(town.desk, case)
        own, other = Client(), Client()
        own.force_login(town.applicant)
        other.force_login(town.elsewhere)
        at = reverse("desk:hearing", args=(case.public_id,))
        assert other.get(at).status_code == 404
        assert at in own.get(reverse("desk:home")).content.decode()
        assert own.post(at, {"note": ""}).status_code == 200
        assert Case.objects.get().state == State.OPINION

        own.post(at, ADVICE | {"note": "I agree."})

        case.refresh_from_db()
        assert case.state == State.DECISION
        assert case.stages.get(kind=State.OPINION).closed_by == town.applicant
        assert own.get(at).status_code == 404


def test_a_case_is_handed_to_another_office_which_gives_it_back_and_then_takes_it_over(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        case = town.files()
        does(town.desk, case, "hand_to_office", to=town.other.code, reason="The place lies there.")
        assert "The place lies there." in sees(town.elsewhere, case)
        does(town.elsewhere, case, "give_back", note="Not with us.")
        assert case.office == town.region
        does(town.desk, case, "hand_to_office", to=town.other.code, reason="See the lease.")
        does(town.elsewhere, case, "take_over")
        assert case.office == town.other
        assert "Another office took the case over" in sees(town.elsewhere, case)


def test_an_officer_leaves_a_case_and_then_reads_it_and_finds_nothing_to_do(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        case = town.files()
        does(town.desk, case, "declare_conflict", reason="My brother.", to=str(town.colleague.pk))
        assert ConflictOfInterest.objects.get().reason == "My brother."
        assert case.assignee == town.colleague
        answer = at_screen_of(town.desk).get(act_on(case, "close_instruction"))
        assert answer.status_code == 409
        assert sees(town.desk, case)


def test_rows_that_wait_are_decided_on_a_page_and_a_refused_one_needs_its_reason(town):
    decide = p.Decision((p.Kind.GRANT, p.Kind.REFUSE), each="people", automatic=p.ALWAYS)
    with installed(routed(decide, SIGN, outputs=(w.BADGE,), rules=(w.fee_is_usual,))):
        case = town.files(people={"fee": "900"})
        row = case.answers["people"][0]["_row"]
        services.decide_automatically(record=case.stages.get())
        page = at_screen_of(town.director).get(act_on(case, "prepare_decision")).content.decode()
        assert "is high" in page
        refused = {f"row:{row}": "refuse", f"reason:{row}": "", "motivation": ""}
        assert "A refused row needs a reason" in does(town.director, case, "prepare_decision", **refused)
        does(town.director, case, "prepare_decision", **(refused | {f"reason:{row}": w.REASON}))
        assert case.state == State.SIGNATURE
        assert "Not now." in sees(town.deputy, case)


def test_a_referred_case_shows_officers_and_the_applicant_where_it_leads(town, workbench):
    opens = (p.Opens("workbench", on=(p.Kind.REFER,)),)
    with installed(routed(p.Decision((p.Kind.GRANT, p.Kind.REFER)), opens=opens)):
        case = town.files()
        does(town.director, case, "prepare_decision", kind="refer", motivation="")
        assert case.state == State.REFERRED
        assert "The workbench" in sees(town.desk, case)
        own = Client()
        own.force_login(town.applicant)
        page = own.get(reverse("desk:case", args=(case.public_id,))).content.decode()
        assert reverse("public:service", args=("workbench",)) in page
        assert town.files("workbench").number in sees(town.desk, case)
