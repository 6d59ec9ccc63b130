"""The page that a device keeps, in a real Chromium whose network is cut and whose server is gone."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from playwright.sync_api import Page

from procedures.documents import cose
from procedures.documents.addresses import code_text
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
    stranger, today = (
        FileSealer(ec.generate_private_key(ec.SECP256R1())),
        (timezone.localdate() - date(1970, 1, 1)).days,
    )
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
    "genuine": ("v-off", "y", "y", "w as-of"),
    "lower case": ("v-off", "y", "y", "w as-of"),
    "altered name": ("v-bad", "n", "w", "w"),
    "swapped id": ("v-bad", "n", "w", "w"),
    "revoked": ("v-bad", "y", "y", "n"),
    "suspended": ("v-hold", "y", "y", "n"),
    "replaced": ("v-old", "y", "y", "n"),
    "expired": ("v-old", "y", "y", "n"),
    "holds until today": ("v-off", "y", "y", "w as-of"),
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
                assert page.is_hidden("#why-whole")

    assert said == SAID
    assert len(set(headings.values())) >= 9
    assert set(left.values()) == {""}
    assert len(site.asked) == asked
    assert not any(
        text.partition("#")[2][:30] in asked for text in told.values() for asked in site.asked if "#" in text
    )


def kept_answer(site: Site, document: Document, text: str) -> tuple[tuple[str, ...], str]:
    """What the kept page says of a paper, and its heading, after one visit to another's page."""
    with device() as context:
        page = visited(context, text_of(document))
        cut_off(context, site)
        page.goto("about:blank")
        page.goto(text)
        return said_by(page), page.inner_text("#heading")


def serve(site: Site, path: str, body: bytes) -> None:
    status, headers, _body = site.answers[path]
    site.answers[path] = (status, headers, body)


@pytest.mark.parametrize(
    "fault", ["stale", "stale and revoked", "flipped", "of another key", "of a revoked key", "a page"]
)
def test_a_list_that_does_not_count_calls_nothing_valid_and_nothing_forged(site: Site, fault: str) -> None:
    document = issued_decision()
    if fault == "stale and revoked":
        StatusPeriod.objects.create(
            document=document, status="revoked", since=timezone.now() - timedelta(days=3), reason="error"
        )
    site.gather(f"/V/{document.public_id}")
    now = timezone.now()
    raw = bytearray(signed_list(now=now - timedelta(days=2) if fault.startswith("stale") else now))
    if fault == "flipped":
        raw[-70] ^= 1
    elif fault == "of another key":
        tagged = list(cbor2.loads(bytes(raw)).value)
        stranger = FileSealer(ec.generate_private_key(ec.SECP256R1()))
        tagged[3] = stranger.sign(cbor2.dumps(["Signature1", tagged[0], b"", tagged[2]], canonical=True))
        raw = bytearray(cbor2.dumps(cbor2.CBORTag(18, tagged), canonical=True))
    elif fault == "a page":
        raw = bytearray(b"<html>Log in to this network</html>")
    elif fault == "of a revoked key":
        SealKey.objects.filter(purpose="status").update(revoked_at=now)
        site.gather()
    serve(site, "/status/0.cwt", bytes(raw))

    said, heading = kept_answer(site, document, text_of(document))

    if fault == "stale and revoked":
        assert said == ("v-bad", "y", "y", "n")
    else:
        assert said == ("v-unk", "y", "y", "w")
        assert heading == "Cachet authentique, état inconnu"


@pytest.mark.parametrize("times", ["revoked", "ended before", "began after"])
def test_a_key_that_was_not_in_force_is_not_taken_without_a_network_either(site: Site, times: str) -> None:
    document = issued_decision()
    now = timezone.now()
    changed = {
        "revoked": {"revoked_at": now},
        "ended before": {"not_before": now - timedelta(days=9), "not_after": now - timedelta(days=3)},
        "began after": {"not_before": now + timedelta(days=3)},
    }[times]
    SealKey.objects.filter(purpose="qr").update(**changed)
    site.gather(f"/V/{document.public_id}")

    said, _heading = kept_answer(site, document, text_of(document))

    assert said == ("v-bad", "w", "n", "w")


def test_a_practice_paper_is_worth_nothing_without_a_network_either(
    site: Site, practised: Document, genuine_again: Any, settings: Any
) -> None:
    paper = text_of(practised)
    genuine_again(practised)
    document = issued_decision(serial=2)
    site.gather(f"/V/{document.public_id}")

    said, heading = kept_answer(site, document, paper)

    assert said == ("v-bad", "w", "n", "w")
    assert heading == "Document d’entraînement\u00a0: sans aucune valeur"


def test_a_server_that_fails_is_no_reason_not_to_know(site: Site) -> None:
    document = issued_decision()
    site.gather(f"/V/{document.public_id}")
    with device() as context:
        page = visited(context, text_of(document))
        address = f"/V/{document.public_id}"
        held, site.answers[address] = site.answers[address], (503, {}, b"")
        page.goto("about:blank")
        page.goto(text_of(document))
        assert said_by(page) == SAID["genuine"]
        site.answers[address] = held
        page.click("#again")
        page.wait_for_selector("#ticks li.y >> nth=2")
        assert page.locator("#not-known").count() == 0, "the register answers again"
        assert page.url.partition("#")[2] == ""


def test_the_kept_page_speaks_the_language_that_its_reader_chooses(site: Site) -> None:
    document = issued_decision()
    site.gather(f"/V/{document.public_id}")
    with device() as context:
        page = visited(context, text_of(document))
        cut_off(context, site)
        page.goto("about:blank")
        page.goto(text_of(document))
        page.click(".langs a[lang=ar]")
        page.wait_for_selector("html[lang=ar] .verdict.v-off")
        assert page.url.partition("#")[2] == ""
        assert "ياسين بن الشيخ الورتاني" in page.inner_text("#claims")


def test_without_scripts_the_register_answers_all_the_same(site: Site) -> None:
    document = issued_decision()
    revoked = put_in(issued_decision(serial=2), "revoked")
    site.gather(f"/V/{document.public_id}", f"/V/{revoked.public_id}")
    with device() as context:
        bare = context.browser.new_context(java_script_enabled=False)
        page = bare.new_page()
        for paper, heading in (
            (document, "Document authentique"),
            (revoked, "Document révoqué\u00a0: ne l’acceptez pas"),
        ):
            page.goto(text_of(paper))
            assert page.inner_text("#heading") == heading
            assert page.is_visible("noscript")


def test_a_key_that_is_newer_than_the_browsers_copy_condemns_nobody(site: Site) -> None:
    """The key set may be kept for a day; a paper of a key made since then is asked of again before a word is said."""
    document = issued_decision()
    site.gather(f"/V/{document.public_id}")
    _status, headers, fresh = site.answers["/.well-known/jwks.json"]
    site.answers["/.well-known/jwks.json"] = (200, headers, b'{"keys": []}')
    with device() as context:
        page = context.new_page()
        page.goto(f"{site.url}/V/{document.public_id}")
        page.evaluate("fetch('/.well-known/jwks.json', {credentials: 'omit'}).then((answer) => answer.json())")
        site.answers["/.well-known/jwks.json"] = (200, headers, fresh)
        page.goto("about:blank")
        page.goto(text_of(document))
        page.wait_for_selector("#ticks li.y >> nth=2")


def test_an_address_that_is_not_secure_is_said_to_be_so(site: Site) -> None:
    document = issued_decision()
    site.gather(f"/V/{document.public_id}")
    port = site.url.rpartition(":")[2]
    with device("fr", "--host-resolver-rules=MAP verif.example.tn 127.0.0.1") as context:
        page = context.new_page()
        page.goto(f"{site.url}/V/{document.public_id}")
        assert page.is_hidden("#insecure")
        for path in (f"V/{document.public_id}", "V/scan/fr"):
            page.goto(f"http://verif.example.tn:{port}/{path}")
            page.wait_for_selector("#insecure:not([hidden])")
        assert page.is_disabled("#scan-start")


def test_what_is_fetched_for_later_names_no_document(site: Site) -> None:
    document = issued_decision()
    site.gather(f"/V/{document.public_id}")
    with device() as context:
        visited(context, text_of(document))
    assert [path for path in site.asked if document.public_id in path] == [f"/V/{document.public_id}"]
    assert {"/status/0.cwt", "/.well-known/jwks.json"} <= set(site.asked)
