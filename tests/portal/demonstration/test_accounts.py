"""The demonstration's accounts: each enters where the guide sends it, and two administrators reset a second factor."""

from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import call_command

from portal.accounts.factor_resets import ask_reset, decide_reset
from portal.accounts.models import User
from portal.demonstration.accounts import PEOPLE
from portal.management.commands import load_demonstration
from procedures.refusal import Refusal
from tests.portal.accounts.factories import with_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(client: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, User]:
    monkeypatch.setattr(settings, "TAKWIN_DEMONSTRATION", True)
    monkeypatch.setattr(load_demonstration, "file_all", lambda: 0)  # cases are tried elsewhere
    call_command("load_offices", stdout=StringIO())
    call_command("load_demonstration", stdout=StringIO())
    call_command("load_demonstration", stdout=StringIO())  # a second time makes nobody twice
    return {person.code: User.objects.get(email=person.email) for person in PEOPLE}


def test_each_account_of_the_guide_opens_the_page_that_the_guide_names(client: Any, people: dict[str, User]) -> None:
    told = StringIO()
    call_command("demo_guide", stdout=told)
    for person in PEOPLE:
        line = next(line for line in told.getvalue().splitlines() if line.startswith(f"{person.email} "))
        screen = with_second_factor(client, people[person.code])
        path = line.split()[-1].removeprefix(settings.TAKWIN_PUBLIC_URL)
        assert screen.get(path, follow=True).status_code == 200, person.code


def test_two_administrators_of_the_demonstration_reset_a_second_factor(people: dict[str, User]) -> None:
    first, second, officer = (people[code] for code in ("administrator", "administrator2", "officer"))
    asked = ask_reset(account=officer, reason="lost", by=first)
    with pytest.raises(Refusal, match="Another administrator"):
        decide_reset(reset=asked, approve=True, by=first)
    with pytest.raises(Refusal, match="Only an administrator"):
        decide_reset(reset=asked, approve=True, by=people["auditor"])
    assert Authenticator.objects.filter(user=officer).exists()
    decide_reset(reset=asked, approve=True, by=second)
    assert not Authenticator.objects.filter(user=officer).exists()
