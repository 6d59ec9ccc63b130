"""A suspension from a moment to a moment: before, in and after it, by the register, the page, the list, the command."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from procedures.documents.keys import jwk_set
from procedures.documents.models import Document, StatusPeriod
from procedures.documents.selectors import status_of, statuses_of
from takwin_verify import judged, keys_of, status_list_of
from takwin_verify.reading import code_of
from tests.procedures.documents.factories import issued_decision, keys_in
from tests.verifier.asking import scanned

pytestmark = pytest.mark.django_db
SECOND, DAYS = timedelta(seconds=1), timedelta(days=10)


@pytest.fixture
def suspended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> StatusPeriod:
    monkeypatch.setattr("procedures.cases.services.finish_issuing", lambda *, case_id: None)
    settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "private"
    keys_in(settings.TAKWIN_KEYS)
    since = timezone.now() + DAYS
    return StatusPeriod.objects.create(
        document=issued_decision(), status="suspended", since=since, until=since + DAYS, reason="inquiry"
    )


def in_register(document: Document) -> str:
    return status_of(document)


def in_a_list_of_codes(document: Document) -> str:
    return statuses_of([document])[document.pk]


def on_the_page(document: Document) -> str:
    page = Client().get(f"/V/{document.public_id}", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    said = {"suspended": "Document suspended: do not rely on it for now", "valid": "Genuine document"}
    [state] = [state for state, words in said.items() if words in page]
    return state


def by_the_verifier(document: Document) -> str:
    """The seal and the signed list alone, as they are published."""
    cache.clear()
    keys = keys_of(jwk_set())
    statuses = status_list_of(Client().get("/status/0.cwt").content, keys)
    return judged(code_of(scanned(document)), keys, statuses, now=timezone.now()).state


WAYS = (in_register, in_a_list_of_codes, on_the_page, by_the_verifier)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_suspension_holds_from_its_first_moment_to_its_last(
    suspended: StatusPeriod, way: Callable[[Document], str]
) -> None:
    since, until = suspended.since, suspended.until
    assert until is not None
    moments: list[tuple[datetime, str]] = [
        (timezone.now(), "valid"),
        (since - SECOND, "valid"),
        (since, "suspended"),
        (since + DAYS / 2, "suspended"),
        (until - SECOND, "suspended"),
        (until, "valid"),
        (until + DAYS, "valid"),
    ]
    for moment, state in moments:
        with time_machine.travel(moment, tick=False):
            assert way(suspended.document) == state, moment
