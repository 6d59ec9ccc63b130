"""The demonstration's second factors: easy there, impossible elsewhere."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from portal.accounts.services import enrol_totp_for_demonstration
from tests.portal.accounts.factories import code_of, person

ROOT = Path(__file__).resolve().parents[3]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_the_command_cannot_load_in_production_settings():
    production = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "TAKWIN_SECRET_KEY": "x" * 60,
        "TAKWIN_HOSTS": "portal.example.tn",
        "TAKWIN_PUBLIC_URL": "https://verif.example.tn",
    }
    code = "import django; django.setup(); import portal.accounts.management.commands.demo_code"
    answer = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | production, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert answer.returncode != 0
    assert "demo_code exists in the demonstration only" in answer.stderr


@pytest.mark.django_db
def test_nobody_enrols_for_others_outside_the_demonstration():
    with pytest.raises(RuntimeError):
        enrol_totp_for_demonstration(person())


@pytest.mark.django_db
def test_in_the_demonstration_the_command_prints_the_code_of_the_moment(settings, monkeypatch):
    settings.TAKWIN_DEMONSTRATION = True
    secret = enrol_totp_for_demonstration(person(email="officer@example.tn"))
    from portal.accounts.management.commands import demo_code

    said = StringIO()
    call_command(demo_code.Command(), user="officer", stdout=said, stderr=StringIO())
    assert said.getvalue().strip() in {code_of(secret), code_of(secret, steps=-1)}
    with pytest.raises(CommandError, match="Accounts: officer"):
        call_command(demo_code.Command(), user="nobody")


@pytest.mark.django_db
def test_the_secret_does_not_lie_in_clear_and_survives_a_new_key(settings):
    settings.TAKWIN_DEMONSTRATION = True
    user = person()
    secret = enrol_totp_for_demonstration(user)
    kept = Authenticator.objects.get(user=user).data["secret"]
    assert secret not in kept
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" + "y" * 50
    assert get_adapter().decrypt(kept) == secret


def test_a_code_is_of_the_moment_in_which_it_is_given_however_slow_the_portal_was(monkeypatch, time_machine):
    from portal.journey import second_factor

    time_machine.move_to("2026-11-18T09:00:00+00:00")

    def slow(*arguments, environment):
        time_machine.shift(95)
        return SECRET

    monkeypatch.setattr(second_factor, "manage", slow)
    assert second_factor.Codes({})("officer") == code_of(SECRET)
