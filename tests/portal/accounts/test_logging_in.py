"""Login by e-mail, telephone or code; sessions; what a stranger may learn; limits."""

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tests.portal.accounts.factories import PASSWORD, person
from tests.portal.accounts.mailbox import code_to, last_to

pytestmark = pytest.mark.django_db


def log_in(client: Client, login: str, password: str = PASSWORD, **more: str):
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "typed", ["amna@example.tn", "AMNA@Example.tn", "22 123 456", "+216 22 123 456", "0021622123456"]
)
def test_email_and_telephone_open_the_account_however_they_are_typed(client, typed):
    person(email="amna@example.tn", phone="22123456")
    log_in(client, typed)
    assert is_in(client)


def test_a_code_by_telephone_opens_an_account_that_has_no_password(client):
    User.objects.create_user(None, None, phone="+21622123456", phone_verified=True, name="آمنة")
    client.post(reverse("account_request_login_code"), {"phone": "22 123 456"})
    client.post(reverse("account_confirm_login_code"), {"code": code_to("+21622123456")})
    assert is_in(client)


def test_login_goes_where_one_was_going_and_nowhere_else(client):
    person(email="amna@example.tn")
    answer = log_in(client, "amna@example.tn", next="/en/accounts/")
    assert answer["Location"] == "/en/accounts/"
    for trap in ("https://evil.tn/", "//evil.tn/", "/\\evil.tn", "javascript:alert(1)", "https:evil.tn"):
        other = Client()
        assert "evil" not in log_in(other, "amna@example.tn", next=trap)["Location"], trap


def test_a_wrong_password_and_an_unknown_account_are_answered_alike(client):
    person(email="amna@example.tn")
    known = log_in(Client(), "amna@example.tn", "wrong-password-1")
    unknown = log_in(Client(), "nobody@example.tn", "wrong-password-1")
    say = "The e-mail or the password does not match"
    assert known.status_code == unknown.status_code == 200
    assert say in known.content.decode()
    assert say in unknown.content.decode()


@pytest.mark.parametrize("name", ["account_reset_password", "account_request_login_code"])
def test_codes_are_promised_to_known_and_unknown_addresses_alike(name):
    person(email="amna@example.tn")
    known = Client().post(reverse(name), {"email": "amna@example.tn"})
    unknown = Client().post(reverse(name), {"email": "nobody@example.tn"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "No account" in last_to("nobody@example.tn").subject


def test_guessing_a_password_is_stopped_and_says_how_long_to_wait(client):
    person(email="amna@example.tn")
    for attempt in range(5):
        log_in(client, "amna@example.tn", f"wrong-password-{attempt}")
    answer = log_in(client, "amna@example.tn")
    assert not is_in(client)
    assert "Wait five minutes" in answer.content.decode()


def test_inventing_addresses_of_proxies_does_not_evade_the_limit(client):
    person(email="amna@example.tn")
    answers = [
        client.post(
            reverse("account_login"),
            {"login": f"someone{number}@example.tn", "password": "wrong-password-1"},
            HTTP_X_FORWARDED_FOR=f"10.0.{number}.1",
        ).status_code
        for number in range(40)
    ]
    assert 429 in answers


def test_the_limits_go_on_when_the_shared_cache_is_gone(client, settings, monkeypatch):
    from portal.accounts.limits import EnduringCache

    broken = EnduringCache("nowhere", {})
    for name in ("add", "get", "set", "delete"):
        monkeypatch.setattr(cache._connections[cache._alias], name, getattr(broken, name))
    person(email="amna@example.tn")
    for attempt in range(5):
        assert log_in(client, "amna@example.tn", f"wrong-password-{attempt}").status_code == 200
    log_in(client, "amna@example.tn")
    assert not is_in(client)
    with pytest.raises(Exception, match="nowhere"):
        caches["nowhere"]


def test_other_sessions_are_ended_from_the_list(client):
    person(email="amna@example.tn")
    elsewhere = Client()
    log_in(elsewhere, "amna@example.tn")
    log_in(client, "amna@example.tn")
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "This device" in page
    assert "Another device" in page
    client.post(reverse("usersessions_list"))
    assert client.get(reverse("accounts:settings")).status_code == 200
    assert elsewhere.get(reverse("accounts:settings")).status_code == 302


def test_a_changed_password_ends_no_session_of_one_s_own_and_is_told_by_mail(client):
    person(email="amna@example.tn")
    log_in(client, "amna@example.tn")
    new = "another-fine-sentence-77"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(client)
    assert log_in(Client(), "amna@example.tn", new).status_code == 302
    assert "password was changed" in last_to("amna@example.tn").subject


def test_the_language_chosen_is_kept_and_the_page_comes_back_in_it(client):
    user = person(email="amna@example.tn", language="en")
    log_in(client, "amna@example.tn")
    answer = client.post(reverse("accounts:settings"), {"name": "Amna", "language": "fr"})
    user.refresh_from_db()
    assert user.language == "fr"
    assert answer["Location"] == "/fr/accounts/"
    assert client.cookies["django_language"].value == "fr"


PAGES = [
    "account_login",
    "account_signup",
    "accounts:signup_by_phone",
    "account_reset_password",
    "account_request_login_code",
    "account_inactive",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
]
OWN_PAGES = [
    "accounts:settings",
    "account_email",
    "account_change_phone",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "usersessions_list",
    "socialaccount_connections",
]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_page_is_in_the_portal_s_frame_without_inline_style_or_script(client, language):
    from django.utils import translation

    person(email="amna@example.tn")
    inside = Client()
    log_in(inside, "amna@example.tn")
    with translation.override(language):
        asked = [(client, reverse(name)) for name in PAGES] + [(inside, reverse(name)) for name in OWN_PAGES]
    for who, address in asked:
        answer = who.get(address)
        page = answer.content.decode()
        assert answer.status_code == (401 if "error" in address else 200), address
        assert f'<html lang="{language}"' in page, address
        assert 'class="skip"' in page, address
        assert "<b>testserver" not in page, address  # the portal's name, not the host's
        assert " style=" not in page, address
        assert "placeholder" not in page, address
