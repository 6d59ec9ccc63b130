"""What a practice space shows on every page, lets out to nobody, and keeps from a genuine portal."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notifications.models import Delivery
from notifications.services import send_later
from notifications.sms import send_sms
from notifications.work import send
from portal.errors import server_error
from portal.practice.models import GivenCase
from tests.portal.accounts.factories import with_second_factor

BAND = {
    "ar": "تدريب: ملفات مختلقة، ولا أثر لأي شيء",
    "fr": "Entraînement\u00a0: dossiers inventés, rien ne compte",
    "en": "Practice: invented cases, nothing counts",
}
PUBLIC = ("/", "/services/", "/verify/", "/accounts/login/", "/structures/", "/nothing-here/")
OFFICE = ("/office/", "/office/practice/", "/desk/", "/office/commissions/", "/administration/")


@pytest.mark.parametrize("language", BAND)
def test_every_page_bears_the_band_and_is_found_by_no_search_engine(
    client: Client, people: dict[str, Any], language: str
) -> None:
    officer = with_second_factor(client, people["administrator"])
    for screen, paths in ((Client(), PUBLIC), (officer, OFFICE)):
        for path in paths:
            answer = screen.get(f"/{language}{path}", follow=True)
            assert BAND[language] in answer.content.decode(), path
            assert answer["X-Robots-Tag"] == "noindex, nofollow", path
    assert Client().get("/.well-known/jwks.json")["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_for_what_broke_and_the_editors_rooms_bear_it_too(
    client: Client, people: dict[str, Any], rf: Any
) -> None:
    assert BAND["en"] in server_error(rf.get("/")).content.decode()
    screen = with_second_factor(client, people["editor"])
    assert "practice/editors.css" in screen.get("/cms/", follow=True).content.decode()


def test_a_genuine_portal_bears_nothing_of_it_and_has_no_practice_room(
    client: Client, people: dict[str, Any], settings: Any
) -> None:
    screen = with_second_factor(client, people["officer"])
    settings.TAKWIN_PRACTICE = settings.TAKWIN_DEMONSTRATION = False
    for path in ("/en/", "/en/accounts/login/", "/en/office/"):
        answer = screen.get(path, follow=True)
        page = answer.content.decode()
        assert "ractice" not in page
        assert "demonstration-2026" not in page
        assert "X-Robots-Tag" not in answer
    for name in ("practice:home", "practice:again"):
        assert screen.get(reverse(name)).status_code == 404
        assert screen.post(reverse(name)).status_code == 404


def test_officers_of_a_genuine_portal_find_the_way_to_the_practice_space(
    client: Client, people: dict[str, Any], settings: Any
) -> None:
    screen = with_second_factor(client, people["officer"])
    settings.TAKWIN_PRACTICE = settings.TAKWIN_DEMONSTRATION = False
    settings.TAKWIN_PRACTICE_URL = "https://practice.example.tn"
    assert 'href="https://practice.example.tn/fr/"' in screen.get("/fr/office/").content.decode()
    assert "practice.example.tn" not in Client().get("/fr/").content.decode()


def test_the_login_page_lists_who_can_be_tried_and_the_second_step_shows_its_code(people: dict[str, Any]) -> None:
    screen = Client()
    page = screen.get("/en/accounts/login/").content.decode()
    assert "demonstration-2026" in page
    for account in ("officer", "signatory", "inspector", "director", "trainee"):
        assert f"{account}@demo.takwin.example" in page
    login = {"login": "officer@demo.takwin.example", "password": "demonstration-2026"}
    asked = screen.post("/en/accounts/login/", login, follow=True)
    assert asked.redirect_chain[-1][0].startswith("/en/accounts/2fa/authenticate/")
    code = asked.context["code"]
    assert code in asked.content.decode()
    screen.post("/en/accounts/2fa/authenticate/", {"code": code}, follow=True)
    assert screen.get("/en/office/").status_code == 200


def test_cases_are_given_and_cleared_by_forms_without_scripts(client: Client, people: dict[str, Any]) -> None:
    screen = with_second_factor(client, people["officer"])
    page = screen.get(reverse("practice:home"))
    chosen = next(code for code in page.context["form"].offers if ":completeness:" in code)
    assert f'href="{reverse("practice:home")}"' in screen.get("/en/desk/").content.decode()
    done = screen.post(reverse("practice:home"), {"offer": chosen, "count": "2"}, follow=True)
    assert "2 cases are on your desk." in done.content.decode()
    assert GivenCase.objects.filter(given_to=people["officer"], cleared_at=None).count() == 2
    refused = screen.post(reverse("practice:home"), {"offer": chosen, "count": "21"})
    assert refused.context["form"].errors["count"]
    stranger = screen.post(reverse("practice:home"), {"offer": "x:y:z", "count": "1"})
    assert stranger.context["form"].errors["offer"]
    done = screen.post(reverse("practice:again"), follow=True)
    assert "2 cases were cleared." in done.content.decode()
    assert not GivenCase.objects.filter(cleared_at=None).exists()


def test_nobody_without_a_role_enters_the_practice_room(client: Client, people: dict[str, Any]) -> None:
    client.force_login(people["trainee"])
    assert client.get(reverse("practice:home")).status_code == 404
    assert Client().get(reverse("practice:home")).status_code == 302


def test_the_list_of_given_cases_costs_the_same_however_long_it_is(
    client: Client, people: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    screen = with_second_factor(client, people["officer"])
    chosen = next(
        code for code in screen.get(reverse("practice:home")).context["form"].offers if ":completeness:" in code
    )
    screen.post(reverse("practice:home"), {"offer": chosen, "count": "5"})
    with django_assert_max_num_queries(60):
        assert screen.get(reverse("practice:home")).status_code == 200


def test_a_message_says_in_its_subject_that_it_is_practice_and_leaves_by_no_door(
    people: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.sms.plugin_manager", lambda: pytest.fail("a gateway was asked for"))
    letter = {"address": "x@example.tn", "language": "fr", "subject": "Votre dossier", "body": "…"}
    row = send_later(key="a", channel="email", **letter)
    assert row.subject == f"[{BAND['fr']}] Votre dossier"
    text = send_later(key="b", channel="sms", address="+21620000000", language="ar", subject="", body="مرحبا")
    assert text.body.startswith(f"[{BAND['ar']}]")
    send(delivery=text.pk)
    send_sms(number="+21620000000", text="x")
    assert Delivery.objects.get(pk=text.pk).sent_at is not None
