"""The key with which a browser seals what it could not send: one a session, gone when others may come."""

import re
from typing import Any

import pytest

from tests.procedures.wizard.factories import Visitor, a_person

pytestmark = pytest.mark.django_db


def key_on(page: Any) -> str:
    found = re.search(r'data-key="([\d,]*)"', page.content.decode())
    assert found
    return found[1]


def at_a_page() -> tuple[Visitor, str]:
    visitor = Visitor(a_person())
    return visitor, visitor.start()


def test_a_session_has_one_key_of_256_bits() -> None:
    visitor, step = at_a_page()
    key = key_on(visitor.open(step))
    assert len(key.split(",")) * 8 == 256
    assert key_on(visitor.open(step)) == key


def test_another_session_of_the_same_person_has_another_key() -> None:
    visitor, step = at_a_page()
    elsewhere = Visitor(visitor.person)
    elsewhere.draft = visitor.draft
    assert key_on(elsewhere.open(step)) != key_on(visitor.open(step))


def test_the_key_outlives_a_login_and_goes_with_the_logout() -> None:
    visitor = Visitor()
    step = visitor.start()
    key, person = key_on(visitor.open(step)), a_person()
    visitor.client.force_login(person)
    assert key_on(visitor.open(step)) == key
    answer = visitor.client.post("/en/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"storage"'
    visitor.client.force_login(person)
    assert key_on(visitor.open(step)) != key


def test_a_page_clears_nothing_while_one_stays() -> None:
    visitor, step = at_a_page()
    assert "Clear-Site-Data" not in visitor.open(step)


def test_a_shared_device_is_given_no_key_and_told_to_forget() -> None:
    visitor, step = at_a_page()
    key, path = key_on(visitor.open(step)), visitor.path(f"drafts/{visitor.draft}/device/")
    answer = visitor.client.post(path, {"shared": "1"})
    assert answer["Clear-Site-Data"] == '"storage"'
    page = visitor.client.get(answer["Location"], follow=True)
    assert key_on(page) == ""
    assert "Nothing is kept on this device" in page.content.decode()
    visitor.client.post(path)
    assert key_on(visitor.open(step)) not in ("", key)


def test_the_device_of_a_draft_is_its_owners_business() -> None:
    visitor, _step = at_a_page()
    stranger = Visitor(a_person())
    assert stranger.client.post(stranger.path(f"drafts/{visitor.draft}/device/")).status_code == 404
    assert stranger.client.get(stranger.path(f"drafts/{visitor.draft}/")).status_code == 404
