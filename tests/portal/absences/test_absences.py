"""Absences through their addresses, without a script: declared, for a colleague too, acted by, and ended early."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from procedures.cases import services
from procedures.cases.models import SignatureAct
from procedures.offices.models import Absence, Delegation, Role
from tests.portal.administration.factories import boxes, sentences
from tests.portal.backoffice.factories import act_on, at_screen_of, page_of, typed
from tests.procedures.kernel.factories import House, staff_of

pytestmark = pytest.mark.django_db
INBOX = "/en/office/"
ACT = "Decision 12 of 1 October 2026, invented"


@pytest.fixture
def house() -> House:
    house = House()
    house.second = staff_of(house.central, Role.CENTRAL_OFFICER, "Sonia")
    return house


def days(since: date | None = None, lasts: int = 3) -> dict[str, str]:
    first = since or timezone.localdate()
    return boxes("since", first) | boxes("until", first + timedelta(days=lasts))


def at(name: str, *arguments: Any) -> str:
    return reverse(f"absences:{name}", args=arguments)


def declare(screen: Client, to: Any, **more: str) -> Any:
    return screen.post(at("declare"), days() | {"to": str(to.pk), "reason": "leave"} | more, follow=True)


def test_the_delegate_finds_the_case_for_whoever_is_away_signs_it_and_the_page_says_so(house):
    case = house.at_signature()
    page = declare(at_screen_of(house.delegate), house.second, reference=ACT)
    assert "The absence is noted" in page.content.decode()
    screen = at_screen_of(house.second)

    listed = screen.get(INBOX).content.decode()
    assert "You act for <bdi>Dalila</bdi>" in listed
    assert "for <bdi>Dalila</bdi>" in listed
    opened = screen.get(page_of(case)).content.decode()
    assert "You act for <bdi>Dalila</bdi> here" in opened
    case.refresh_from_db()
    screen.post(act_on(case, "sign"), typed(case))

    assert SignatureAct.objects.get().in_name_of == house.delegate
    history = screen.get(page_of(case)).content.decode()
    assert "by delegation of <bdi>Dalila</bdi>" in history
    assert "You act for" in screen.get(at("absences")).content.decode()


def test_who_prepared_is_named_with_in_whose_name_to_whoever_signs(house):
    case = house.at_decision()
    declare(at_screen_of(house.officer), house.second)
    services.assign(case=case, by=house.officer, to=house.officer)
    case.refresh_from_db()
    house.decides(case, by=house.second)

    page = at_screen_of(house.delegate).get(act_on(case, "sign")).content.decode()

    assert "by delegation of <bdi>Omar</bdi>" in page


def test_a_signature_is_delegated_by_an_act_and_the_form_asks_for_it(house):
    screen = at_screen_of(house.delegate)
    assert "Act that delegates the signature" in screen.get(at("declare")).content.decode()
    refused = declare(screen, house.second)
    assert sentences(refused) == ["Enter the act that delegates the signature: its number and day."]
    assert not Absence.objects.exists()
    assert "Act that delegates" not in at_screen_of(house.officer).get(at("declare")).content.decode()


def test_whoever_heads_the_office_notes_it_for_a_colleague_and_others_find_no_such_page(house):
    screen = at_screen_of(house.delegate)
    assert at("declare_for", house.officer.pk) in screen.get(at("absences")).content.decode()
    asked = days() | {"to": str(house.second.pk)}

    screen.post(at("declare_for", house.officer.pk), asked)

    assert Delegation.objects.get().to == house.second
    for stranger in (house.desk, house.second):
        found = at_screen_of(stranger)
        assert found.get(at("declare_for", house.officer.pk)).status_code == 404
        assert found.get(at("back", Absence.objects.get().pk)).status_code == 404
    offered = screen.get(at("declare_for", house.officer.pk)).content.decode()
    assert f'<option value="{house.delegate.pk}"' not in offered  # nobody gives rights to themselves


def test_an_absence_is_ended_early_and_nobody_acts_by_it_any_more(house):
    case = house.at_signature()
    screen = at_screen_of(house.delegate)
    declare(screen, house.second, reference=ACT)
    absence = Absence.objects.get()

    page = screen.post(at("back", absence.pk), boxes("on", timezone.localdate()), follow=True)

    assert "The absence is ended" in page.content.decode()
    case.refresh_from_db()
    at_screen_of(house.second).post(act_on(case, "sign"), typed(case))
    assert not SignatureAct.objects.exists()


def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(house):
    screen = at_screen_of(house.officer)
    told = screen.post(at("declare"), days(timezone.localdate() - timedelta(days=1)) | {"to": str(house.second.pk)})
    assert sentences(told) == ["This day is past. Enter today or a later day."]
    assert f'<option value="{house.second.pk}" selected' in told.content.decode()
    assert "choose one" in sentences(declare(screen, house.desk))[0]  # of another office


def test_the_page_of_a_large_office_asks_the_database_no_more(house):
    screen = at_screen_of(house.delegate)
    screen.get(at("absences"))
    with CaptureQueriesContext(connection) as few:
        screen.get(at("absences"))
    for number in range(5):
        away = staff_of(house.central, Role.CENTRAL_OFFICER, f"C{number}")
        at_screen_of(away).post(at("declare"), days() | {"to": str(house.second.pk)})
    screen.get(at("absences"))  # what is read of the site again after some seconds is read now
    with CaptureQueriesContext(connection) as many:
        assert screen.get(at("absences")).content.decode().count("acts meanwhile as") == 5
    assert len(many) == len(few) + 1  # the delegations of those who are away
