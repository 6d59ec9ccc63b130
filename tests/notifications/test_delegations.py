"""Whoever acts for a colleague is told when it is given, begins, changes and ends; subjects name nobody."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Delivery
from notifications.selectors import notices_of
from procedures.jobs.services import sweep
from procedures.offices.absences import declare_absence, end_absence
from procedures.offices.delegating import delegate, end_delegation
from procedures.offices.models import Absence, Membership, Role
from procedures.offices.services import appoint
from tests.procedures.kernel.factories import House, staff_of
from tests.workbench.routes import promise_daily

pytestmark = pytest.mark.django_db
ACT = "Decision 12 of 1 October 2026, invented"


@pytest.fixture
def house() -> House:
    house = House()
    house.second = staff_of(house.central, Role.CENTRAL_OFFICER, "Sonia")
    house.second.language = "fr"
    house.second.save()
    return house


def away(house: House, begins: int = 0, lasts: int = 3) -> Absence:
    since = timezone.localdate() + timedelta(days=begins)
    given = {"since": since, "until": since + timedelta(days=lasts), "to": house.second}
    return declare_absence(person=house.officer, by=house.officer, **given)


def told(person: Any) -> list[str]:
    sweep()
    return list(notices_of(person).order_by("pk").values_list("event", flat=True))


def on_day(days: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def a_day_passes() -> None:
    promise_daily()
    sweep(kinds=("notifications.delegations",))


def test_the_delegate_is_told_in_their_language_and_no_subject_names_anybody(house: House) -> None:
    away(house)
    assert told(house.second) == ["delegation_begins"]
    notice = notices_of(house.second).get()
    assert "Omar" in notice.body
    assert "vous agissez" in notice.body.lower()
    assert notice.path == "/fr/office/"
    sent = Delivery.objects.get(address=house.second.email)
    assert "Omar" not in sent.subject
    assert "Sonia" not in sent.subject
    assert not notices_of(house.officer).exists()


def test_what_is_announced_begins_and_ends_with_a_message_each_sent_once(house: House) -> None:
    away(house, begins=5)
    assert told(house.second) == ["delegation_comes"]
    for days, events in ((4, 1), (5, 2), (6, 2), (8, 2), (9, 3), (10, 3)):
        with on_day(days):
            a_day_passes()
            assert notices_of(house.second).count() == events, days
    assert told(house.second) == ["delegation_comes", "delegation_begins", "delegation_ends"]


def test_a_day_on_which_nothing_ran_leaves_nobody_untold(house: House) -> None:
    away(house, begins=5)
    sweep()
    with on_day(7):
        a_day_passes()
        assert told(house.second) == ["delegation_comes", "delegation_begins"]


def test_whoever_is_back_early_or_never_left_ends_it_and_the_delegate_is_told(house: House) -> None:
    absence = away(house)
    sweep()
    with on_day(1):
        end_absence(absence=absence, on=timezone.localdate(), by=house.officer)
        assert told(house.second) == ["delegation_begins", "delegation_ends"]
        end_absence(absence=away(house, begins=10), on=timezone.localdate(), by=house.officer)
        assert told(house.second)[-1] == "delegation_off"


def test_other_days_are_told_anew(house: House) -> None:
    absence = away(house, lasts=5)
    sweep()
    end_absence(absence=absence, on=timezone.localdate() + timedelta(days=3), by=house.officer)
    assert told(house.second) == ["delegation_begins", "delegation_begins"]


def test_several_roles_of_the_same_days_are_one_message(house: House) -> None:
    for person in (house.officer, house.second):
        appoint(person=person, office=house.central, role=Role.EXPERT, since=timezone.localdate() - timedelta(days=9))
    assert away(house).delegations.count() == 2
    assert told(house.second) == ["delegation_begins"]


def test_a_delegation_by_an_act_of_the_administration_is_told_too(house: House) -> None:
    administrator = staff_of(house.central, Role.ADMINISTRATOR, "Hoda")
    held = Membership.objects.get(person=house.delegate, role=Role.MINISTER_DELEGATE)
    today = timezone.localdate()
    until = today + timedelta(days=30)
    given = delegate(membership=held, to=house.second, since=today, until=until, reference=ACT, by=administrator)
    assert told(house.second) == ["delegation_begins"]
    end_delegation(delegation=given, by=administrator)
    assert told(house.second)[-1] == "delegation_off"
