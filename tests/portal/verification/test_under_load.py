"""The page of one document under load: one query, no session, a mould that lets nothing through, counts in batches."""

import multiprocessing
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from cms_content.models import SiteSettings
from portal.verification import gathering
from portal.verification.models import Verified
from procedures.documents.models import Document, SealKey, StatusPeriod
from procedures.documents.standing import issued_standing, standing_of
from tests.portal.verification.ending_worker import count_two_and_end
from tests.procedures.documents.factories import issued_decision

STATES = ("valid", "suspended", "revoked", "replaced", "expired", "valid with a retired key")
HOSTILE = "\"><script>alert(1)</script>&amp;'{{a}}"
DOORS = ("/V/{}", "/ar/verify/{}/", "/fr/verify/{}/", "/en/verify/{}/")


@pytest.fixture
def document() -> Document:
    return issued_decision()


class Clock:
    """In place of the one whose thread writes: a test says when."""

    def __init__(self, *_told: Any) -> None:
        self.daemon = False

    def start(self) -> None:
        pass


@pytest.fixture
def in_batches(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Counted as a site counts."""
    settings.TAKWIN_COUNT_SECONDS = 5
    monkeypatch.setattr(gathering, "Timer", Clock)
    yield
    gathering.write_gathered()


def put_in(document: Document, state: str) -> None:
    if state == "expired":
        Document.objects.filter(pk=document.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    elif state == "valid with a retired key":
        SealKey.objects.filter(kid=document.kid).update(revoked_at=timezone.now())
    elif state != "valid":
        other = Document.objects.filter(pk=document.pk).first() if state == "replaced" else None
        now = timezone.now()
        StatusPeriod.objects.create(document=document, status=state, since=now, reason="inquiry", replaced_by=other)


def same_moment(page: str) -> str:
    return re.sub(r"<time.*?</time>", "", page)


@pytest.mark.parametrize("state", STATES)
def test_what_is_poured_is_what_is_rendered(document: Document, state: str) -> None:
    """A cookie of a session that is over has the page rendered for its bearer alone."""
    put_in(document, state)
    for door in DOORS:
        address = door.format(document.public_id)
        poured, again = Client().get(address), Client().get(address)
        bearer = Client()
        bearer.cookies["session"] = "of-nobody"
        rendered = bearer.get(address)
        assert rendered.templates
        assert not again.templates  # it was poured
        assert same_moment(poured.content.decode()) == same_moment(rendered.content.decode())
        assert same_moment(again.content.decode()) == same_moment(rendered.content.decode())
        assert dict(again.headers).items() - dict(rendered.headers).items() <= {
            ("Content-Length", again["Content-Length"])
        }
        assert not again.cookies


@pytest.mark.parametrize("door", DOORS)
def test_two_documents_share_no_word(document: Document, door: str) -> None:
    other = issued_decision(serial=2)
    Document.objects.filter(pk=other.pk).update(number="B-2", content={"short_name": {"ar": "منى", "lat": "Mouna B."}})
    first = Client().get(door.format(document.public_id)).content.decode()
    second = Client().get(door.format(other.public_id)).content.decode()
    for own, page, foreign in ((document, first, other), (other, second, document)):
        own.refresh_from_db()
        foreign.refresh_from_db()
        assert own.public_id in page
        assert own.number in page
        assert foreign.public_id not in page
        assert foreign.number not in page
    assert "Yassine" not in second
    assert "ياسين" not in second


@pytest.mark.parametrize("door", DOORS)
def test_a_hostile_word_stays_a_word(document: Document, door: str) -> None:
    words = {"ar": HOSTILE, "fr": HOSTILE, "en": HOSTILE}
    content = {"short_name": {"ar": HOSTILE, "lat": HOSTILE}, "public": [{"label": words, "value": words}]}
    Document.objects.filter(pk=document.pk).update(number=HOSTILE, titles=words, content=content)
    for _time in range(2):  # where the mould is made, and where it is filled
        page = Client().get(door.format(document.public_id)).content.decode()
        assert "<script>alert" not in page
        assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&#x27;{{a}}") == 6


def test_an_issued_document_costs_one_query_and_no_session(document: Document, in_batches: None) -> None:
    client = Client()
    client.get(f"/V/{document.public_id}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(f"/V/{document.public_id}")
    assert [query["sql"].split()[0] for query in asked] == ["SELECT"]
    assert "session" not in asked[0]["sql"]
    assert not answer.cookies


def test_who_is_signed_in_sees_their_own_menu_and_nobody_else_does(document: Document) -> None:
    reader = Client()
    reader.force_login(get_user_model().objects.create_user("reader@example.tn", "x"))
    address = f"/fr/verify/{document.public_id}/"
    theirs = reader.get(address).content.decode()
    assert "/fr/mine/documents/" in theirs
    assert "/fr/mine/documents/" not in Client().get(address).content.decode()


def test_what_editors_change_of_the_site_is_on_the_next_page(document: Document) -> None:
    address = f"/fr/verify/{document.public_id}/"
    before = Client().get(address).content.decode()
    row = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    row.portal_name_fr = "Portail <b>nouveau</b>"
    row.save()
    after = Client().get(address).content.decode()
    assert "nouveau" not in before
    assert "Portail &lt;b&gt;nouveau&lt;/b&gt;" in after


@pytest.mark.parametrize("state", STATES)
def test_one_query_says_what_several_said(document: Document, state: str) -> None:
    put_in(document, state)
    StatusPeriod.objects.create(
        document=document, status="revoked", since=timezone.now() + timedelta(days=1), reason="error"
    )
    document.refresh_from_db()
    known, read = standing_of(document), issued_standing(document.public_id)
    assert read is not None
    assert (read.document, read.state, read.period, read.key) == (known.document, known.state, known.period, known.key)
    for name in ("number", "titles", "content", "kid", "cose_digest", "issued_on", "expires_on"):
        assert getattr(read.document, name) == getattr(document, name)
    if read.period and known.period:
        assert read.period.since == known.period.since
        assert read.period.replaced_by == known.period.replaced_by


def test_of_two_periods_that_run_the_heavier_is_said(document: Document) -> None:
    for status in ("suspended", "revoked"):
        StatusPeriod.objects.create(document=document, status=status, since=timezone.now(), reason="error")
    found = issued_standing(document.public_id)
    assert found is not None
    assert found.state == "revoked"


def test_counts_wait_and_are_written_together(document: Document, in_batches: None) -> None:
    other = issued_decision(serial=2)
    Verified.objects.create(document=document, day=timezone.localdate(), times=5)
    for code in (document.public_id, document.public_id, other.public_id):
        Client().get(f"/V/{code}")
    Client().head(f"/V/{other.public_id}")
    assert not Verified.objects.filter(document=other).exists()
    gathering.write_gathered()
    gathering.write_gathered()  # what is written is not written again
    assert dict(Verified.objects.values_list("document", "times")) == {document.pk: 7, other.pk: 1}


def test_a_database_that_cannot_be_written_loses_no_count(
    document: Document, in_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import DatabaseError

    def refuse(_counts: Any) -> None:
        raise DatabaseError("read-only")

    with monkeypatch.context() as broken:
        broken.setattr(gathering, "_write", refuse)
        Client().get(f"/V/{document.public_id}")
        gathering.write_gathered()
    Client().get(f"/V/{document.public_id}")
    gathering.write_gathered()
    assert Verified.objects.get(document=document).times == 2


def test_a_document_that_is_gone_takes_no_other_count_with_it(document: Document, in_batches: None) -> None:
    gathering.gather(10**9)
    gathering.gather(document.pk)
    gathering.write_gathered()
    assert list(Verified.objects.values_list("document", "times")) == [(document.pk, 1)]


def test_a_worker_that_ends_writes_first_what_it_has_counted(tmp_path: Path) -> None:
    """Workers made by multiprocessing, as those of granian, run nothing that `atexit` was told."""
    told = tmp_path / "counts"
    worker = multiprocessing.get_context("forkserver").Process(target=count_two_and_end, args=(str(told),))
    worker.start()
    worker.join(60)
    assert worker.exitcode == 0
    assert told.read_text() == "[2]"
