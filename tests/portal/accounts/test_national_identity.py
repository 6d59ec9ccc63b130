"""Login with the national identity, against a real provider in a process of its own."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tests.portal.accounts.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.real_time]
SUBJECT = "09123456"
CLAIMS = {
    "sub": SUBJECT,
    "email": "amna@example.tn",
    "email_verified": True,
    "name": "آمنة بن علي",
    "national_id": "09123456",
}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("oidc-provider-mock")), "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--user-claims", json.dumps(CLAIMS)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    for _attempt in range(150):
        try:
            requests.get(f"{address}/.well-known/openid-configuration", timeout=2)
            break
        except requests.ConnectionError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(10)


@pytest.fixture
def identity(provider: str, settings) -> str:
    settings.TAKWIN_NATIONAL_IDENTITY = {
        "name": "E-Houwiya",
        "server_url": provider,
        "client_id": "portal",
        "secret": "a-secret-of-tests",
    }
    app = {
        "provider_id": "national-identity",
        "name": "E-Houwiya",
        "client_id": "portal",
        "secret": "a-secret-of-tests",
        "settings": {"server_url": provider, "uid_field": "sub"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return provider


def go_through(client: Client, **query: str) -> object:
    """From our button to the provider, its form, and back to us."""
    begin = client.post(reverse("openid_connect_login", kwargs={"provider_id": "national-identity"}), query)
    assert begin.status_code == 302
    assert "code_challenge=" in begin["Location"]
    with requests.Session() as browser:
        browser.get(begin["Location"], timeout=10)
        answer = browser.post(begin["Location"], data={"sub": SUBJECT}, allow_redirects=False, timeout=10)
    back = answer.headers["Location"]
    return client.get(re.sub(r"^https?://[^/]+", "", back))


def test_the_first_login_makes_an_account_that_holds_no_claim(client, identity):
    go_through(client)
    account = SocialAccount.objects.get()
    user = account.user
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (account.uid, account.extra_data) == (SUBJECT, {})
    assert user.email is None
    assert not SocialToken.objects.exists()


def test_the_second_login_is_the_same_account_and_keeps_no_claim_either(identity):
    go_through(Client())
    again = Client()
    go_through(again)
    assert User.objects.count() == 1
    assert again.session["_auth_user_id"] == str(User.objects.get().pk)
    assert SocialAccount.objects.get().extra_data == {}


def test_an_account_with_the_same_address_is_not_taken_over(client, identity):
    mine = person(email="amna@example.tn")
    go_through(client)
    assert client.session["_auth_user_id"] != str(mine.pk)
    assert not SocialAccount.objects.filter(user=mine).exists()


def test_the_session_holds_no_national_number(client, identity):
    go_through(client)
    assert SUBJECT not in json.dumps(
        {key: value for key, value in client.session.items() if key != "account_authentication_methods"}
    )


def test_the_login_page_offers_it_and_lets_its_form_leave(client, identity):
    answer = client.get(reverse("account_login"))
    assert "E-Houwiya" in answer.content.decode()
    assert identity in answer["Content-Security-Policy"]


def test_without_the_setting_it_is_not_offered_and_no_form_may_leave(client):
    answer = client.get(reverse("account_login"))
    assert "national identity" not in answer.content.decode()
    assert "form-action 'self';" in answer["Content-Security-Policy"] + ";"


def test_the_setting_comes_from_the_environment():
    told = {"name": "E-Houwiya", "server_url": "https://id.example.tn", "client_id": "portal", "secret": "s"}
    code = (
        "from config.settings.components import login;"
        "print(login.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['settings']['server_url'])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"TAKWIN_NATIONAL_IDENTITY": json.dumps(told)},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[3],
    )
    assert answer.stdout.strip() == "https://id.example.tn"
