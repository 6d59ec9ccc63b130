"""T9: no door of the staff's rooms opens to a session without a second factor, Wagtail's doors included."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from notifications.models import Delivery
from portal.accounts.middleware import EDITORS_ROOMS
from procedures.policies import policy_of
from tests.portal.accounts.factories import (
    PASSWORD,
    code_of,
    editor,
    enrol,
    officer,
    person,
    with_password_only,
    with_second_factor,
)
from tests.portal.accounts.mailbox import code_to

pytestmark = [pytest.mark.django_db, pytest.mark.trust]

SAMPLES = {"uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "int": "1", "slug": "x", "str": "x", "path": "x"}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, prefix + str(each.pattern))
        else:
            yield prefix + str(each.pattern), each


def address_of(route: str, pattern: URLPattern) -> str:
    """An address that the pattern answers to, whatever stands in it."""
    if "(?P<" in route or "^" in route:
        route = re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)", "1", route)
        route = re.sub(r"[\^$]|\\Z", "", route).replace("\\", "")
    converters = {
        name: type(c).__name__.removesuffix("Converter").lower() for name, c in pattern.pattern.converters.items()
    }

    def sample(match: re.Match[str]) -> str:
        kind = match.group(1).rstrip(":") if match.group(1) else converters.get(match.group(2), "str")
        return SAMPLES.get(kind, "1")

    return "/" + re.sub(r"<(\w+:)?(\w+)>", sample, route)


def staff_addresses() -> list[str]:
    found = []
    with override("en"):
        for route, pattern in patterns(get_resolver()):
            address = address_of(route, pattern)
            policy = policy_of(pattern.callback)
            if (policy and policy.staff) or address.startswith(EDITORS_ROOMS):
                found.append(address)
    return sorted(set(found))


@pytest.fixture(scope="module")
def addresses() -> list[str]:
    return staff_addresses()


def opened(client: Client, address: str) -> str:
    """Empty where the address refuses; otherwise what it answered."""
    answers = []
    for method in (client.get, client.post):
        answer = method(address)
        location = answer.get("Location", "")
        kept_out = answer.status_code == 404 or (answer.status_code == 302 and "/accounts/" in location)
        if not kept_out:
            answers.append(f"{address} {answer.status_code} {location}")
    return "; ".join(answers)


def test_the_list_holds_the_editors_rooms_and_the_offices(addresses):
    assert len(addresses) > 100
    assert "/cms/" in addresses
    assert any(address.startswith("/cms/pages/") for address in addresses)
    assert any(address.startswith("/en/accounts/recover/") for address in addresses)


def test_nobody_without_an_account_opens_any_of_them(client, addresses):
    assert [bad for address in addresses if (bad := opened(client, address))] == []


def test_no_member_of_staff_with_a_password_only_opens_any_of_them(client, addresses):
    user = officer("administrator")
    user.is_staff = user.is_superuser = True
    user.save()
    with_password_only(client, user)
    assert [bad for address in addresses if (bad := opened(client, address))] == []


def test_no_member_of_staff_who_has_a_second_factor_but_did_not_use_it_opens_any_of_them(client, addresses):
    user = officer("administrator")
    user.is_staff = user.is_superuser = True
    user.save()
    enrol(user)
    with_password_only(client, user)
    assert [bad for address in addresses if (bad := opened(client, address))] == []


def test_staff_without_a_second_factor_are_led_to_add_one_with_a_sentence(client):
    with_password_only(client, officer("administrator"))
    answer = client.get(reverse("accounts:recover"), follow=True)
    assert answer.resolver_match.url_name == "mfa_activate_totp"
    assert "add a second factor to enter staff pages" in answer.content.decode()


def test_staff_who_did_not_use_it_are_asked_for_it_and_then_arrive(client):
    user = officer("administrator")
    secret = enrol(user)
    with_password_only(client, user)
    page = reverse("accounts:recover")
    asked = client.get(page)
    assert asked["Location"].startswith(reverse("mfa_reauthenticate"))
    answer = client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret), "next": page})
    assert answer["Location"] == page
    assert client.get(page).status_code == 200


@pytest.mark.django_db(transaction=True)  # the factor counts once it is committed
def test_enrolling_opens_the_staffs_pages_in_the_same_session(client):
    user = officer("administrator")
    with_password_only(client, user)
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)})
    assert client.get(reverse("accounts:recover")).status_code == 200


def test_with_a_second_factor_the_editors_room_opens(client):
    with_second_factor(client, editor())
    assert client.get(reverse("wagtailadmin_account")).status_code == 200


def test_a_person_without_a_role_is_told_that_the_page_does_not_exist(client):
    with_second_factor(client, person())
    assert client.get(reverse("accounts:recover")).status_code == 404
    assert client.get("/cms/", follow=True).status_code == 404


LOGIN_DOORS = ["account_login", "wagtailadmin_login"]


@pytest.mark.parametrize("door", LOGIN_DOORS)
def test_a_password_alone_at_any_login_door_gives_no_staff_session(client, door):
    user = editor()
    enrol(user)
    client.post(
        reverse(door),
        {"login": user.email, "username": user.email, "email": user.email, "password": PASSWORD},
        follow=True,
    )
    assert "_auth_user_id" not in client.session
    assert client.get("/cms/").status_code == 302


def test_wagtails_doors_lead_to_ours(client):
    assert client.get("/cms/login/")["Location"].startswith(reverse("account_login"))
    assert client.get("/cms/password_reset/")["Location"] == reverse("account_reset_password")


def test_the_second_step_finishes_the_login(client):
    user = officer("administrator")
    secret = enrol(user)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("accounts:recover")).status_code == 200


def test_a_code_by_mail_does_not_replace_the_second_factor(client):
    user = officer("administrator")
    enrol(user)
    client.post(reverse("account_request_login_code"), {"email": user.email})
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_to(user.email)})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_new_password_does_not_skip_the_second_factor(client):
    user = officer("administrator")
    enrol(user)
    client.post(reverse("account_reset_password"), {"email": user.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_to(user.email)})
    new = "another-fine-sentence-77"
    client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert "_auth_user_id" not in client.session
    answer = client.post(reverse("account_login"), {"login": user.email, "password": new})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert Delivery.objects.filter(address=user.email).count() >= 2


def test_a_closed_account_is_out_at_the_next_request(client):
    user = officer("administrator")
    with_second_factor(client, user)
    page = reverse("accounts:recover")
    assert client.get(page).status_code == 200
    user.is_active = False
    user.save()
    assert client.get(page)["Location"].startswith(reverse("account_login"))


def test_djangos_own_admin_is_not_mounted():
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")
    assert not any("django.contrib.admin" in pattern.callback.__module__ for _, pattern in patterns(get_resolver()))


def test_an_act_that_binds_asks_again_after_five_minutes(client):
    user = officer("administrator")
    with_second_factor(client, user, seconds_ago=301)
    page = reverse("accounts:recover_code", kwargs={"recovery": 1})
    assert client.get(page)["Location"].startswith(reverse("mfa_reauthenticate"))
    with_second_factor(client, user, seconds_ago=290)
    assert client.get(page).status_code == 404  # no such recovery, but the door opened
