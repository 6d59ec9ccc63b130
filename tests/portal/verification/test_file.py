"""A PDF is compared by its fingerprint alone: byte for byte the file that was sealed, or another one."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from portal.verification.models import Verified
from procedures.documents.models import Document, StatusPeriod
from procedures.documents.selectors import issued_file
from tests.procedures.documents.factories import issued_decision

PAGE = "/en/verify/file/"


@pytest.fixture
def document() -> Document:
    return issued_decision()


def sealed(document: Document) -> bytes:
    return (Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored).read_bytes()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_sealed_file_is_found_with_what_it_is_worth(client: Client, document: Document) -> None:
    told = client.post(PAGE, {"digest": digest(sealed(document))})
    page = told.content.decode()
    assert told.status_code == 200
    assert "Genuine document" in page
    assert "File: unchanged" in page
    assert "not checked from the code alone" not in page
    assert "OUERTANI" not in page.upper().replace("CODE", "")
    assert Verified.objects.get(document=document).times == 1

    StatusPeriod.objects.create(document=document, status="revoked", since=timezone.now(), reason="error")
    assert (
        "Document revoked: do not accept it" in client.post(PAGE, {"digest": digest(sealed(document))}).content.decode()
    )


@pytest.mark.parametrize("sent", ["other", "", "x" * 64, "making"])
def test_any_other_file_is_said_not_to_be_ours(client: Client, document: Document, sent: str) -> None:
    given = {"other": digest(sealed(document) + b"\n"), "making": digest(sealed(document))}.get(sent, sent)
    if sent == "making":
        Document.objects.filter(pk=document.pk).update(state=Document.State.PREPARING)
    told = client.post(PAGE, {"digest": given})
    assert told.status_code == 404
    assert "This is not a file that we sealed, byte for byte" in told.content.decode()
    assert told["Cache-Control"] == "no-store"


def test_a_document_without_a_file_is_found_by_no_digest(client: Client, document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(file_sha256="")
    assert issued_file("") is None
    assert client.post(PAGE, {"digest": ""}).status_code == 404
