"""Whom a route asks: who answers, until when, and what silence means."""

import pytest
from django.utils import timezone

from procedures import api as p
from procedures.audit.selectors import entries_about
from procedures.calendar.services import add_working_days
from procedures.cases import access, selectors, services
from procedures.cases.models import Case, Decision, LateOpinion, StageRecord
from procedures.cases.states import State
from procedures.checks import faults_of
from tests.procedures.kernel.routes.walking import after_days
from tests.workbench import routes as w
from tests.workbench.routes import DECIDE, EXAMINE, SIGN, installed, opinion, routed

pytestmark = pytest.mark.django_db
WAITS, PASSES, FAVOURS, REFUSES = p.Silence.WAITS, p.Silence.PASSES, p.Silence.FAVOURS, p.Silence.REFUSES


@pytest.mark.parametrize(
    ("party", "who"),
    [(p.Central("training"), "officer"), (p.Regional("asking.governorate"), "desk"), (p.Outside("experts"), "expert")],
)
def test_the_party_that_is_asked_answers_typed_questions_within_its_own_deadline(town, party, who):
    with installed(routed(EXAMINE, opinion(party), DECIDE, SIGN)) as procedure:
        assert faults_of(procedure) == ()
        case = town.examined()
        record = selectors.open_stage(case)
        assert (case.state, record.due_on) == (State.OPINION, add_working_days(timezone.localdate(), 5))

        with pytest.raises(services.NotAllowed):
            services.record_opinion(case=case, by=town.elsewhere, version=case.version, answers=w.advice())
        with pytest.raises(services.Refused) as refused:
            services.record_opinion(case=case, by=getattr(town, who), version=case.version, answers={})
        assert set(refused.value.faults) == {"suitable"}
        services.record_opinion(case=case, by=getattr(town, who), version=case.version, answers=w.advice(False))

        assert case.state == State.DECISION
        assert selectors.answers_of_officers(case)["advice"] == {"suitable": False}


def test_those_concerned_answer_from_their_own_account_and_the_office_that_asks_does_not_answer_for_them(town):
    with installed(routed(EXAMINE, opinion(p.Concerned("case.applicant")), DECIDE, SIGN)):
        case = town.examined()
        assert case.office == town.region
        assert list(selectors.opinions_asked(town.applicant)) == [selectors.open_stage(case)]
        assert not selectors.waiting_for(town.desk).exists()
        with pytest.raises(services.NotAllowed):
            services.record_opinion(case=case, by=town.desk, version=case.version, answers=w.advice())

        services.record_opinion(case=case, by=town.applicant, version=case.version, answers=w.advice())

        assert case.state == State.DECISION
        assert not selectors.opinions_asked(town.applicant).exists()


@pytest.mark.parametrize(("silence", "goes_on"), [(WAITS, False), (PASSES, True), (FAVOURS, True), (REFUSES, True)])
def test_silence_does_what_the_route_says_at_the_deadline_and_once(town, silence, goes_on):
    with installed(routed(EXAMINE, opinion(p.Outside("experts"), silence), DECIDE, SIGN)):
        case = town.examined()
        w.work()
        assert Case.objects.get().state == State.OPINION

        with after_days(30):
            w.promise_daily()
            w.work()
            w.promise_daily()
            w.work()

        case.refresh_from_db()
        assert case.state == (State.DECISION if goes_on else State.OPINION)
        told = entries_about(case).filter(action="case.pass_by_silence")
        assert [each.data["silence"] for each in told] == ([silence.value] if goes_on else [])
        assert all(each.actor is None for each in told)


def test_an_opinion_that_comes_late_is_kept_and_shown_and_changes_nothing(town):
    with installed(routed(EXAMINE, opinion(p.Outside("experts"), PASSES), DECIDE, SIGN)):
        case = town.examined()
        with after_days(30):
            w.promise_daily()
            w.work()
            case.refresh_from_db()
            assert access.actions_open_to(town.expert, case) == {"add_late_opinion"}
            before = (case.state, case.version, selectors.every_answer(case))

            services.add_late_opinion(case=case, by=town.expert, answers=w.advice(False), note="Too small.")

            assert (case.state, case.version, selectors.every_answer(case)) == before
            assert LateOpinion.objects.get().answers == w.advice(False)
            assert access.actions_open_to(town.expert, case) == frozenset()
            with pytest.raises(services.NotAllowed):
                services.add_late_opinion(case=case, by=town.expert, answers=w.advice())


def test_the_office_that_asked_goes_on_without_an_opinion_only_once_its_time_is_up_and_says_why(town):
    with installed(routed(EXAMINE, opinion(p.Outside("experts")), DECIDE, SIGN)):
        case = town.examined()
        with pytest.raises(services.NotAllowed):
            services.pass_over_opinion(case=case, by=town.desk, version=case.version, note="They are slow.")
        with after_days(30):
            with pytest.raises(services.Refused):
                services.pass_over_opinion(case=case, by=town.desk, version=case.version, note=" ")
            with pytest.raises(services.NotAllowed):
                services.pass_over_opinion(case=case, by=town.expert, version=case.version, note="Busy.")
            services.pass_over_opinion(case=case, by=town.desk, version=case.version, note="They do not answer.")
        assert case.state == State.DECISION
        assert case.stages.get(kind=State.OPINION).ending == StageRecord.Ending.PASSED_OVER


@pytest.mark.parametrize(
    ("silence", "basis", "state"),
    [
        (FAVOURS, w.TEXT, State.ISSUING),
        (REFUSES, w.TEXT, State.REFUSED),
        (PASSES, w.TEXT, State.DECISION),
        (FAVOURS, None, State.INSTRUCTION),
        (REFUSES, None, State.INSTRUCTION),
        (WAITS, w.TEXT, State.INSTRUCTION),
    ],
)
def test_the_silence_of_a_whole_procedure_decides_only_where_a_text_says_so(town, silence, basis, state):
    deadline = p.Deadline(p.WorkingDays(10), silence=silence, basis=basis)
    with installed(routed(EXAMINE, DECIDE, SIGN, deadline=deadline)) as procedure:
        assert bool(faults_of(procedure)) == (basis is None)
        case = town.files()
        with after_days(40):
            w.promise_daily()
            w.work()
            w.promise_daily()
            w.work()
        case.refresh_from_db()
        assert case.state == state
        if state in (State.ISSUING, State.REFUSED):
            decision = Decision.objects.get()
            assert (decision.origin, decision.prepared_by) == (Decision.Origin.SILENCE, None)
            document = case.documents.exclude(output="receipt").get()
            words = str(document.content)
            assert ("By silence" in words) or ("counts as a refusal" in words)


def test_silence_does_not_decide_while_the_case_waits_for_the_applicant(town):
    deadline = p.Deadline(p.WorkingDays(10), silence=REFUSES, basis=w.TEXT)
    with installed(routed(EXAMINE, DECIDE, SIGN, deadline=deadline)):
        case = town.files()
        items = [{"path": "project.kind", "reason": "incorrect", "note": "Which?"}]
        services.ask_correction(case=case, by=town.desk, version=case.version, items=items)
        with after_days(60):
            w.promise_daily()
            w.work()
        assert Case.objects.get().state == State.CORRECTION
