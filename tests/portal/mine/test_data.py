"""My data: seen, downloaded, corrected, agreed to and taken back; and an account that its owner closes."""

import time
from typing import Any

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.models import EmailAddress
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.mine.closing import close_account, obstacles_of
from procedures.audit.models import Entry
from procedures.cases.models import Case
from procedures.cases.services import withdraw
from procedures.consents.models import Consent
from procedures.evidence.models import Upload
from procedures.refusal import Refusal
from procedures.wizard.models import Draft
from tests.portal.accounts.factories import officer
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import Visitor, a_person

pytestmark = pytest.mark.django_db
DATA = "/en/mine/data/"


@pytest.fixture
def mine(house: House) -> Client:
    return Visitor(house.applicant).client


def proved(client: Client, person: User, *, ago: float = 0) -> None:
    """As if the password was given `ago` seconds since."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - ago}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()


def test_the_page_says_what_is_kept_and_where_it_is_corrected(house: House, mine: Client) -> None:
    house.files()
    page = mine.get(DATA).content.decode()
    assert house.applicant.email in page
    for name in ("accounts:settings", "account_email", "account_change_phone", "mine:documents", "mine:consulted",
                 "mine:mandates", "mine:close", "mine:download"):  # fmt: skip
        assert f'"{reverse(name)}"' in page, name
    mine.post(reverse("accounts:settings"), {"name": "Amel Corrected", "language": "en"})
    assert "Amel Corrected" in mine.get(DATA).content.decode()


def test_the_download_holds_everything_of_mine_and_nothing_of_others(house: House, mine: Client) -> None:
    case = house.files(identity={"first_name_lat": "Emna"})
    other = house.files(applicant=a_person("Somebody"), identity={"first_name_lat": "Hidden"})
    draft = Visitor(house.applicant)
    draft.fill(identity={"last_name_lat": "Drafted"})
    answer = mine.post(reverse("mine:download"))
    told = answer.json()
    assert answer["Content-Disposition"].startswith("attachment")
    assert told["account"]["email"] == house.applicant.email
    assert [each["number"] for each in told["cases"]] == [case.number]
    assert told["cases"][0]["answers"]["identity"]["first_name_lat"] == "Emna"
    assert told["drafts"][0]["answers"]["identity"]["last_name_lat"] == "Drafted"
    text = answer.content.decode()
    assert "Hidden" not in text
    assert other.number not in text
    assert Entry.objects.filter(action="account.download", actor=house.applicant.pk).count() == 1
    assert mine.get(reverse("mine:download")).status_code == 405


def test_an_agreement_is_given_and_taken_back_on_the_page(house: House, mine: Client) -> None:
    address = reverse("mine:consent", args=("reuse",))
    mine.post(address, {"agree": "1"})
    assert Consent.objects.get().withdrawn_at is None
    assert "You agreed on" in mine.get(DATA).content.decode()
    mine.post(address, {"withdraw": "1"})
    assert Consent.objects.get().withdrawn_at
    page = mine.get(DATA).content.decode()
    assert "You do not agree." in page
    assert "taken back on" in page
    for wrong in ("7", "x", "²"):
        mine.post(address, {"agree": wrong})
    assert Consent.objects.filter(withdrawn_at=None).count() == 0
    assert mine.post(reverse("mine:consent", args=("nothing",)), {"agree": "1"}).status_code == 404


def test_an_account_is_closed_by_its_owner_and_what_was_only_theirs_is_gone(
    house: House, django_capture_on_commit_callbacks: Any
) -> None:
    visitor = Visitor(house.applicant)
    case = house.files()
    withdraw(case=case, by=house.applicant)
    visitor.ready()
    paths = list(Upload.objects.filter(draft=visitor.draft).values_list("stored", flat=True))
    assert paths
    EmailAddress.objects.create(user=house.applicant, email=house.applicant.email, verified=True, primary=True)
    email = house.applicant.email
    proved(visitor.client, house.applicant)
    assert "What stays" in visitor.client.get(reverse("mine:close")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        visitor.client.post(reverse("mine:close"))
    held = User.objects.get(pk=house.applicant.pk)
    assert (held.is_active, held.email, held.phone, held.name) == (False, None, None, "")
    assert not held.has_usable_password()
    assert not Draft.objects.exists()
    assert not [path for path in paths if storages["private"].exists(path)]
    assert not EmailAddress.objects.exists()
    assert visitor.client.get(DATA).status_code == 302, "the session is over"
    assert Case.objects.get().applicant == held
    assert Entry.objects.filter(action="account.close", actor=held.pk).count() == 1
    User.objects.create_user(email)  # the address is free again


def test_a_session_that_proved_nothing_lately_is_asked_first(house: House, mine: Client) -> None:
    house.applicant.set_password("qantara-zitouna-1574")
    house.applicant.save()
    mine.force_login(house.applicant)
    proved(mine, house.applicant, ago=3600)
    answer = mine.post(reverse("mine:close"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    house.applicant.refresh_from_db()
    assert house.applicant.is_active


def test_an_account_with_an_open_case_is_not_closed_and_says_what_to_do(house: House, mine: Client) -> None:
    case = house.files()
    proved(mine, house.applicant)
    assert case.number in mine.get(reverse("mine:close")).content.decode()
    mine.post(reverse("mine:close"))
    house.applicant.refresh_from_db()
    assert house.applicant.is_active
    with pytest.raises(Refusal):
        close_account(account=house.applicant)


def test_the_administration_and_those_who_serve_an_organisation_close_nothing_here() -> None:
    assert "administration" in obstacles_of(officer())[0]
