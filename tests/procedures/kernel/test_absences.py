"""Absences that delegate: who declares them, who may be named, what the delegate does and says, and their end."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from procedures import api as p
from procedures.audit.models import Entry
from procedures.audit.selectors import entries_about
from procedures.cases import access, selectors, services
from procedures.cases.models import SignatureAct
from procedures.inboxes.circles import seats_of
from procedures.inboxes.selectors import in_name_of
from procedures.offices.absences import declare_absence, delegates_for, end_absence
from procedures.offices.guards import OwnRights
from procedures.offices.models import Absence, Delegation, Role
from procedures.offices.selectors import serves
from procedures.refusal import Refusal
from tests.procedures.documents.factories import keys_in
from tests.procedures.kernel.factories import staff_of
from tests.workbench.routes import DECIDE, SIGN, Town, found_answers, installed, routed

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


def goes_away(person: Any, *, to: Any = None, days: int = 5, by: Any = None, **more: Any) -> Absence:
    today = timezone.localdate()
    told = {"since": today, "until": today + timedelta(days=days), "reference": ACT} | more
    return declare_absence(person=person, to=to, by=by or person, **told)


def test_the_delegate_signs_in_the_name_of_whoever_is_away_and_everything_says_so(town):
    with installed(routed(DECIDE, SIGN)):
        case = town.files()
        services.prepare_decision(case=case, by=town.deputy, version=case.version, kind="grant")
        town.deputy.memberships.update(until=timezone.localdate())
        goes_away(town.director, to=town.desk)
        assert access.in_whose_name(town.desk, case) == town.director
        assert in_name_of(seats_of(town.desk), (case,)) == {case.pk: town.director}

        services.sign(case=case, by=town.desk, version=case.version)

        act = SignatureAct.objects.get()
        assert (act.signed_by, act.in_name_of) == (town.desk, town.director)
        assert entries_about(case).get(action="case.sign").data["in_name_of"] == town.director.pk
        told = next(each for each in selectors.history(case) if each.action == "case.sign")
        assert (told.actor, told.in_name_of) == (town.desk, town.director)


def test_what_is_assigned_to_whoever_is_away_is_done_in_their_name_by_an_equal_too(town):
    with installed(routed(p.Instruction(), DECIDE)):
        theirs, own = town.files(), town.files()
        services.assign(case=theirs, by=town.colleague, to=town.colleague)
        goes_away(town.colleague, to=town.desk)
        theirs.refresh_from_db()
        assert in_name_of(seats_of(town.desk), (theirs, own)) == {theirs.pk: town.colleague}

        for case in (theirs, own):
            services.close_instruction(case=case, by=town.desk, version=case.version, answers=found_answers())

        told = [entries_about(case).get(action="case.close_instruction").data for case in (theirs, own)]
        assert [each.get("in_name_of") for each in told] == [town.colleague.pk, None]


def test_it_holds_through_the_last_day_and_ends_the_day_somebody_is_back(town):
    absence = goes_away(town.director, to=town.desk, days=3)
    found = []
    for day in range(5):
        with time_machine.travel(timezone.now() + timedelta(days=day), tick=False):
            found.append(serves(town.desk, town.region, Role.REGIONAL_DIRECTOR))
    assert found == [True, True, True, True, False]
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        end_absence(absence=absence, on=timezone.localdate(), by=town.director)
        assert not serves(town.desk, town.region, Role.REGIONAL_DIRECTOR)
    assert Absence.objects.get().until == timezone.localdate()
    assert Entry.objects.filter(action="office.end_delegation").count() == 1


def test_an_absence_that_never_began_leaves_nothing_that_anybody_acts_by(town):
    start = timezone.localdate() + timedelta(days=2)
    absence = goes_away(town.director, to=town.desk, since=start, until=start + timedelta(days=3))
    assert end_absence(absence=absence, on=start, by=town.director) is None
    given = Delegation.objects.get()
    assert (given.until, given.absence) == (given.since, None)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assert not serves(town.desk, town.region, Role.REGIONAL_DIRECTOR)


def test_whoever_heads_the_office_does_it_for_a_colleague_and_never_names_themselves(town):
    absence = goes_away(town.desk, to=town.colleague, by=town.director)
    assert (absence.stand_in, Delegation.objects.get().to) == (town.colleague, town.colleague)
    end_absence(absence=absence, on=timezone.localdate(), by=town.director)
    with pytest.raises(OwnRights):
        goes_away(town.desk, to=town.director, by=town.director)
    assert not Delegation.objects.filter(to=town.director).exists()


def test_only_colleagues_who_handle_cases_in_the_same_office_may_be_named(town):
    auditor = staff_of(town.region, Role.AUDITOR)
    assert set(delegates_for(town.director)) == {town.desk, town.colleague, town.deputy}
    assert auditor not in delegates_for(town.director)


def test_a_seat_in_a_commission_and_control_are_not_delegated_by_an_absence(town):
    for role in (Role.COMMISSION_MEMBER, Role.AUDITOR, Role.ADMINISTRATOR):
        town.director.memberships.create(office=town.region, role=role, since=timezone.localdate())
    goes_away(town.director, to=town.desk)
    assert [each.membership.role for each in Delegation.objects.all()] == [Role.REGIONAL_DIRECTOR]


@pytest.mark.parametrize(
    "wrong", ["stranger", "colleague", "past", "backwards", "twice", "elsewhere", "itself", "no_act", "away", "leaves"]
)
def test_an_absence_that_will_not_do_is_refused_and_nothing_is_given(town, wrong):
    today = timezone.localdate()
    asked: dict[str, Any] = {"person": town.director, "to": town.desk}
    if wrong == "stranger":
        asked["by"] = town.director_elsewhere
    elif wrong == "colleague":
        asked["by"] = town.desk
    elif wrong == "past":
        asked |= {"since": today - timedelta(days=1)}
    elif wrong == "backwards":
        asked |= {"until": today - timedelta(days=1)}
    elif wrong == "twice":
        goes_away(town.director)
    elif wrong == "elsewhere":
        asked["to"] = town.elsewhere
    elif wrong == "itself":
        asked["to"] = town.director
    elif wrong == "no_act":
        asked["reference"] = "  "
    elif wrong == "away":
        goes_away(town.desk, days=2)
    else:
        town.desk.memberships.update(until=today + timedelta(days=2))
    before = Absence.objects.count()
    with pytest.raises(Refusal):
        goes_away(**asked)
    assert (Absence.objects.count(), Delegation.objects.count()) == (before, 0)
