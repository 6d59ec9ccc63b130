"""T24: a paper is opened by those it concerns, through a view that asks; there is no other way to it."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.http import Http404
from django.test import override_settings
from django.urls import get_resolver

from procedures.evidence import services
from procedures.evidence.models import Upload
from procedures.evidence.opening import open_paper
from procedures.evidence.scanning import scan_again
from tests.procedures.evidence.clamd import FakeClamd
from tests.procedures.evidence.corpus import bad_papers, good_papers, pdf, photograph, upload
from tests.procedures.wizard.factories import Visitor, a_person

pytestmark = [pytest.mark.trust, pytest.mark.django_db]


def a_paper(*, content: bytes | None = None, name: str = "diploma.pdf") -> tuple[Visitor, Upload]:
    visitor = Visitor(a_person())
    visitor.start()
    kept = services.receive_paper(
        draft=visitor.stored(), paper="identity", file=upload(name, content or pdf()), by=visitor.person
    )
    return visitor, kept


def address(visitor: Visitor, kept: Upload) -> str:
    return visitor.path(f"drafts/{visitor.draft}/papers/{kept.pk}/")


def test_the_owner_opens_it_with_headers_that_let_nothing_run() -> None:
    visitor, kept = a_paper()
    answer = visitor.client.get(address(visitor, kept))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    answer.close()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]
    assert set(answer["Cache-Control"].split(", ")) >= {"private", "no-store"}


def test_a_picture_is_shown_in_place_under_the_same_headers() -> None:
    visitor, kept = a_paper(content=photograph(), name="IMG.jpg")
    answer = visitor.client.get(address(visitor, kept))
    answer.close()
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_for_everybody_else_it_does_not_exist() -> None:
    visitor, kept = a_paper()
    other, _its_paper = a_paper()
    missing = visitor.path(f"drafts/{visitor.draft}/papers/00000000-0000-4000-8000-000000000000/")
    assert visitor.client.get(missing).status_code == 404
    for stranger in (other, Visitor()):
        assert stranger.client.get(address(visitor, kept)).status_code == 404
        assert stranger.client.get(stranger.path(f"drafts/{other.draft}/papers/{kept.pk}/")).status_code == 404


def test_no_public_address_leads_to_the_storage() -> None:
    visitor, kept = a_paper()
    private = Path(storages["private"].path(kept.stored))
    for public in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        assert Path(public).resolve() not in private.resolve().parents
    for path in (f"/media/{kept.stored}", f"/static/{kept.stored}", f"/private/{kept.stored}", f"/{kept.stored}"):
        assert visitor.client.get(path).status_code == 404
    assert not any(
        "serve" in getattr(each.callback, "__name__", "") for each in _patterns() if "wagtail" not in _module(each)
    )


def _patterns() -> list[Any]:
    found, waiting = [], list(get_resolver().url_patterns)
    while waiting:
        each = waiting.pop()
        if hasattr(each, "url_patterns"):
            waiting.extend(each.url_patterns)
        else:
            found.append(each)
    return found


def _module(pattern: Any) -> str:
    return getattr(pattern.callback, "__module__", "")


def test_the_name_on_the_disk_is_ours_and_the_file_is_the_servers_alone() -> None:
    _visitor, kept = a_paper(name="../../../etc/passwd.pdf")
    assert kept.name == "passwd.pdf"
    assert "passwd" not in kept.stored
    assert os.stat(storages["private"].path(kept.stored)).st_mode & 0o077 == 0


def test_hostile_files_leave_nothing_behind() -> None:
    visitor = Visitor(a_person())
    visitor.start()
    for name, content, reason in bad_papers().values():
        with pytest.raises(services.PaperRefused) as refusal:
            services.receive_paper(draft=visitor.stored(), paper="identity", file=upload(name, content), by=None)
        assert refusal.value.code == reason
    assert not Upload.objects.exists()
    assert not any(path.is_file() for path in Path(storages["private"].location).rglob("*"))


def test_every_paper_as_people_have_them_passes() -> None:
    visitor = Visitor(a_person())
    visitor.start()
    good = good_papers()
    for number, (name, content) in enumerate(good.values()):
        services.receive_paper(draft=visitor.stored(), paper=f"paper{number}", file=upload(name, content), by=None)
    assert Upload.objects.filter(state=Upload.State.CLEAN).count() == len(good) >= 10


def test_a_virus_is_refused_and_nothing_is_kept() -> None:
    with FakeClamd(b"stream: Eicar-Test-Signature FOUND\0") as clamd, override_settings(TAKWIN_CLAMD=clamd.address):
        visitor = Visitor(a_person())
        visitor.start()
        with pytest.raises(services.PaperRefused) as refusal:
            services.receive_paper(draft=visitor.stored(), paper="identity", file=upload("a.pdf", pdf()), by=None)
    assert refusal.value.code == "infected"
    assert not Upload.objects.exists()


def test_a_scanner_that_is_down_keeps_the_paper_from_everybody_until_it_answers(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with override_settings(TAKWIN_CLAMD="127.0.0.1:9"):
        visitor, kept = a_paper()
        assert kept.state == Upload.State.AWAITING_SCAN
        assert visitor.client.get(address(visitor, kept)).status_code == 404
        with pytest.raises(Http404):
            open_paper(kept)
        assert not scan_again(upload_id=str(kept.pk))
    quarantined = kept.stored
    with (
        FakeClamd(b"stream: OK\0") as clamd,
        override_settings(TAKWIN_CLAMD=clamd.address),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert scan_again(upload_id=str(kept.pk))
    answer = visitor.client.get(address(visitor, kept))
    answer.close()
    assert answer.status_code == 200
    assert not storages["private"].exists(quarantined)


def test_a_virus_found_late_takes_the_file_away_and_says_so(django_capture_on_commit_callbacks: Any) -> None:
    with override_settings(TAKWIN_CLAMD="127.0.0.1:9"):
        visitor, kept = a_paper()
    with (
        FakeClamd(b"stream: Eicar-Test-Signature FOUND\0") as clamd,
        override_settings(TAKWIN_CLAMD=clamd.address),
        django_capture_on_commit_callbacks(execute=True),
    ):
        scan_again(upload_id=str(kept.pk))
    kept.refresh_from_db()
    assert kept.state == Upload.State.REFUSED
    assert visitor.client.get(address(visitor, kept)).status_code == 404
    assert not any(path.is_file() for path in Path(storages["private"].location).rglob("*"))
