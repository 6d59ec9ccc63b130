"""The page that a device keeps, in a real Chromium whose network is cut and whose server is gone."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import cbor2
import pytest
import qrcode
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from playwright.sync_api import Page

from procedures.documents import cose
from procedures.documents.addresses import code_text
from procedures.documents.codes import new_id
from procedures.documents.keys import FileSealer, sealer_for
from procedures.documents.models import Document, SealKey, StatusPeriod
from procedures.documents.status_list import signed_list
from tests.portal.verification.standing import Site, cut_off, device, visited
from tests.procedures.documents.factories import issued_decision, prepared_decision

pytestmark = pytest.mark.browser


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    standing = Site()
    settings.TAKWIN_PUBLIC_URL = standing.url
    settings.ALLOWED_HOSTS = ["*"]
    yield standing
    if standing.thread.is_alive():
        standing.stop()


def text_of(document: Document, fragment: str = "") -> str:
    return code_text(document.public_id, fragment or cose.fragment(bytes(document.cose)))


def resealed(document: Document, *, sealer: Any = None, **slots: Any) -> str:
    """The document's claims with some slots changed, under a seal that holds."""
    sealer = sealer or sealer_for(SealKey.Purpose.QR)
    protected, _open, payload, _signature = cbor2.loads(bytes(document.cose))
    told = cbor2.loads(payload)
    for place, value in slots.items():
        told[int(place[1:])] = value
    payload = cbor2.dumps(told, canonical=True)
    protected = cbor2.dumps({1: -7, 4: sealer.kid}, canonical=True)
    signature = sealer.sign(cose.signed_bytes(protected, document.public_id, payload))
    return text_of(document, cose.fragment(cbor2.dumps([protected, {}, payload, signature], canonical=True)))


def altered(document: Document) -> str:
    """Another name under the signature of the first."""
    protected, unprotected, payload, signature = cbor2.loads(bytes(document.cose))
    told = cbor2.loads(payload)
    told[3] = "Somebody ELSE"
    raw = cbor2.dumps([protected, unprotected, cbor2.dumps(told, canonical=True), signature], canonical=True)
    return text_of(document, cose.fragment(raw))


def put_in(document: Document, status: str) -> Document:
    StatusPeriod.objects.create(document=document, status=status, since=timezone.now(), reason="error")
    return document


def papers() -> dict[str, str]:
    """What the QR codes of papers hold, by what ails them."""
    genuine, other = prepared_decision(serial=10), prepared_decision(serial=11)
    stranger, today = FileSealer(ec.generate_private_key(ec.SECP256R1())), (timezone.localdate() - date(1970, 1, 1)).days
    return {
        "genuine": text_of(genuine),
        "lower case": text_of(genuine).lower().replace("/v/", "/v/"),
        "altered name": altered(genuine),
        "swapped id": code_text(other.public_id, cose.fragment(bytes(genuine.cose))),
        "revoked": text_of(put_in(prepared_decision(serial=12), "revoked")),
        "suspended": text_of(put_in(prepared_decision(serial=13), "suspended")),
        "replaced": text_of(put_in(prepared_decision(serial=14), "replaced")),
        "expired": resealed(genuine, _7=today - 1),
        "holds until today": resealed(genuine, _7=today),
        "newer kind": resealed(genuine, _0=2),
        "unknown key": resealed(genuine, sealer=stranger),
        "issued after the list": resealed(genuine, _6=today + 2),
        "no place in the list": resealed(genuine, _8=2**24),
        "no fragment": code_text(genuine.public_id, "").rstrip("#"),
        "mistyped id": code_text(genuine.public_id[:-1] + ("0" if genuine.public_id[-1] != "0" else "1"), "AAAA"),
    }


# The colour of the verdict, and the marks of seal, key and status.
SAID = {
    "genuine": ("v-off", "y", "y", "y"),
    "lower case": ("v-off", "y", "y", "y"),
    "altered name": ("v-bad", "n", "w", "w"),
    "swapped id": ("v-bad", "n", "w", "w"),
    "revoked": ("v-bad", "y", "y", "n"),
    "suspended": ("v-hold", "y", "y", "n"),
    "replaced": ("v-old", "y", "y", "n"),
    "expired": ("v-old", "y", "y", "n"),
    "holds until today": ("v-off", "y", "y", "y"),
    "newer kind": ("v-unk", "w", "w", "w"),
    "unknown key": ("v-unk", "w", "w", "w"),
    "issued after the list": ("v-unk", "y", "y", "w"),
    "no place in the list": ("v-unk", "y", "y", "w"),
    "no fragment": ("v-unk", "w", "w", "w"),
    "mistyped id": ("v-unk", "w", "w", "w"),
}


def said_by(page: Page) -> tuple[str, ...]:
    page.wait_for_function("document.querySelector('#tag').textContent.trim() !== '' && window.settled !== false")
    page.wait_for_timeout(250)
    colour = (page.locator("#verdict").get_attribute("class") or "").split()[-1]
    marks = [page.locator(f"#tick-{each}").get_attribute("class") or "" for each in ("seal", "key", "status")]
    return (colour, *marks)


def pictured(page: Page, name: str) -> None:
    if folder := os.environ.get("TAKWIN_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("tongue", ["ar", "fr"])
def test_without_a_network_each_paper_is_told_for_what_it_is(site: Site, tongue: str) -> None:
    document = issued_decision()
    told = papers()
    site.gather(f"/V/{document.public_id}", tongue=tongue)
    with device(tongue) as context:
        page = visited(context, text_of(document))
        cut_off(context, site)
        asked = len(site.asked)
        said, headings, left = {}, {}, {}
        for name, text in told.items():
            page.goto("about:blank")
            page.goto(text)
            said[name], headings[name] = said_by(page), page.inner_text("#heading")
            left[name] = page.url.partition("#")[2]
            pictured(page, f"kept-{name.replace(' ', '-')}-{tongue}")
            if name == "genuine":
                assert page.locator("html").get_attribute("lang") == tongue
                assert "Yassine BEN CHEIKH OUERTANI" in page.inner_text("#claims")
                assert "ياسين بن الشيخ الورتاني" in page.inner_text("#who")
                assert str(timezone.localdate().year) in page.inner_text("#said")
                assert page.is_visible("#not-known")
            if name == "altered name":
                assert "ELSE" not in page.content()

    assert said == SAID
    assert len(set(headings.values())) >= 9
    assert set(left.values()) == {""}
    assert len(site.asked) == asked
    assert not any(text.partition("#")[2][:30] in asked for text in told.values() for asked in site.asked if "#" in text)
