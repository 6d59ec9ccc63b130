"""An account given back at a desk."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from notifications.models import Delivery
from portal.accounts.models import Recovery, User
from portal.accounts.recovery import NotRecovered, complete_recovery
from procedures.audit.models import Entry
from tests.portal.accounts.factories import PASSWORD, enrol, officer, person, with_second_factor
from tests.portal.accounts.mailbox import code_to

pytestmark = pytest.mark.django_db
NEW = "amna.new@example.tn"


@pytest.fixture
def desk(client: Client) -> Client:
    return with_second_factor(client, officer("desk_officer", email="desk@example.tn"))


def ask(desk: Client, account: str, **changes: str):
    entered = {"account": account, "paper_seen": "national_card", "new_email": NEW} | changes
    return desk.post(reverse("accounts:recover"), entered, follow=True)


def confirm(desk: Client, code: str):
    address = reverse("accounts:recover_code", kwargs={"recovery": Recovery.objects.latest("pk").pk})
    return desk.post(address, {"code": code}, follow=True)


def test_the_account_opens_with_the_new_address_and_with_nothing_old(desk):
    user = person(email="amna@example.tn")
    open_session = Client()
    open_session.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    ask(desk, "Amna@example.tn")
    user.refresh_from_db()
    assert user.email == "amna@example.tn"  # nothing changes before the code

    confirm(desk, code_to(NEW))

    user.refresh_from_db()
    assert user.email == NEW
    assert not user.check_password(PASSWORD)
    assert open_session.get(reverse("accounts:settings")).status_code == 302
    stranger = Client()
    stranger.post(reverse("account_request_login_code"), {"email": NEW})
    stranger.post(reverse("account_confirm_login_code"), {"code": code_to(NEW)})
    assert stranger.session["_auth_user_id"] == str(user.pk)
    assert "another e-mail" in Delivery.objects.filter(address="amna@example.tn").latest("pk").subject


def test_it_is_recorded_with_the_kind_of_paper_and_nothing_personal(desk):
    user = person(email="amna@example.tn")
    ask(desk, "amna@example.tn")
    confirm(desk, code_to(NEW))
    acts = Entry.objects.filter(action__startswith="account.recover").order_by("seq")
    assert [act.action for act in acts] == ["account.recovery_asked", "account.recovered"]
    assert {act.actor for act in acts} == {User.objects.get(email="desk@example.tn").pk}
    assert all(act.subject_id == str(user.pk) for act in acts)
    assert "example.tn" not in str([act.data for act in acts])


def test_a_part_of_an_address_finds_nobody(desk):
    person(email="amna@example.tn")
    assert "No account has this e-mail" in ask(desk, "amna").content.decode()
    assert "No account has this e-mail" in ask(desk, "amna@example").content.decode()


def test_what_was_typed_stays_when_it_is_refused(desk):
    page = ask(desk, "nobody@example.tn").content.decode()
    assert "nobody@example.tn" in page
    assert NEW in page


def test_an_address_of_somebody_else_is_refused(desk):
    person(email="amna@example.tn")
    person(email=NEW)
    assert "Another account uses this new e-mail" in ask(desk, "amna@example.tn").content.decode()


def test_five_wrong_codes_end_it(desk):
    user = person(email="amna@example.tn")
    ask(desk, "amna@example.tn")
    right = code_to(NEW)
    wrong = "000000" if right != "000000" else "111111"
    for _attempt in range(5):
        confirm(desk, wrong)
    assert "no longer works" in confirm(desk, right).content.decode()
    user.refresh_from_db()
    assert user.email == "amna@example.tn"


def test_a_colleagues_recovery_is_none_of_mine(desk):
    person(email="amna@example.tn")
    ask(desk, "amna@example.tn")
    other = with_second_factor(Client(), officer("desk_officer"))
    assert confirm(other, code_to(NEW)).status_code == 404


def test_a_desk_officer_does_not_give_back_an_account_of_staff_nor_their_own(desk):
    officer("inspector", email="inspector@example.tn")
    assert "Only an administrator" in ask(desk, "inspector@example.tn").content.decode()
    assert "your own account" in ask(desk, "desk@example.tn").content.decode()
    assert not Recovery.objects.exists()


def test_an_administrator_does_and_the_second_factor_is_added_anew(client):
    administrator = with_second_factor(client, officer("administrator", email="administrator@example.tn"))
    inspector = officer("inspector", email="inspector@example.tn")
    enrol(inspector)
    ask(administrator, "inspector@example.tn")
    confirm(administrator, code_to(NEW))
    assert not Authenticator.objects.filter(user=inspector).exists()
    back = Client()
    back.post(reverse("account_request_login_code"), {"email": NEW})
    back.post(reverse("account_confirm_login_code"), {"code": code_to(NEW)})
    led = back.get(reverse("backoffice:inbox"))
    assert led["Location"].startswith(reverse("mfa_activate_totp"))


def test_the_second_factor_of_a_person_who_is_no_staff_stays(desk):
    user = person(email="amna@example.tn")
    enrol(user)
    ask(desk, "amna@example.tn")
    confirm(desk, code_to(NEW))
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_no_other_door_stays_open_and_the_old_telephone_is_told(desk):
    user = person(phone="+21622123456")
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})
    SocialAccount.objects.create(user=user, provider="national-identity", uid="7")
    ask(desk, "22 123 456")

    confirm(desk, code_to(NEW))

    user.refresh_from_db()
    assert (user.email, user.phone) == (NEW, None)
    assert not Authenticator.objects.filter(user=user).exists()
    assert not SocialAccount.objects.filter(user=user).exists()
    assert Delivery.objects.get(address="+21622123456").channel == "sms"


def test_guesses_sent_at_once_are_counted_each(desk):
    person(email="amna@example.tn")
    ask(desk, "amna@example.tn")
    seen = Recovery.objects.get()
    by = User.objects.get(email="desk@example.tn")
    for _guess in range(5):
        copy = Recovery.objects.get()
        copy.attempts = 0  # each request read the row before the others wrote it
        with pytest.raises(NotRecovered):
            complete_recovery(recovery=copy, code="x", by=by)
    with pytest.raises(NotRecovered):
        complete_recovery(recovery=seen, code=code_to(NEW), by=by)


def test_an_address_taken_since_the_code_was_sent_is_refused(desk):
    user = person(email="amna@example.tn")
    ask(desk, "amna@example.tn")
    code = code_to(NEW)
    person(email=NEW)
    assert "Another account uses this new e-mail" in confirm(desk, code).content.decode()
    user.refresh_from_db()
    assert user.email == "amna@example.tn"


def test_other_staff_do_not_have_the_page(client):
    with_second_factor(client, officer("inspector"))
    assert client.get(reverse("accounts:recover")).status_code == 404
