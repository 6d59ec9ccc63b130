"""Who acts in whose name: delegations with their days."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from procedures.audit.selectors import entries_about
from procedures.cases import access, selectors, services
from procedures.cases.models import SignatureAct
from procedures.documents.models import Document
from procedures.offices.delegating import capacities, delegate, end_delegation
from procedures.offices.guards import NotAdministrator, OwnRights
from procedures.offices.models import Delegation, Role
from procedures.offices.selectors import serves
from procedures.offices.services import appoint
from procedures.refusal import Refusal
from tests.procedures.documents.factories import keys_in
from tests.procedures.kernel.factories import a_person, staff_of
from tests.workbench.routes import DECIDE, SIGN, Town, installed, routed

pytestmark = pytest.mark.django_db
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
    with installed(routed(DECIDE, SIGN)):
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
