"""What devices keep is the same for everybody: it tells nobody's message and changes with nobody's session."""

from typing import Any

import pytest
from django.test import Client

from tests.portal.accounts.factories import with_second_factor
from tests.procedures.documents.factories import person

pytestmark = pytest.mark.django_db
KEPT = ("/V/worker.js", "/V/shell/fr", "/V/scan/fr")


@pytest.fixture
def told() -> Client:
    """An officer to whom a message waits to be told on their next page."""
    client = with_second_factor(Client(), person("Officer", "administrator"))
    client.post("/fr/office/mismatches/00000000-0000-4000-8000-000000000000/see/")
    return client


@pytest.mark.parametrize("path", KEPT)
def test_what_a_device_keeps_is_the_same_for_everybody(path: str, told: Client, monkeypatch: Any) -> None:
    assert told.get(path).content == Client().get(path).content


def test_a_message_that_waits_is_left_for_the_page_that_tells_it(told: Client) -> None:
    saved = told.post("/fr/office/filters/", {"name": "Mine", "query": "state=any"})
    for path in KEPT:
        told.get(path)
    assert list(told.get(saved["Location"]).context["messages"])
