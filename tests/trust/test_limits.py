"""Limits that hold against whoever knows them: counters that cannot be thrown out, addresses that cannot be claimed."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.accounts.limits import EnduringCache
from portal.verification.throttle import MOST_MISSES
from procedures.documents import codes
from procedures.evidence.arriving import MOST_BYTES
from tests.portal.accounts.factories import editor, officer, with_password_only, with_second_factor
from tests.procedures.wizard.factories import Visitor

pytestmark = [pytest.mark.trust, pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[2]


def test_new_keys_do_not_throw_out_the_counters_of_others() -> None:
    alone = EnduringCache("no-such-cache", {})
    alone.set("tries-of-one", 9)
    for number in range(1000):
        alone.set(f"tries-of-{number}", 1)
    assert alone.get("tries-of-one") == 9
    shared = import_module("config.settings.base").CACHES["shared"]
    assert shared["OPTIONS"]["MAX_ENTRIES"] >= 100_000


def test_misses_are_counted_by_the_visitors_address_behind_our_proxy(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()

    def guess(forwarded: str) -> int:
        address = f"/en/verify/{codes.new_id()}/"
        return Client().get(address, REMOTE_ADDR="10.9.9.9", HTTP_X_FORWARDED_FOR=forwarded).status_code

    told = {guess(f"10.0.0.{number}, 192.0.2.1") for number in range(MOST_MISSES)}
    assert told == {404}
    assert guess("10.0.0.77, 192.0.2.1") == 429
    assert guess("192.0.2.2") == 404
    cache.clear()


def test_a_request_larger_than_all_papers_is_refused_before_it_lies_on_the_disk() -> None:
    visitor = Visitor()
    visitor.start()
    answer = visitor.client.post(
        visitor.step_path("papers"),
        data=b"--x\r\n",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(MOST_BYTES + 1),
    )
    assert answer.status_code == 400


def test_a_second_factor_that_was_taken_off_opens_nothing_more(client: Client) -> None:
    user = officer("central_officer")
    with_second_factor(client, user)
    assert client.get(reverse("backoffice:inbox")).status_code == 200
    Authenticator.objects.filter(user=user).delete()
    assert client.get(reverse("backoffice:inbox"))["Location"].startswith(reverse("mfa_activate_totp"))


def test_the_editors_rooms_ask_for_it_wherever_the_site_is_mounted(client: Client) -> None:
    with_password_only(client, editor())
    answer = client.get("/cms/", SCRIPT_NAME="/portal")
    assert answer.status_code == 302
    assert "2fa" in answer["Location"]


def test_the_demonstrations_secret_is_one_for_all_processes_and_its_owners_alone(tmp_path: Path) -> None:
    told = [sys.executable, "-c", "from config.settings import demo; print(demo.SECRET_KEY)"]
    environment = os.environ | {"TAKWIN_VAR": str(tmp_path / "var")}
    started = [
        subprocess.Popen(told, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) for _process in range(4)
    ]
    secrets = {process.communicate()[0].strip() for process in started}
    assert len(secrets) == 1
    assert len(secrets.pop()) > 50
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0
