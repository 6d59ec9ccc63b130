"""A document that was held is made anew once what held it is mended, and held again while it is not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.audit.selectors import entries_about
from procedures.documents import releasing
from procedures.documents.issuing import seal_document
from procedures.documents.models import Document, StatusPeriod
from procedures.documents.releasing import NOT_READ_BACK, held_documents, holdings_of
from procedures.documents.services import release_document
from procedures.jobs.models import Job
from procedures.jobs.services import sweep
from procedures.refusal import Refusal
from tests.procedures.documents.factories import person, prepared_decision


@pytest.fixture
def broken() -> Iterator[Any]:
    """Nothing is read back from a finished file, until `mend` is called."""
    patch = pytest.MonkeyPatch()
    patch.setattr("procedures.documents.reading_back.text_of", lambda pdf: "")
    yield patch.undo
    patch.undo()


@pytest.fixture
def held(broken: Any) -> Document:
    document = prepared_decision()
    sweep(kinds=("documents.seal",))
    document.refresh_from_db()
    assert document.state == Document.State.HELD
    return document


def test_once_the_cause_is_mended_it_is_issued_with_its_own_code_and_words(held: Document, broken: Any) -> None:
    Document.objects.filter(pk=held.pk).update(template_version="1")
    broken()  # mended
    officer = person("Omar", "central_officer")
    release_document(document=held, by=officer)
    sweep(kinds=("documents.seal",))

    issued = Document.objects.get(pk=held.pk)
    assert issued.state == Document.State.ISSUED
    assert (Path(settings.TAKWIN_PRIVATE_STORAGE) / issued.stored).read_bytes().startswith(b"%PDF")
    assert (issued.public_id, issued.cose, issued.content) == (held.public_id, held.cose, held.content)
    assert issued.template_version == releasing.TEMPLATE_VERSION  # the frame it was made with
    told = list(entries_about(held).values_list("action", "actor"))
    assert told == [
        ("document.prepared", None),
        ("document.held", None),
        ("document.released", officer.pk),
        ("document.issued", None),
    ]


def test_while_the_cause_is_there_it_is_held_again_as_often_as_it_is_tried(held: Document) -> None:
    for _time in range(2):
        release_document(document=held, by=person("Omar", "central_officer"))
        assert not held_documents().exists()
        sweep(kinds=("documents.seal",))
    assert held_documents().get() == held
    assert Entry.objects.filter(action="document.held").count() == 3
    assert Job.objects.filter(kind="documents.seal", state=Job.State.DONE).count() == 3


def test_why_each_is_held_is_told_in_one_query_and_the_last_reason_counts(
    held: Document, django_assert_num_queries: Any
) -> None:
    other = prepared_decision(serial=2)
    releasing.hold(other, "signs without a font")
    releasing.hold(other, "the document it repeats was revoked")
    with django_assert_num_queries(1):
        told = holdings_of([held, other])
    assert {pk: each.why for pk, each in told.items()} == {
        held.pk: NOT_READ_BACK,
        other.pk: "the document it repeats was revoked",
    }
    assert told[held.pk].since == Entry.objects.filter(action="document.held").order_by("seq")[0].at
    assert holdings_of([]) == {}


@pytest.mark.parametrize("why", ["role", "own", "issued", "being made", "annulled"])
def test_what_may_not_be_made_anew_changes_nothing_and_leaves_no_mark(held: Document, broken: Any, why: str) -> None:
    officer = person("Omar", "desk_officer" if why == "role" else "central_officer")
    if why == "own":
        assert held.case
        held.case.applicant = officer
        held.case.save()
    elif why == "issued":
        broken()
        seal_document(held.pk)
    elif why == "being made":
        Document.objects.filter(pk=held.pk).update(state=Document.State.PREPARING)
    elif why == "annulled":
        StatusPeriod.objects.create(document=held, status="revoked", since=timezone.now(), reason="court")
    before = Document.objects.filter(pk=held.pk).values().get()
    jobs = Job.objects.count()

    with pytest.raises(Refusal):
        release_document(document=held, by=officer)

    assert Document.objects.filter(pk=held.pk).values().get() == before
    assert (Job.objects.count(), Entry.objects.filter(action="document.released").count()) == (jobs, 0)
