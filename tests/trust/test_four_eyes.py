"""T25: preparer and signatory are never one person, whoever acts in whose name by an act or while somebody is away."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from procedures import api as p
from procedures.cases import access, services
from procedures.cases.models import Case, Decision
from procedures.cases.standing import people_of_decision
from procedures.offices.absences import declare_absence, end_absence
from procedures.offices.models import Absence, Delegation
from procedures.refusal import Refusal
from tests.procedures.documents.factories import keys_in
from tests.workbench.routes import REASON, SIGN, Town, installed, routed

pytestmark = [pytest.mark.django_db, pytest.mark.trust]
FULL = os.environ.get("TAKWIN_FULL") == "1"
EXAMPLES = 1000 if FULL else 60
ROUTE = (p.Decision((p.Kind.GRANT, p.Kind.REFUSE)), SIGN, p.Signature(code="countersignature"))
ACT = "Decision 12 of 1 October 2026, invented"

PEOPLE = ("director", "deputy", "desk", "colleague")
GIVEN = st.lists(st.tuples(st.sampled_from(["director", "deputy"]), st.sampled_from(PEOPLE)), max_size=2)
AWAY = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
ONE = st.sampled_from(PEOPLE)
BEGINNING = st.tuples(st.lists(st.tuples(AWAY, st.just("away")), max_size=2), st.tuples(ONE, st.just("prepare"))).map(
    lambda drawn: [*drawn[0], drawn[1]]
)
REST = st.lists(
    st.one_of(
        st.tuples(ONE, st.just("sign")),
        st.tuples(ONE, st.just("sign")),
        st.tuples(ONE, st.sampled_from(["prepare", "back", "returns"])),
        st.tuples(AWAY, st.just("away")),
    ),
    max_size=10,
)
ACTS = st.tuples(BEGINNING, REST).map(lambda drawn: [*drawn[0], *drawn[1]])


@pytest.fixture(scope="module")
def key_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def town(key_folder, settings, db) -> Town:
    settings.TAKWIN_KEYS = key_folder
    keys_in(key_folder)
    return Town()


@given(delegations=GIVEN, acts=ACTS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_preparer_and_signatory_are_never_one_person_through_delegation_too(town, delegations, acts):
    Delegation.objects.all().delete()
    Absence.objects.all().delete()
    for giver, to in delegations:
        give(town, giver, to)
    with installed(routed(*ROUTE)):
        case = town.files()
        for who, act in acts:
            if act == "away":
                goes_away(town, *who)
            elif act == "returns":
                comes_back(town, who)
            else:
                case = attempt(case, getattr(town, who), act)
        for decision in Decision.objects.filter(case=case):
            holds(decision)


def holds(decision: Decision) -> None:
    """Nobody stands beneath a decision twice: neither as who did it nor as in whose name it was done."""
    names = [decision.prepared_by_id, decision.in_name_of_id]
    for signature in decision.signatures.all():
        names += [signature.signed_by_id, signature.in_name_of_id]
    present = [pk for pk in names if pk is not None]
    if decision.in_name_of_id is not None:
        event("prepared by delegation")
    if decision.signatures.exclude(in_name_of=None).exists():
        event("signed by delegation")
    assert len(present) == len(set(present))
    assert people_of_decision(decision) == set(present)


def give(town: Town, giver: str, to: str) -> None:
    """By an act of the administration."""
    membership = getattr(town, giver).memberships.get()
    if giver != to and not membership.delegations.exists():
        days = {"since": timezone.localdate(), "until": timezone.localdate() + timedelta(days=9)}
        Delegation.objects.create(membership=membership, to=getattr(town, to), reference=ACT, **days)


def goes_away(town: Town, who: str, to: str) -> None:
    """Declared by whoever is away, as the screen does it; what the service refuses changes nothing."""
    person, today = getattr(town, who), timezone.localdate()
    days = {"since": today, "until": today + timedelta(days=4)}
    try:
        declare_absence(person=person, to=getattr(town, to), reference=ACT, by=person, **days)
    except Refusal:
        event("absence refused")
    else:
        event("absence declared")


def comes_back(town: Town, who: str) -> None:
    person = getattr(town, who)
    for absence in Absence.objects.filter(person=person):
        end_absence(absence=absence, on=timezone.localdate(), by=person)


def attempt(case: Case, person: Any, act: str) -> Case:
    """What the page offers is done, what it does not offer is refused."""
    before, open_to = case.state, access.actions_open_to(person, case)
    try:
        _try(act, case, person)
    except services.CaseError:
        assert act_of(act) not in open_to or before == "issuing"
        return Case.objects.get(pk=case.pk)
    assert act_of(act) in open_to
    return case


def act_of(act: str) -> str:
    return {"prepare": "prepare_decision", "sign": "sign", "back": "send_back"}[act]


def _try(act: str, case: Case, person: Any) -> None:
    if act == "prepare":
        services.prepare_decision(case=case, by=person, version=case.version, kind="refuse", reasons=[REASON])
    elif act == "sign":
        services.sign(case=case, by=person, version=case.version)
    else:
        services.send_back(case=case, by=person, version=case.version, note="Again.")
