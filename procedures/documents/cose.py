"""The seal itself: an untagged COSE_Sign1 over the claims, bound to the document id, and its base32 spelling."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256

from procedures.documents.claims import BadClaims, SealedClaims, decoded, strictly_loaded
from procedures.documents.fingerprints import as_der
from procedures.documents.keys import PublicKey, Sealer
from procedures.practice.kinds import is_practice_kid

ALGORITHMS = {"ES256": -7, "EdDSA": -8}


class BadSeal(ValueError):
    """The seal does not hold; the message says which check failed."""


@dataclass(frozen=True)
class OpenedSeal:
    """A seal that verified: under which key, and what it says."""

    kid: bytes
    claims: SealedClaims


def sealed(claims: SealedClaims, public_id: str, sealer: Sealer) -> bytes:
    """The COSE bytes, made once: an HSM would not give the same signature twice."""
    return _signed(claims.encoded(), public_id, sealer)


def sealed_again(cose: bytes, public_id: str, sealer: Sealer) -> bytes:
    """The same claims under another key, before anybody holds the paper: the first key leaked in between."""
    return _signed(cbor2.loads(cose)[2], public_id, sealer)


def _signed(payload: bytes, public_id: str, sealer: Sealer) -> bytes:
    protected = cbor2.dumps({1: ALGORITHMS[sealer.algorithm], 4: sealer.kid}, canonical=True)
    signature = sealer.sign(signed_bytes(protected, public_id, payload))
    return cbor2.dumps([protected, {}, payload, signature], canonical=True)


def opened(
    cose: bytes, public_id: str, keys: Callable[[bytes], PublicKey | None] | Mapping[bytes, PublicKey]
) -> OpenedSeal:
    """Verify strictly; any bit that differs is refused."""
    try:
        parts = strictly_loaded(cose)
        protected, unprotected, payload, signature = parts
        header = strictly_loaded(protected)
        if unprotected != {} or not isinstance(unprotected, dict) or len(signature) != 64:
            raise BadSeal("shape")
        if not isinstance(header, dict) or set(header) != {1, 4} or not isinstance(header[4], bytes):
            raise BadSeal("header")
        if is_practice_kid(header[4]):
            raise BadSeal("practice")  # whoever asks, and whatever keys they hold: it is worth nothing
        key = (keys.get if isinstance(keys, Mapping) else keys)(header[4])
        if key is None:
            raise BadSeal("unknown key")
        _check_signature(key, header[1], signed_bytes(protected, public_id, payload), signature)
        return OpenedSeal(header[4], decoded(payload))
    except (BadClaims, TypeError, ValueError) as error:
        raise error if isinstance(error, BadSeal) else BadSeal(str(error)) from error


def signed_bytes(protected: bytes, public_id: str, payload: bytes) -> bytes:
    """The Sig_structure: the id is authenticated without being repeated in the code."""
    return cbor2.dumps(["Signature1", protected, public_id.encode("ascii"), payload], canonical=True)


def fragment(cose: bytes) -> str:
    """Base32 without padding: alphanumeric in a QR, safe in an address, typable."""
    return base64.b32encode(cose).decode().rstrip("=")


def from_fragment(text: str) -> bytes:
    """The bytes whose only spelling is this fragment, in either case."""
    try:
        raw = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError) as error:
        raise BadSeal("not base32") from error
    if fragment(raw) != text.upper():
        raise BadSeal("not the one spelling")
    return raw


def _check_signature(key: PublicKey, algorithm: int, message: bytes, signature: bytes) -> None:
    try:
        if algorithm == ALGORITHMS["ES256"] and isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(as_der(signature), message, ec.ECDSA(SHA256()))
        elif algorithm == ALGORITHMS["EdDSA"] and isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, message)
        else:
            raise BadSeal("the key's algorithm is another")
    except InvalidSignature as error:
        raise BadSeal("signature") from error
