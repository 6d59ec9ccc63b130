"""The pages of a paper as pictures: for its owner alone, gone with the paper."""

import io
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from PIL import Image

from procedures.evidence.models import Upload
from procedures.evidence.services import receive_paper, remove_paper
from procedures.evidence.shelves import PREVIEWS
from tests.procedures.evidence.corpus import pdf, picture, upload
from tests.procedures.wizard.factories import Visitor, a_person

pytestmark = pytest.mark.django_db


def test_a_paper_is_seen_page_by_page_by_its_owner_and_nobody_else(django_capture_on_commit_callbacks: Any) -> None:
    visitor = Visitor(a_person())
    visitor.start()
    kept = receive_paper(draft=visitor.stored(), paper="identity", file=upload("a.pdf", pdf(3)), by=visitor.person)
    photo = receive_paper(
        draft=visitor.stored(), paper="identity", file=upload("b.jpg", picture((1600, 1200))), by=visitor.person
    )
    base = visitor.path(f"drafts/{visitor.draft}/papers/{kept.pk}/pages/")
    html = visitor.client.get(base).content.decode()
    assert html.count('<img class="sheet"') == 3
    for page, side in ((0, 240), (1, 900), (3, 900)):
        answer = visitor.client.get(f"{base}{page}/")
        image = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
        assert (image.format, max(image.size)) == ("JPEG", side)
        assert "no-store" in answer["Cache-Control"]
        assert "sandbox" in answer["Content-Security-Policy"]
    assert visitor.client.get(f"{base}4/").status_code == 404
    answer = visitor.client.get(visitor.path(f"drafts/{visitor.draft}/papers/{photo.pk}/pages/1/"))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
    assert Client().get(f"{base}1/").status_code == 404
    assert Client().get(base).status_code == 404
    Upload.objects.filter(pk=photo.pk).update(state=Upload.State.AWAITING_SCAN)
    assert visitor.client.get(visitor.path(f"drafts/{visitor.draft}/papers/{photo.pk}/pages/1/")).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        remove_paper(upload=kept)
        remove_paper(upload=photo)
    private = storages["private"]
    assert [
        name for folder in private.listdir(PREVIEWS)[0] for name in private.listdir(f"{PREVIEWS}/{folder}")[1]
    ] == []
