"""An invitation makes an account and an appointment, once, for whoever holds its link."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery
from portal.accounts.models import Invitation, User
from procedures.audit.models import Entry
from procedures.offices.selectors import roles_of
from procedures.offices.services import close_office
from tests.portal.accounts.factories import person
from tests.portal.administration.factories import administrator, an_office, at, at_screen_of, boxes, sentences

pytestmark = pytest.mark.django_db
ADDRESS = "nadia@example.tn"
WORDS = "une-longue-phrase-de-passe"


@pytest.fixture
def me() -> Any:
    return administrator()


@pytest.fixture
def screen(me: Any) -> Client:
    an_office()
    return at_screen_of(me)


def invite(screen: Client, **changes: Any) -> Any:
    asked = {"email": ADDRESS, "name": "نادية", "language": "en", "office": "trial", "role": "desk_officer"}
    return screen.post(at("invite"), asked | boxes("since", timezone.localdate()) | changes)


def link_to(address: str = ADDRESS) -> str:
    body = Delivery.objects.filter(address=address).latest("pk").body
    found = re.search(r"https?://[^/]+(/\S+)", body)
    assert found, body
    return found.group(1)


def accept(link: str, password: str = WORDS) -> tuple[Client, Any]:
    browser = Client()
    page = browser.get(link, follow=True)
    if page.status_code != 200:
        return browser, page
    return browser, browser.post(reverse("accounts:accept_invitation"), {"name": "Nadia", "password": password})


def test_whoever_opens_the_link_serves_once_a_second_factor_is_there(screen: Client, me: Any) -> None:
    invite(screen)
    browser, answer = accept(link_to())
    account = User.objects.get(email=ADDRESS)
    assert answer["Location"] == reverse("backoffice:inbox")
    assert roles_of(account) == {"desk_officer"}
    inbox = browser.get(answer["Location"])
    assert inbox["Location"].startswith(reverse("mfa_activate_totp"))
    assert browser.get(inbox["Location"]).status_code == 200  # no second login between password and second factor
    acts = list(Entry.objects.filter(subject_type="accounts.invitation").values_list("action", "actor"))
    assert acts == [("account.invite", me.pk), ("account.accept_invitation", account.pk)]
    assert ADDRESS not in str(list(Entry.objects.values_list("data", flat=True)))


def test_the_secret_leaves_the_address_at_once_and_only_its_digest_is_kept(screen: Client) -> None:
    invite(screen)
    link = link_to()
    secret = link.rstrip("/").rsplit("/", 1)[-1]
    answer = Client().get(link)
    assert answer["Location"] == reverse("accounts:accept_invitation")
    assert secret not in str(Invitation.objects.values().get())


def test_a_link_works_once(screen: Client) -> None:
    invite(screen)
    link = link_to()
    accept(link)
    _browser, page = accept(link)
    assert page.status_code == 410
    assert "opens nothing any more" in page.content.decode()
    assert Client().get(reverse("accounts:invitation", args=("guessed",))).status_code == 410


def test_a_link_is_too_old_after_seven_days_and_a_new_one_can_be_sent(screen: Client) -> None:
    invite(screen)
    old = link_to()
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert accept(old)[1].status_code == 410
        fresh = at_screen_of(administrator())
        assert "Too old" in fresh.get(at("people")).content.decode()
        fresh.post(at("invite_again", Invitation.objects.get().pk))
        assert accept(old)[1].status_code == 410
        assert accept(link_to())[1].status_code == 302


def test_a_withdrawn_invitation_opens_nothing(screen: Client) -> None:
    invite(screen)
    screen.post(at("withdraw_invitation", Invitation.objects.get().pk))
    assert accept(link_to())[1].status_code == 410
    again = screen.post(at("withdraw_invitation", Invitation.objects.get().pk), follow=True)
    assert "Nothing changed" in again.content.decode()
    assert invite(screen).status_code == 302  # the address is free again


def test_an_invitation_is_worth_what_its_inviter_is_worth(screen: Client, me: Any) -> None:
    invite(screen)
    me.memberships.update(role="auditor")
    assert accept(link_to())[1].status_code == 410


def test_an_address_with_an_account_or_an_invitation_is_refused_and_what_was_typed_stays(screen: Client) -> None:
    person(email="amna@example.tn")
    page = invite(screen, email="Amna@example.tn")
    assert "has an account already" in sentences(page)[0]
    assert 'value="نادية"' in page.content.decode()
    invite(screen)
    assert "invited already" in sentences(invite(screen))[0]


def test_of_two_invitations_sent_at_once_the_first_that_is_used_counts(screen: Client) -> None:
    invite(screen)
    link = link_to()
    other = Invitation.objects.get()
    other.pk, other.secret_digest = None, "0" * 64  # of a colleague who pressed the button in the same moment
    other.save()
    _browser, answer = accept(link)
    assert answer["Location"] == reverse("backoffice:inbox")
    assert roles_of(User.objects.get(email=ADDRESS)) == {"desk_officer"}


def test_days_and_offices_that_cannot_be_are_refused(screen: Client, me: Any) -> None:
    office, today = an_office("elsewhere"), timezone.localdate()
    assert "days that are past" in sentences(invite(screen, **boxes("since", today - timedelta(days=1))))[0]
    assert "before the beginning" in sentences(invite(screen, **boxes("until", today - timedelta(days=9))))[0]
    close_office(office=office, reason="merged", by=me)
    assert sentences(invite(screen, office="elsewhere")) == ["“Office of the administration”: choose one."]


def test_a_weak_password_is_refused_with_its_reason(screen: Client) -> None:
    invite(screen)
    assert "too short" in str(sentences(accept(link_to(), password="abc")[1]))
    assert not User.objects.filter(email=ADDRESS).exists()
