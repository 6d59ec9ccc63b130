"""A document always finds a place in the status list, and nobody can guess which."""

import secrets
from datetime import date

import pytest
from django.utils import timezone

from procedures.documents import services, status_list
from procedures.documents.models import Document, StatusPeriod

pytestmark = pytest.mark.django_db


def issued(number: int, **more: int) -> Document:
    return Document.objects.create(
        public_id=f"L{number}", number="1", procedure="x", output="x", kind_number=1, frame="x", titles={}, content={},
        template_version="1", claims={}, kid="x", cose=b"", cose_digest="x", issued_on=date(2026, 4, 15),
        **{"status_index": services._free_index()} | more,
    )  # fmt: skip


def test_the_list_grows_with_what_is_issued_and_more_than_half_of_it_stays_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(status_list, "ENTRIES", 4)
    documents = [issued(number) for number in range(60)]
    taken = [document.status_index for document in documents]
    assert len(set(taken)) == 60
    assert taken != sorted(taken)
    assert max(taken) < status_list.places()
    assert status_list.places() > 2 * Document.objects.count()
    before = status_list.places()
    last = documents[-1]
    StatusPeriod.objects.create(document=last, status="revoked", since=timezone.now(), reason="error")
    issued(100, pk=documents[-1].pk + 1000)
    packed = status_list.packed(timezone.now())
    assert len(packed) * 4 == status_list.places() > before
    assert packed[last.status_index // 4] >> (last.status_index % 4 * 2) & 3 == 1  # where it was sealed


def test_a_place_is_drawn_among_all_of_them_and_again_where_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, among = issued(1, pk=1_000_000).status_index, []

    def draw(places: int) -> int:
        among.append(places)
        return taken if len(among) < 3 else 1_500_000

    monkeypatch.setattr(secrets, "randbelow", draw)
    assert services._free_index() == 1_500_000
    assert among == [2**21] * 3
    assert status_list.places() == 2**21
