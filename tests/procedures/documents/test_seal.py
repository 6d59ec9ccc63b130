"""The seal in the QR: deterministic, bound to its id, and refused after any change of one bit."""

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from procedures.documents import cose
from procedures.documents.claims import SealedClaims
from procedures.documents.cose import BadSeal
from procedures.documents.keys import FileSealer

ID, OTHER_ID = "84G7ZWYRD6Z1RV0P", "14BH31D2SA6T4T5W"
CLAIMS = SealedClaims(
    kind=26,
    holder_ar="ياسين الورتاني",
    holder_lat="Yassine OUERTANI",
    title="ELEC-01",
    structure=11004273,
    issued_on=date(2026, 11, 23),
    expires_on=None,
    status_index=1048575,
    level=3,
)
SEALER = FileSealer(ec.generate_private_key(ec.SECP256R1()))
KEYS = {SEALER.kid: SEALER.key.public_key()}


def test_the_seal_opens_and_says_what_was_sealed() -> None:
    raw = cose.sealed(CLAIMS, ID, SEALER)
    assert cose.opened(cose.from_fragment(cose.fragment(raw).lower()), ID, KEYS).claims == CLAIMS


def test_sealing_twice_gives_the_same_bytes() -> None:
    assert cose.sealed(CLAIMS, ID, SEALER) == cose.sealed(CLAIMS, ID, SEALER)


def test_an_ed25519_key_seals_as_well() -> None:
    sealer = FileSealer(ed25519.Ed25519PrivateKey.generate())
    raw = cose.sealed(CLAIMS, ID, sealer)
    assert cose.opened(raw, ID, {sealer.kid: sealer.key.public_key()}).claims == CLAIMS


def test_every_flip_of_one_bit_is_refused() -> None:
    raw = cose.sealed(CLAIMS, ID, SEALER)
    assert len(raw) * 8 >= 1120
    for place in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[place // 8] ^= 1 << (place % 8)
        with pytest.raises(BadSeal):
            cose.opened(bytes(flipped), ID, KEYS)


def test_a_seal_of_another_document_is_refused() -> None:
    with pytest.raises(BadSeal):
        cose.opened(cose.sealed(CLAIMS, ID, SEALER), OTHER_ID, KEYS)


def test_a_key_that_is_not_ours_is_refused() -> None:
    stranger = FileSealer(ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(BadSeal, match="unknown key"):
        cose.opened(cose.sealed(CLAIMS, ID, stranger), ID, KEYS)


def test_a_second_spelling_of_the_fragment_is_refused() -> None:
    fragment = cose.fragment(b"\x00" * 141)
    with pytest.raises(BadSeal):
        cose.from_fragment(fragment[:-1] + "B")


def test_a_huge_fragment_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadSeal, match="too long"):
        cose.opened(b"\x84" + b"\x00" * 500, ID, KEYS)
