"""An application started without an account goes on by a secret link, until somebody logs in with it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from notifications.models import Delivery
from procedures.wizard.models import Draft, DraftLink
from tests.conftest import NOW
from tests.procedures.wizard.factories import Visitor, a_person

pytestmark = pytest.mark.django_db
MAIL = "samia@example.tn"


def started(language: str = "en") -> Visitor:
    visitor = Visitor(language=language)
    step = visitor.start()
    visitor.send(step, {"contact-address": "12 rue de Carthage"}, later="1")
    return visitor


def ask(visitor: Visitor, email: str = MAIL) -> Any:
    return visitor.client.post(visitor.path(f"drafts/{visitor.draft}/link/"), {"email": email})


def address_in(delivery: Delivery) -> str:
    found = re.search(r"http\S+?(/\w\w/drafts/continue/\S+/)", delivery.body)
    assert found
    return found[1]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_link_opens_the_draft_on_another_device(language: str) -> None:
    visitor = started(language)
    assert MAIL in ask(visitor).content.decode()
    mail = Delivery.objects.get()
    assert (mail.address, mail.secret, mail.language) == (MAIL, True, language)
    elsewhere = Visitor(language=language)
    elsewhere.draft = visitor.draft
    assert elsewhere.open("holder").status_code == 404
    assert elsewhere.client.get(address_in(mail)).status_code == 200
    assert elsewhere.open("holder").status_code == 404  # looked at, not gone on with
    answer = elsewhere.client.post(address_in(mail))
    assert answer["Location"] == elsewhere.path(f"drafts/{visitor.draft}/")
    assert "12 rue de Carthage" in elsewhere.open("holder").content.decode()
    assert "12 rue de Carthage" in visitor.open("holder").content.decode()


def test_the_secret_is_kept_nowhere_but_in_the_mail() -> None:
    ask(started())
    secret = address_in(Delivery.objects.get()).rstrip("/").rpartition("/")[2]
    assert len(secret) >= 43  # 256 bits
    assert secret not in str(list(DraftLink.objects.values()))


def test_a_draft_claimed_at_login_is_opened_by_its_account_alone() -> None:
    visitor = started()
    ask(visitor)
    address = address_in(Delivery.objects.get())
    elsewhere, person = Visitor(), a_person()
    elsewhere.draft = visitor.draft
    elsewhere.client.post(address)
    elsewhere.client.force_login(person)
    assert Draft.objects.get().owner == person
    assert elsewhere.open("holder").status_code == 200
    assert visitor.open("holder").status_code == 404
    assert Visitor().client.get(address).status_code == 410
    assert not DraftLink.objects.exists()


def test_a_wrong_or_old_secret_says_the_same() -> None:
    visitor = started()
    ask(visitor)
    address = address_in(Delivery.objects.get())
    wrong = Visitor().client.get("/en/drafts/continue/nobody-knows-this/")
    with time_machine.travel(NOW + timedelta(days=91), tick=True):
        late = Visitor().client.get(address)
    assert (wrong.status_code, late.status_code) == (410, 410)
    secret = address.rstrip("/").rpartition("/")[2]
    assert wrong.content.decode() == late.content.decode().replace(secret, "nobody-knows-this")


def test_a_stranger_asks_for_no_link() -> None:
    visitor = started()
    for stranger in (Visitor(), Visitor(a_person())):
        stranger.draft = visitor.draft
        assert ask(stranger).status_code == 404
    assert not Delivery.objects.exists()


def test_who_has_an_account_needs_no_link() -> None:
    visitor = Visitor(a_person())
    visitor.start()
    assert ask(visitor)["Location"].endswith(f"/drafts/{visitor.draft}/")
    assert not DraftLink.objects.exists()


def test_an_address_that_is_none_is_said_beside_the_field_and_nothing_is_sent() -> None:
    answer = ask(started(), "samia")
    assert "enter an address such as" in answer.content.decode()
    assert 'value="samia"' in answer.content.decode()
    assert not Delivery.objects.exists()


def test_nobody_is_flooded_with_links() -> None:
    visitor = started()
    answers = [ask(visitor) for _time in range(7)]
    assert {answer.status_code for answer in answers} == {200}
    assert Delivery.objects.count() == 5
    for _draft in range(3):
        other = started()
        for _time in range(4):
            ask(other)
    assert Delivery.objects.filter(address=MAIL).count() == 10


def test_one_address_of_the_network_asks_only_so_often() -> None:
    cache.clear()
    visitor = started()
    for number in range(30):
        ask(visitor, f"person{number}@example.tn")
    answer = ask(visitor, "person31@example.tn")
    assert "try again in an hour" in answer.content.decode()


def test_the_start_page_and_the_wizard_lead_to_the_link() -> None:
    visitor = started()
    way = f'href="/en/drafts/{visitor.draft}/link/"'
    assert way in visitor.open("holder").content.decode()
    saved = visitor.client.get(visitor.path(f"services/foreign_certificate_equivalence/start/?saved={visitor.draft}"))
    assert way in saved.content.decode()


def test_links_go_with_their_draft() -> None:
    visitor = started()
    ask(visitor)
    visitor.client.post(visitor.path(f"drafts/{visitor.draft}/discard/"))
    assert not DraftLink.objects.exists()
    assert timezone.now() > NOW
