"""Each kind of stage, walked through by the services: who answers, what silence means, where the case goes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from procedures import api as p
from procedures.audit.selectors import entries_about
from procedures.calendar.services import add_working_days
from procedures.cases import access, selectors, services
from procedures.cases.models import Case, CaseLink, Decision, LateOpinion, StageRecord
from procedures.cases.states import State
from procedures.checks import faults_of
from procedures.documents.models import Document
from procedures.documents.services import prepare_documents
from tests.workbench import routes as w
from tests.workbench.routes import DECIDE, EXAMINE, SIGN, Town, installed, opinion, routed

pytestmark = pytest.mark.django_db
WAITS, PASSES, FAVOURS, REFUSES = p.Silence.WAITS, p.Silence.PASSES, p.Silence.FAVOURS, p.Silence.REFUSES


@pytest.fixture
def town(db, tmp_path, settings) -> Town:
    from django.core.management import call_command

    settings.TAKWIN_KEYS = tmp_path / "keys"
    call_command("make_keys", verbosity=0)
    return Town()


def after_days(number: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=number), tick=False)


def grants(town: Town, case: Case, *, kind: str = "grant", by: Any = None, **more: Any) -> Decision:
    return services.prepare_decision(case=case, by=by or town.director, version=case.version, kind=kind, **more)


def last_entry(case: Case) -> Any:
    return entries_about(case).order_by("-seq").first()


# Opinions


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


# Several decisions


def test_a_route_registers_then_examines_then_finds_conform_with_a_document_for_each(town):
    route = (
        p.Decision((p.Kind.REGISTER, p.Kind.REFUSE), code="registering"),
        EXAMINE,
        p.Decision((p.Kind.CONFORM, p.Kind.NOTICE), code="finding"),
        SIGN,
    )
    reasons = (
        *w.PROCEDURE.reasons,
        p.Reason("too_small", w.say("ضيّق", "Trop petit", "Too small"), on=(p.Kind.NOTICE,)),
    )
    with installed(routed(*route, outputs=(w.ENTRY, w.SOUND), reasons=reasons)) as procedure:
        assert faults_of(procedure) == ()
        case = town.files()
        grants(town, case, kind="register")
        assert (case.state, case.outcome, case.closed_at) == (State.INSTRUCTION, "", None)
        assert list(case.documents.values_list("output", flat=True)) == ["entry"]
        services.close_instruction(case=case, by=town.desk, version=case.version, answers=w.found_answers())
        with pytest.raises(services.Refused) as refused:
            grants(town, case, kind="notice")
        assert set(refused.value.faults) == {"reasons"}
        grants(town, case, kind="conform")
        services.sign(case=case, by=town.deputy, version=case.version)

        assert (case.state, case.outcome) == (State.ISSUING, "conform")
        assert set(case.documents.values_list("output", flat=True)) == {"entry", "sound"}
        assert all(Decision.objects.values_list("effective_at", flat=True))
        Document.objects.update(state="issued")
        services.finish_issuing(case_id=case.pk)
        assert Case.objects.get().state == State.ISSUED


def test_a_refusal_ends_the_route_wherever_it_falls(town):
    route = (
        p.Decision((p.Kind.REGISTER, p.Kind.REFUSE), code="first"),
        EXAMINE,
        p.Decision((p.Kind.CONFORM,), code="x"),
    )
    with installed(routed(*route, outputs=(w.SOUND,))):
        case = town.files()
        grants(town, case, kind="refuse", reasons=[w.REASON])
        assert (case.state, case.outcome) == (State.REFUSED, "refuse")


@pytest.mark.parametrize(
    ("kind", "end"),
    [("register", "issued"), ("grant", "issued"), ("conform", "issued"), ("notice", "notified"), ("refer", "referred")],
)
def test_each_kind_of_decision_leaves_the_case_where_it_says(town, kind, end):
    opens = (p.Opens("workbench", on=(p.Kind.REFER,)),) if kind == "refer" else ()
    with installed(routed(EXAMINE, p.Decision((p.Kind(kind),)), outputs=(), opens=opens, reasons=())):
        case = town.examined()
        grants(town, case, kind=kind)
        assert (case.state, case.outcome) == (end, kind)


def test_a_case_that_is_referred_offers_the_other_procedure_and_filing_it_links_the_two(town, workbench):
    opens = (p.Opens("workbench", on=(p.Kind.REFER,)),)
    with installed(routed(p.Decision((p.Kind.GRANT, p.Kind.REFER)), opens=opens)):
        case = town.files()
        grants(town, case, kind="refer")
        offer = CaseLink.objects.get()
        assert (offer.case, offer.kind, offer.procedure, offer.to) == (case, "referred", "workbench", None)
        stranger = town.files("workbench", applicant=town.elsewhere)
        assert stranger.comes_from.count() == 0

        other = town.files("workbench")

        assert [link.to for link in selectors.links_of(case)] == [other]
        assert [link.case for link in selectors.links_of(other)] == [case]
        assert last_entry(case).action == "case.link"


def test_those_who_decided_a_case_do_not_handle_its_appeal(town):
    with installed(routed(DECIDE, SIGN)):
        case = town.files()
        grants(town, case, kind="refuse", reasons=[w.REASON])
        services.sign(case=case, by=town.deputy, version=case.version)
        appeal = town.files()
        assert "prepare_decision" in access.actions_open_to(town.director, appeal)
        services.link_cases(case=case, to=appeal, kind=CaseLink.Kind.APPEAL)
        for person in (town.director, town.deputy):
            assert access.actions_open_to(person, appeal) == frozenset()


# What needs no person


def test_a_route_with_no_person_ends_in_its_document(town):
    with installed(routed(p.Decision((p.Kind.GRANT,), automatic=~w.remote), reasons=())):
        case = town.files()
        w.work()
        w.work()
        case.refresh_from_db()
        assert case.state == State.ISSUING
        assert Decision.objects.get().origin == Decision.Origin.AUTOMATIC
        assert case.documents.get().output == "leave"
        assert (last_entry(case).action, last_entry(case).actor) == ("case.decide_automatically", None)


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_a_condition_that_fails_or_is_unknown_leaves_the_decision_to_a_person(town, answer):
    def down(number: Any) -> bool:
        raise ConnectionError

    known = p.Fact("workbench.known", ("asking.cin",), down)
    automatic = w.remote if answer == "no" else p.given(known, says="known")
    with installed(routed(p.Decision((p.Kind.GRANT,), automatic=automatic), reasons=())):
        case = town.files()
        w.work()
        assert Case.objects.get().state == State.DECISION
        assert not Decision.objects.exists()
        grants(town, case)
        assert case.state == State.ISSUING


def test_an_automatic_decision_waits_for_its_signature_and_one_sent_back_is_a_persons(town):
    with installed(routed(p.Decision((p.Kind.GRANT,), automatic=~w.remote), SIGN, reasons=())):
        case = town.files()
        w.work()
        case.refresh_from_db()
        assert case.state == State.SIGNATURE
        services.send_back(case=case, by=town.director, version=case.version, note="Look at the place.")
        w.work()
        case.refresh_from_db()
        assert case.state == State.DECISION
        grants(town, case)
        services.sign(case=case, by=town.deputy, version=case.version)
        assert case.state == State.ISSUING


# Decision by row


def people(*fees: str) -> dict[str, Any]:
    person = {"name_ar": "أمينة", "cin": "01234567", "born_on": "2001-05-14", "phone": None, "level": "beginner"}
    return [
        {"_row": f"r{number}", **person, "name_lat": f"Person {'ABCDEFG'[number]}", "fee": fee}
        for number, fee in enumerate(fees, start=1)
    ]


def by_row(*more: Any, **changes: Any) -> Any:
    decide = p.Decision((p.Kind.GRANT, p.Kind.REFUSE), each="people", automatic=p.ALWAYS)
    return installed(routed(decide, *more, outputs=(w.BADGE,), rules=(w.fee_is_usual,), **changes))


def files_rows(town: Town, rows: list[dict[str, Any]]) -> Case:
    from unittest.mock import patch

    import tests.workbench.routes as module

    plain = module.sample_answers
    with patch.object(module, "sample_answers", lambda *args, **more: plain(*args, **more) | {"people": rows}):
        return town.files()


def test_unflagged_rows_are_decided_by_themselves_and_flagged_ones_wait_for_a_person(town):
    with by_row() as procedure:
        assert faults_of(procedure) == ()
        case = files_rows(town, people("100", "900", "200", "800"))
        w.work()
        case.refresh_from_db()
        assert case.state == State.DECISION
        assert set(case.row_decisions.values_list("row", "kind", "by")) == {
            ("r1", "grant", None),
            ("r3", "grant", None),
        }
        with pytest.raises(services.Refused) as refused:
            grants(town, case, kind="", rows={"r2": {"kind": "refuse"}})
        assert set(refused.value.faults) == {"row:r2", "row:r4"}

        rows = {"r2": {"kind": "refuse", "reason": w.REASON}, "r4": {"kind": "grant"}}
        decision = grants(town, case, kind="", rows=rows)

        assert (decision.kind, case.state) == ("grant", State.ISSUING)
        assert list(case.documents.order_by("row").values_list("output", "row", "holder_ar")) == [
            ("badge", "r1", "Person B"),
            ("badge", "r3", "Person D"),
            ("badge", "r4", "Person E"),
        ]
        assert len(prepare_documents(case=case, decision=decision)) == 3
        assert case.documents.count() == 3
        assert case.row_decisions.get(row="r2").reason == w.REASON


def test_where_no_row_is_flagged_nobody_decides_and_where_all_are_refused_the_case_is(town):
    with by_row():
        case = files_rows(town, people("100", "200"))
        w.work()
        case.refresh_from_db()
        assert (case.state, case.documents.count()) == (State.ISSUING, 2)
        case = files_rows(town, people("900"))
        w.work()
        grants(town, case, kind="", rows={"r1": {"kind": "refuse", "reason": w.REASON}})
        assert (case.state, case.documents.get().output) == (State.REFUSED, "refusal")


def test_effects_see_the_granted_rows_and_no_others(town):
    seen: list[str] = []

    @p.effect(p.Kind.GRANT, says="rows")
    def note(case: p.DecidedCase) -> None:
        seen.extend(row["name_lat"] for row in case.rows("people"))

    with by_row(effects=(note,)):
        case = files_rows(town, people("100", "900"))
        w.work()
        case.refresh_from_db()
        grants(town, case, kind="", rows={"r2": {"kind": "refuse", "reason": w.REASON}})
    assert seen == ["Person B"]


# Optional stages and the checklist


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


# Hands


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


# Silence of the whole procedure


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
