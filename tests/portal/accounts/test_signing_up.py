"""Sign-up by e-mail and by telephone."""

import pytest
from django.test import Client
from django.urls import reverse

from notifications.models import Delivery
from portal.accounts.models import User
from tests.portal.accounts.factories import PASSWORD, person
from tests.portal.accounts.mailbox import code_to, last_to

pytestmark = pytest.mark.django_db


def sign_up(client: Client, **changes: str):
    entered = {"name": "آمنة", "email": "amna@example.tn", "password1": PASSWORD} | changes
    return client.post(reverse("account_signup"), entered)


def test_an_email_is_proved_by_a_code_before_the_account_opens(client):
    assert sign_up(client).status_code == 302
    assert "_auth_user_id" not in client.session

    answer = client.post(reverse("account_email_verification_sent"), {"code": code_to("amna@example.tn")})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email="amna@example.tn").pk)


def test_a_wrong_code_says_how_to_mend_it_and_opens_nothing(client):
    sign_up(client)
    answer = client.post(reverse("account_email_verification_sent"), {"code": "000000"})
    assert "Copy the six digits" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_account_keeps_the_language_of_the_page(client):
    client.post("/fr/accounts/signup/", {"name": "Amna", "email": "amna@example.tn", "password1": PASSWORD})
    assert User.objects.get(email="amna@example.tn").language == "fr"
    assert last_to("amna@example.tn").language == "fr"


def test_the_mail_tells_the_code_in_the_body_and_nothing_personal_in_the_subject(client):
    sign_up(client)
    mail = last_to("amna@example.tn")
    assert "amna" not in mail.subject.lower()
    assert "آمنة" not in mail.subject
    assert code_to("amna@example.tn") not in mail.subject
    assert mail.secret


def test_an_address_that_has_an_account_gets_the_same_answer_and_a_mail_that_says_so(client):
    person(email="amna@example.tn")
    known = sign_up(client)
    unknown = sign_up(Client(), email="other@example.tn")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "already" in last_to("amna@example.tn").subject
    assert User.objects.filter(email="amna@example.tn").count() == 1


def test_the_same_address_in_capitals_is_the_same_account(client):
    person(email="Amna@Example.TN")
    sign_up(client, email="AMNA@example.tn")
    assert User.objects.filter(email__iexact="amna@example.tn").count() == 1


def test_a_telephone_and_its_code_are_enough(client):
    answer = client.post(reverse("accounts:signup_by_phone"), {"name": "آمنة", "phone": "22 123 456"})
    assert answer["Location"] == reverse("account_verify_phone")
    assert Delivery.objects.get(address="+21622123456").channel == "sms"

    answer = client.post(reverse("account_verify_phone"), {"code": code_to("+21622123456")})

    user = User.objects.get(phone="+21622123456")
    assert (user.phone_verified, user.email, user.has_usable_password()) == (True, None, False)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_telephone_that_has_an_account_gets_the_same_answer(client):
    person(phone="+21622123456")
    answer = client.post(reverse("accounts:signup_by_phone"), {"name": "x", "phone": "22123456"})
    assert answer["Location"] == reverse("account_verify_phone")
    assert "already has" in last_to("+21622123456").body
    assert User.objects.filter(phone="+21622123456").count() == 1


@pytest.mark.parametrize("typed", ["123", "+1", "abc", "22 123 45"])
def test_a_telephone_that_is_none_is_refused_with_an_example(client, typed):
    answer = client.post(reverse("accounts:signup_by_phone"), {"name": "x", "phone": typed})
    assert answer.status_code == 200
    assert "22 123 456" in answer.content.decode()
    assert typed in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter your name"),
        ("email", "", "Enter your e-mail"),
        ("email", "amna@", "Enter your e-mail, for example"),
        ("password1", "", "Choose a password"),
    ],
)
def test_each_empty_or_wrong_field_is_named_beside_itself_and_in_the_summary(client, field, value, sentence):
    page = sign_up(client, **{field: value}).content.decode()
    assert page.count(sentence) >= 2
    assert f'href="#id_{field}"' in page


def test_a_dead_mail_server_does_not_stop_a_sign_up(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert sign_up(client).status_code == 302
    assert last_to("amna@example.tn").sent_at is None
