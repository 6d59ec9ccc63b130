"""What nobody needs is not kept: drafts without end, names that no page asks, pages longer than a book."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cms_content.models import Opening
from procedures.cases.models import Case
from procedures.wizard import limits
from procedures.wizard.models import Draft
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import CODE, Visitor, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_counted_yet() -> None:
    cache.clear()


def test_one_person_has_a_limited_number_of_open_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_OPEN", 3)
    visitor = Visitor(a_person())
    for _draft in range(3):
        visitor.start()
        Draft.objects.filter(pk=visitor.draft).update(version=1)  # no longer untouched
    refused = visitor.client.post(visitor.path(f"services/{CODE}/start/"))
    assert refused.status_code == 429
    assert "Too many applications" in refused.content.decode()
    assert Draft.objects.count() == 3


def test_an_address_without_accounts_starts_a_limited_number_of_drafts(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(limits, "MOST_STARTS", 3)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    path = f"/en/services/{CODE}/start/"
    from_one = [Client().post(path, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 192.0.2.1").status_code for n in range(5)]
    assert from_one == [302, 302, 302, 429, 429]  # what the visitor wrote before the proxy's word changes nothing
    assert Client().post(path, HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == 302
    assert Visitor(a_person()).client.post(path, HTTP_X_FORWARDED_FOR="192.0.2.1").status_code == 302


def test_a_page_keeps_what_it_asks_and_nothing_else() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    visitor.send(step, {"identity-id_number": "1\x002", "elsewhere": "x" * 1000, "identity-\x00": "1"})
    kept = visitor.stored().typed[step]["data"]
    assert kept["identity-id_number"] == ["12"]
    assert not [name for name in kept if "\x00" in name or name == "elsewhere"]


def test_a_page_longer_than_anybody_writes_is_refused() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    assert visitor.send(step, {"identity-id_number": "x" * 1_000_000}).status_code == 400
    assert step not in visitor.stored().typed


def test_a_version_that_is_no_number_is_an_old_one() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    visitor.send(step, {"identity-id_number": "1"})
    for version in ("²", "9" * 5000, "-1"):
        assert visitor.send(step, {"identity-id_number": "2"}, version=version).status_code == 409


def test_a_service_that_closed_meanwhile_takes_no_filing_and_loses_nothing() -> None:
    House()  # an office is there to receive it
    visitor = Visitor(a_person())
    visitor.ready()
    Opening.objects.create(procedure=CODE, closed=True)
    answer = visitor.file()
    assert answer.status_code == 200
    assert "takes no new applications" in answer.content.decode()
    assert not Case.objects.exists()
    assert visitor.stored().answers
