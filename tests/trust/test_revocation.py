"""A revocation by two people through their pages changes every public answer within five seconds."""

import time
import zlib
from collections.abc import Callable
from typing import Any

import cbor2
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from procedures.cases import services
from procedures.documents.issuing import seal_document
from procedures.documents.models import Document, StatusProposal
from procedures.documents.status_changes import StatusRefused, decide_status_change
from procedures.offices.models import Role
from tests.portal.backoffice.factories import answer_to, at_screen_of
from tests.procedures.kernel.factories import House, staff_of

pytestmark = [pytest.mark.trust, pytest.mark.django_db]
SECONDS = 5.0
VALID, REVOKED = 0, 1
WORDS = {"change": "revoke", "reason": "false_paper", "note": "The school denies it. Letter 12."}


@pytest.fixture
def house(tmp_path: Any, settings: Any) -> House:
    settings.TAKWIN_KEYS = tmp_path / "keys"
    call_command("make_keys", verbosity=0)
    return House()


@pytest.fixture
def document(house: House) -> Document:
    """A decision that was granted, signed and sealed."""
    case = house.at_signature()
    services.sign(case=case, by=house.delegate, version=case.version)
    document = case.documents.get(output="equivalence")
    seal_document(document.pk)
    document.refresh_from_db()
    assert document.state == Document.State.ISSUED
    return document


def scanned(document: Document) -> bool:
    page = Client().get(f"/V/{document.public_id}", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    return "Document revoked: do not accept it" in page and "Genuine document" not in page


def typed(document: Document) -> bool:
    grouped = "-".join(document.public_id[at : at + 4] for at in range(0, 16, 4)).lower()
    page = Client().get("/en/verify/", {"code": grouped}, follow=True).content.decode()
    return "Document revoked: do not accept it" in page and "Genuine document" not in page


def listed(document: Document) -> bool:
    token = cbor2.loads(Client().get("/status/0.cwt").content)
    packed = zlib.decompress(cbor2.loads(token.value[2])[65533]["lst"])
    value = packed[document.status_index // 4] >> (document.status_index % 4 * 2) & 3
    assert value in (VALID, REVOKED)
    return value == REVOKED


def page(document: Document, name: str) -> str:
    return reverse(f"backoffice:{name}", args=(document.public_id,))


def seconds_until(asked: Callable[[Document], bool], document: Document) -> float:
    began = time.monotonic()
    while not asked(document):
        assert time.monotonic() - began < SECONDS, asked.__name__
        time.sleep(0.05)
    return time.monotonic() - began


def test_a_revocation_by_two_is_public_within_five_seconds(house: House, document: Document) -> None:
    administrator = at_screen_of(staff_of(house.central, Role.ADMINISTRATOR))
    assert not any(asked(document) for asked in (scanned, typed, listed)), "it was genuine before"

    at_screen_of(house.officer).post(page(document, "propose"), WORDS)
    assert not any(asked(document) for asked in (scanned, typed, listed)), "one person alone changes nothing"

    administrator.post(page(document, "decide"), answer_to(document, "yes"))
    told = {asked.__name__: seconds_until(asked, document) for asked in (scanned, typed, listed)}
    print({name: f"{seconds:.2f} s" for name, seconds in told.items()})


def test_who_proposed_does_not_approve(house: House, document: Document) -> None:
    both = at_screen_of(house.delegate)
    both.post(page(document, "propose"), WORDS)
    both.post(page(document, "decide"), answer_to(document, "yes"))
    assert not scanned(document)
    with pytest.raises(StatusRefused):
        decide_status_change(proposal=StatusProposal.objects.get(), approve=True, by=house.delegate)
    assert not any(asked(document) for asked in (scanned, typed, listed))
