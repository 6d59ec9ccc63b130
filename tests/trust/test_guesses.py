"""T11: guesses find nothing, a slip costs no query, and what is unknown looks and lasts alike."""

import os
import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from procedures.documents import codes
from procedures.documents.models import Document
from procedures.documents.selectors import issued_document
from tests.portal.verification.test_several import copies
from tests.procedures.documents.factories import issued_decision, keys_in

FULL = os.environ.get("TAKWIN_FULL") == "1"
GUESSES, ISSUED = (1_000_000, 200) if FULL else (10_000, 20)
ROUNDS, NEAR, TRIES = 60, 0.10, 4
pytestmark = [pytest.mark.trust, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def sealed_here(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TAKWIN_KEYS, settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "keys", tmp_path / "private"
    monkeypatch.setattr("procedures.cases.services.finish_issuing", lambda *, case_id: None)
    keys_in(settings.TAKWIN_KEYS)
    cache.clear()


@pytest.fixture
def document() -> Document:
    return issued_decision()


def test_guesses_that_are_well_formed_find_no_document(document: Document) -> None:
    copies(document, ISSUED)
    hits = sum(issued_document(codes.new_id()) is not None for _guess in range(GUESSES))
    assert hits == 0
    assert issued_document(document.public_id) is not None


def test_each_wrong_check_character_is_told_without_a_query(
    client: Client, document: Document, django_assert_num_queries: Any
) -> None:
    body, right = document.public_id[:-1], document.public_id[-1]
    wrong = [body + last for last in codes.ALPHABET if last != right]
    client.get("/en/verify/")  # what each process asks once for all its pages
    with django_assert_num_queries(0):
        answers = [client.get(address.format(code)) for code in wrong for address in ("/en/verify/{}/", "/V/{}")]
    assert {answer.status_code for answer in answers} == {404}
    assert all("One character differs" in answer.content.decode() for answer in answers[::2])
    assert client.get(f"/V/{document.public_id}").status_code == 200


@pytest.fixture
def unknown_ones(document: Document) -> dict[str, str]:
    """Codes of which nothing is told: never made, in the making, held, and one whose register entry was deleted."""
    making, held, gone = copies(document, 3)
    Document.objects.filter(pk=making.pk).update(state=Document.State.PREPARING)
    Document.objects.filter(pk=held.pk).update(state=Document.State.HELD)
    Document.objects.filter(pk=gone.pk).delete()
    never = codes.new_id()
    return {"never": never, "making": making.public_id, "held": held.public_id, "purged": gone.public_id}


def test_what_is_unknown_shares_one_status_and_one_body(client: Client, unknown_ones: dict[str, str]) -> None:
    for address in ("/en/verify/{}/", "/ar/verify/{}/", "/V/{}"):
        answers = [(client.get(address.format(code)), code) for code in unknown_ones.values()]
        assert {answer.status_code for answer, _code in answers} == {404}
        assert len({without(answer, code) for answer, code in answers}) == 1


def without(answer: Any, code: str) -> str:
    page = re.sub(r"<time.*?</time>", "", answer.content.decode())
    return page.replace(codes.grouped(code), "").replace(code, "")


@pytest.mark.parametrize("other", ["making", "held", "purged"])
def test_what_is_unknown_takes_one_time(client: Client, unknown_ones: dict[str, str], other: str) -> None:
    """Computing time, in turn, so that a busy machine is busy for both; one that is disturbed may measure again."""
    for _try in range(TRIES):
        never, known = medians(*(partial(ask, client, unknown_ones[kind]) for kind in ("never", other)))
        apart = abs(never - known) / min(never, known)
        print(f"{other}: {never * 1000:.2f} and {known * 1000:.2f} ms, {apart:.1%} apart")
        if apart < NEAR:
            return
    pytest.fail(f"{other}: the medians are {apart:.1%} apart")


def ask(client: Client, code: str) -> None:
    cache.clear()
    assert client.get(f"/V/{code}").status_code == 404


def medians(*ways: Callable[[], None]) -> list[float]:
    spent: list[list[float]] = [[] for _way in ways]
    for _round in range(ROUNDS):
        for way, times in zip(ways, spent, strict=True):
            began = time.thread_time()
            way()
            times.append(time.thread_time() - began)
    return [median(times[5:]) for times in spent]
