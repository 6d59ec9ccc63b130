"""People: found without their names in an address, closed, opened, and their second factors reset by two."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery
from portal.accounts.factor_resets import ask_reset, decide_reset
from portal.accounts.models import FactorReset, User
from procedures.audit.models import Entry
from procedures.offices.services import appoint
from procedures.refusal import Refusal
from tests.portal.accounts.factories import PASSWORD, enrol, officer, person
from tests.portal.administration.factories import administrator, an_office, at, at_screen_of, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Any:
    return administrator(email="me@example.tn")


@pytest.fixture
def screen(me: Any) -> Client:
    return at_screen_of(me)


def named(user: User, name: str) -> User:
    User.objects.filter(pk=user.pk).update(name=name)
    return User.objects.get(pk=user.pk)


def test_staff_are_found_by_a_part_of_the_name_however_it_is_spelt(screen: Client) -> None:
    sonia = named(officer("desk_officer"), "سنية المرزوڨي")
    page = screen.post(at("people"), {"words": "المرزوقي"})
    assert [row.person for row in page.context["rows"]] == [sonia]
    assert b"Medhioub" not in page.content


def test_other_people_are_found_only_by_an_address_typed_in_full(screen: Client) -> None:
    citizen = named(person(email="amna@example.tn"), "Amna")
    for part in ("Amna", "amna@example", "amna"):
        assert screen.post(at("people"), {"words": part}).context["rows"] == []
    page = screen.post(at("people"), {"words": "Amna@example.tn"})
    assert [row.person for row in page.context["rows"]] == [citizen]
    screen.get(at("person", citizen.pk))
    assert Entry.objects.filter(action="account.read", subject_id=str(citizen.pk)).count() == 1


def test_a_closed_account_enters_no_more_and_comes_back_with_its_roles(screen: Client) -> None:
    colleague = officer("desk_officer", email="desk@example.tn")
    open_session = Client()
    open_session.post(reverse("account_login"), {"login": colleague.email, "password": PASSWORD})
    answer = screen.post(at("close_account", colleague.pk), {"reason": "left"}, follow=True)
    assert "The account is closed." in answer.content.decode()
    assert "Account closed" in answer.content.decode()
    assert "The person left the administration" in answer.content.decode()
    assert open_session.get(reverse("accounts:settings")).status_code == 302
    again = Client()
    again.post(reverse("account_login"), {"login": colleague.email, "password": PASSWORD})
    assert "_auth_user_id" not in again.session
    assert screen.get(at("reopen_account", colleague.pk)).content.decode().count("Desk officer") == 1
    screen.post(at("reopen_account", colleague.pk))
    again.post(reverse("account_login"), {"login": colleague.email, "password": PASSWORD})
    assert again.session["_auth_user_id"] == str(colleague.pk)


def test_a_reason_is_asked_for_and_the_account_stays_open_without_one(screen: Client) -> None:
    colleague = officer("desk_officer")
    assert sentences(screen.post(at("close_account", colleague.pk))) == ["“Reason”: choose one."]
    colleague.refresh_from_db()
    assert colleague.is_active


def test_nobody_closes_their_own_account_but_a_colleague_does(me: Any, screen: Client) -> None:
    assert "own account" in sentences(screen.post(at("close_account", me.pk), {"reason": "left"}))[0]
    at_screen_of(administrator()).post(at("close_account", me.pk), {"reason": "left"})
    me.refresh_from_db()
    assert not me.is_active


def test_the_last_administrator_without_an_end_cannot_be_closed(me: Any) -> None:
    helper = officer("desk_officer")
    membership = appoint(person=helper, office=an_office(), role="administrator")
    type(membership).objects.filter(pk=membership.pk).update(until=timezone.localdate() + timedelta(days=9))
    answer = at_screen_of(helper).post(at("close_account", me.pk), {"reason": "left"})
    assert "without an end date" in sentences(answer)[0]
    me.refresh_from_db()
    assert me.is_active


def test_sessions_are_seen_and_ended_one_by_one_or_all(screen: Client) -> None:
    colleague = officer("desk_officer", email="desk@example.tn")
    browsers = [Client(HTTP_USER_AGENT=f"Browser {number}") for number in (1, 2, 3)]
    for browser in browsers:
        browser.post(reverse("account_login"), {"login": colleague.email, "password": PASSWORD})
        browser.get(reverse("accounts:settings"))
    assert UserSession.objects.filter(user=colleague).count() == 3
    page = screen.get(at("person", colleague.pk)).content.decode()
    assert all(f"Browser {number}" in page for number in (1, 2, 3))
    first = UserSession.objects.get(user=colleague, user_agent="Browser 1")
    screen.post(at("end_sessions", colleague.pk), {"session": first.pk})
    assert [each.get(reverse("accounts:settings")).status_code for each in browsers] == [302, 200, 200]
    screen.post(at("end_sessions", colleague.pk), {"session": "all"})
    assert [each.get(reverse("accounts:settings")).status_code for each in browsers] == [302, 302, 302]
    assert [one.data for one in Entry.objects.filter(action="account.end_sessions")] == [{"ended": 1}, {"ended": 2}]


def test_a_session_of_somebody_else_is_not_ended_by_its_number(screen: Client) -> None:
    colleague, other = officer("desk_officer"), officer("inspector", email="other@example.tn")
    browser = Client()
    browser.post(reverse("account_login"), {"login": other.email, "password": PASSWORD})
    browser.get(reverse("accounts:settings"))
    screen.post(at("end_sessions", colleague.pk), {"session": UserSession.objects.get(user=other).pk})
    assert browser.get(reverse("accounts:settings")).status_code == 200


def test_a_second_factor_is_reset_by_two_different_administrators(me: Any, screen: Client) -> None:
    colleague = officer("desk_officer", email="desk@example.tn")
    enrol(colleague)
    screen.post(at("reset", colleague.pk), {"reason": "lost"})
    reset = FactorReset.objects.get()
    page = screen.get(at("person", colleague.pk)).content.decode()
    assert "You asked for it" in page
    assert 'name="approve"' not in page
    own = screen.post(at("decide_reset", colleague.pk), {"reset": reset.pk, "approve": "yes"}, follow=True)
    assert "Another administrator must decide" in own.content.decode()
    assert Authenticator.objects.filter(user=colleague).exists()

    second = at_screen_of(administrator())
    assert 'name="approve"' in second.get(at("person", colleague.pk)).content.decode()
    second.post(at("decide_reset", colleague.pk), {"reset": reset.pk, "approve": "yes"})
    assert not Authenticator.objects.filter(user=colleague).exists()
    told = Delivery.objects.get(address="desk@example.tn")
    assert "Two administrators took your second factor off" in told.body
    acts = Entry.objects.filter(subject_type="account", subject_id=str(colleague.pk)).order_by("seq")
    assert [act.action for act in acts] == ["account.ask_reset", "account.reset_factor"]
    assert len({act.actor for act in acts}) == 2


def test_a_refused_or_old_reset_changes_nothing(me: Any) -> None:
    colleague, second = officer("desk_officer"), administrator()
    enrol(colleague)
    refused = ask_reset(account=colleague, reason="lost", by=me)
    decide_reset(reset=refused, approve=False, by=second)
    late = ask_reset(account=colleague, reason="broken", by=me)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        with pytest.raises(Refusal, match="too old"):
            decide_reset(reset=late, approve=True, by=second)
        assert Authenticator.objects.filter(user=colleague).exists()
        ask_reset(account=colleague, reason="broken", by=second)  # the old request does not stand in the way


def test_nobody_takes_part_in_the_reset_of_their_own_second_factor(me: Any) -> None:
    second = administrator()
    enrol(me)
    with pytest.raises(Refusal, match="own second factor"):
        ask_reset(account=me, reason="lost", by=me)
    asked = ask_reset(account=me, reason="lost", by=second)
    with pytest.raises(Refusal, match="own second factor"):
        decide_reset(reset=asked, approve=True, by=me)


def test_only_an_administrator_resets_closes_or_ends_whoever_calls_the_service(me: Any) -> None:
    desk, colleague = officer("desk_officer"), officer("inspector")
    enrol(colleague)
    with pytest.raises(Refusal, match="Only an administrator"):
        ask_reset(account=colleague, reason="lost", by=desk)
