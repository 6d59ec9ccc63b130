"""Decisions along a route: where each leaves the case, and which are taken without a person."""

from typing import Any

import pytest

from procedures import api as p
from procedures.cases import access, selectors, services
from procedures.cases.models import Case, CaseLink, Decision
from procedures.cases.states import State
from procedures.checks import faults_of
from procedures.documents.models import Document
from tests.procedures.kernel.routes.walking import grants, last_entry
from tests.workbench import routes as w
from tests.workbench.routes import DECIDE, EXAMINE, SIGN, installed, routed

pytestmark = pytest.mark.django_db


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
