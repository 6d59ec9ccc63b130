"""Files that come in parts: each part counts once, the last makes a paper, and what is given up goes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone

from procedures.evidence.models import Parcel, Upload
from procedures.evidence.parcels import purge_parcels
from procedures.evidence.shelves import ARRIVING
from procedures.wizard.services import discard_draft
from tests.procedures.evidence.corpus import pdf, picture, upload
from tests.procedures.wizard.factories import Visitor, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Visitor:
    visitor = Visitor(a_person())
    visitor.fill()
    return visitor


def send(visitor: Visitor, content: bytes, at: int | None = None, upto: int | None = None, **changes: Any) -> Any:
    told = {"into": "paper-certificate", "name": "diploma.jpg", "size": str(len(content)), "key": "diploma.jpg1"}
    if at is not None:
        told |= {"at": str(at), "part": upload("blob", content[at : upto or len(content)])}
    return visitor.client.post(visitor.path(f"drafts/{visitor.draft}/papers/parts/"), told | changes)


def on_the_shelf() -> list[str]:
    private = storages["private"]
    if not private.exists(ARRIVING):
        return []
    return [name for folder in private.listdir(ARRIVING)[0] for name in private.listdir(f"{ARRIVING}/{folder}")[1]]


def test_a_file_in_parts_goes_on_where_it_stopped_and_becomes_a_paper(visitor: Visitor) -> None:
    content = picture((1200, 900))
    assert send(visitor, content).json() == {"at": 0}
    assert send(visitor, content, 0, 5000).json() == {"at": 5000}
    assert send(visitor, content).json() == {"at": 5000}, "the same file, chosen again after a broken connection"
    answer = send(visitor, content, 5000).json()
    assert "diploma.jpg" in answer["html"]
    assert "are here" in answer["ready"]
    assert Upload.objects.get(draft=visitor.draft).paper == "certificate"
    assert not Parcel.objects.exists()
    assert on_the_shelf() == []


def test_a_part_that_comes_twice_or_too_early_is_left_aside(visitor: Visitor) -> None:
    content = picture((1200, 900))
    send(visitor, content, 0, 4000)
    assert send(visitor, content, 0, 4000).json() == {"at": 4000}
    assert send(visitor, content, 6000, 8000).json() == {"at": 4000}
    assert "html" in send(visitor, content, 4000).json()


def test_a_part_longer_than_what_is_missing_is_left_aside(visitor: Visitor) -> None:
    content = picture((1200, 900))
    assert send(visitor, content, 0, size="100").json() == {"at": 0}
    assert send(visitor, content, 0, size="-1").json()["html"]
    assert send(visitor, content, 0, size="x" * 50).json()["html"]
    assert on_the_shelf() == []


def test_a_bad_file_in_parts_is_refused_with_its_reason_and_leaves_nothing(visitor: Visitor) -> None:
    answer = send(visitor, b"MZ\x90\0" + b"\0" * 300, 0)
    assert "This is a program, not a paper" in answer.json()["html"]
    assert not Upload.objects.exists()
    assert not Parcel.objects.exists()
    assert on_the_shelf() == []


def test_a_file_that_will_be_too_large_is_refused_before_it_is_sent(visitor: Visitor, settings: Any) -> None:
    answer = send(visitor, b"x", size=str(settings.TAKWIN_UPLOAD_MAX_BYTES + 1))
    assert "larger than 15 MB" in answer.json()["html"]
    assert not Parcel.objects.exists()


def test_nobody_sends_parts_into_a_draft_of_another_or_for_a_paper_that_is_not_asked(visitor: Visitor) -> None:
    assert send(visitor, b"x" * 10, 0, into="paper-guardian_identity").status_code == 404
    mine, visitor.client = visitor.client, Client()
    assert send(visitor, b"x" * 10, 0).status_code == 404
    visitor.client = mine
    assert not Parcel.objects.exists()


def test_what_was_given_up_is_purged_after_a_day_and_with_its_draft(visitor: Visitor) -> None:
    content = pdf(3)
    send(visitor, content, 0, 300)
    assert purge_parcels(now=timezone.now()) == 0
    assert purge_parcels(now=timezone.now() + timedelta(hours=25)) == 1
    assert on_the_shelf() == []
    send(visitor, content, 0, 300)


def test_a_draft_that_is_deleted_takes_the_parts_along(
    visitor: Visitor, django_capture_on_commit_callbacks: Any
) -> None:
    send(visitor, pdf(3), 0, 300)
    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(draft=visitor.stored())
    assert not Parcel.objects.exists()
    assert on_the_shelf() == []


def test_many_files_on_their_way_at_once_fill_no_disk(visitor: Visitor) -> None:
    for number in range(30):
        send(visitor, pdf(3), 0, 300, key=f"file {number}")
    assert Parcel.objects.filter(draft=visitor.draft).count() <= 12
    assert len(on_the_shelf()) <= 12
