"""Who acts in whose name: delegations with their days, and T25: preparer and signatory are never one person."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures import api as p
from procedures.audit.selectors import entries_about
from procedures.cases import access, selectors, services
from procedures.cases.models import Case, Decision, SignatureAct
from procedures.cases.standing import people_of_decision
from procedures.documents.models import Document
from procedures.offices.delegating import capacities, delegate, end_delegation
from procedures.offices.guards import NotAdministrator, OwnRights
from procedures.offices.models import Delegation, Role
from procedures.offices.selectors import serves
from procedures.offices.services import appoint
from procedures.refusal import Refusal
from tests.procedures.documents.factories import keys_in
from tests.procedures.kernel.factories import a_person, staff_of
from tests.workbench.routes import REASON, SIGN, Town, installed, routed

pytestmark = pytest.mark.django_db
ROUTE = (p.Decision((p.Kind.GRANT, p.Kind.REFUSE)), SIGN, p.Signature(code="countersignature"))
ACT = "Decision 12 of 1 October 2026, invented"


@pytest.fixture(scope="module")
def key_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def town(key_folder, settings, db) -> Town:
    settings.TAKWIN_KEYS = key_folder
    keys_in(key_folder)
    return Town()


def gives(town: Town, giver: Any, to: Any, *, lasts: int = 30, since: date | None = None) -> Delegation:
    start = since or timezone.localdate()
    membership = giver.memberships.get(role=Role.REGIONAL_DIRECTOR)
    chief = staff_of(town.central, Role.ADMINISTRATOR)
    return delegate(
        membership=membership, to=to, since=start, until=start + timedelta(days=lasts), reference=ACT, by=chief
    )


def test_a_delegate_signs_in_the_name_of_the_director_and_the_audit_and_the_document_say_so(town):
    with installed(routed(ROUTE[0], SIGN)):
        case = town.files()
        services.prepare_decision(case=case, by=town.deputy, version=case.version, kind="grant")
        assert "sign" not in access.actions_open_to(town.desk, case)
        gives(town, town.director, town.desk)
        assert list(selectors.waiting_for(town.desk)) == [case]

        services.sign(case=case, by=town.desk, version=case.version)

        act = SignatureAct.objects.get()
        assert (act.signed_by, act.in_name_of) == (town.desk, town.director)
        told = entries_about(case).get(action="case.sign")
        assert (told.actor, told.data["in_name_of"]) == (town.desk.pk, town.director.pk)
        assert town.director.get_full_name() in Document.objects.get().content["signatory"]["capacity"]["en"]


def test_a_delegation_holds_from_its_first_day_to_the_day_before_its_end_and_not_when_it_is_ended(town):
    start = timezone.localdate() + timedelta(days=3)
    given = gives(town, town.director, town.desk, since=start, lasts=2)
    found = []
    for day in range(7):
        with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
            found.append(serves(town.desk, town.region, Role.REGIONAL_DIRECTOR))
    assert found == [False, False, False, True, True, False, False]
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        end_delegation(delegation=given, by=None)
        assert not serves(town.desk, town.region, Role.REGIONAL_DIRECTOR)


def test_a_delegation_ends_with_the_role_that_was_delegated_and_with_the_account_of_who_gave_it(town):
    gives(town, town.director, town.desk)
    assert capacities(town.desk, town.region, Role.REGIONAL_DIRECTOR)[0].in_name_of == town.director
    town.director.is_active = False
    town.director.save()
    assert capacities(town.desk, town.region, Role.REGIONAL_DIRECTOR) == ()


@pytest.mark.parametrize("wrong", ["days", "past", "itself", "no_act", "too_long", "twice", "role", "stranger", "own"])
def test_a_delegation_that_will_not_do_is_refused(town, wrong):
    today = timezone.localdate()
    chief = staff_of(town.central, Role.ADMINISTRATOR)
    asked = {
        "membership": town.director.memberships.get(),
        "to": town.desk,
        "since": today,
        "until": today + timedelta(days=5),
        "reference": ACT,
        "by": chief,
    }
    raises: type[Exception] = Refusal
    if wrong == "days":
        asked["until"] = today
    elif wrong == "past":
        asked["since"] = today - timedelta(days=1)
    elif wrong == "itself":
        asked["to"] = town.director
    elif wrong == "no_act":
        asked["reference"] = "  "
    elif wrong == "too_long":
        until = today + timedelta(days=2)
        asked["membership"] = appoint(
            person=a_person(), office=town.region, role=Role.REGIONAL_DIRECTOR, since=today, until=until
        )
    elif wrong == "twice":
        delegate(**asked)
    elif wrong == "role":
        asked["membership"] = chief.memberships.get()
        asked["to"] = town.desk
    elif wrong == "stranger":
        asked["by"], raises = town.desk, NotAdministrator
    else:
        asked["to"], raises = chief, OwnRights
    before = Delegation.objects.count()
    with pytest.raises(raises):
        delegate(**asked)
    assert Delegation.objects.count() == before


PEOPLE = ("director", "deputy", "desk", "colleague")
ACTS = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["prepare", "sign", "back"])), max_size=8)
GIVEN = st.lists(st.tuples(st.sampled_from(["director", "deputy"]), st.sampled_from(PEOPLE)), max_size=2)


@given(delegations=GIVEN, acts=ACTS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_preparer_and_signatory_are_never_one_person_through_delegation_too(town, delegations, acts):
    Delegation.objects.all().delete()
    for giver, to in delegations:
        membership = getattr(town, giver).memberships.get()
        if giver != to and not membership.delegations.exists():
            today = timezone.localdate()
            Delegation.objects.create(
                membership=membership, to=getattr(town, to), since=today, until=today + timedelta(days=9), reference=ACT
            )
    with installed(routed(*ROUTE)):
        case = town.files()
        for who, act in acts:
            person, before = getattr(town, who), case.state
            open_to = access.actions_open_to(person, case)
            try:
                _try(act, case, person)
            except services.CaseError:
                case = Case.objects.get(pk=case.pk)
                assert act_of(act) not in open_to or before == "issuing"
            else:
                assert act_of(act) in open_to
        for decision in Decision.objects.filter(case=case):
            names = [decision.prepared_by_id, decision.in_name_of_id]
            for signature in decision.signatures.all():
                names += [signature.signed_by_id, signature.in_name_of_id]
            present = [pk for pk in names if pk is not None]
            assert len(present) == len(set(present))
            assert people_of_decision(decision) == set(present)


def act_of(act: str) -> str:
    return {"prepare": "prepare_decision", "sign": "sign", "back": "send_back"}[act]


def _try(act: str, case: Case, person: Any) -> None:
    if act == "prepare":
        services.prepare_decision(case=case, by=person, version=case.version, kind="refuse", reasons=[REASON])
    elif act == "sign":
        services.sign(case=case, by=person, version=case.version)
    else:
        services.send_back(case=case, by=person, version=case.version, note="Again.")
