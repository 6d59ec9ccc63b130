"""CBOR of one spelling: only the deterministic encoding (RFC 8949, 4.2.1) of what the bytes say is taken."""

from typing import Any

import cbor2


class NotDeterministic(ValueError):
    """These bytes are no CBOR, or not the one spelling of it."""


def strictly_loaded(raw: bytes) -> Any:
    """The value whose deterministic encoding is exactly `raw`."""
    try:
        value = cbor2.loads(raw)
        again = cbor2.dumps(value, canonical=True)
    except Exception as error:
        raise NotDeterministic("not CBOR") from error
    if again != raw:
        raise NotDeterministic("not the deterministic encoding")
    return value


def signed_bytes(protected: bytes, bound: bytes, payload: bytes) -> bytes:
    """The Sig_structure of COSE_Sign1 (RFC 9052, 4.4): what is signed, with what is bound from outside."""
    return cbor2.dumps(["Signature1", protected, bound, payload], canonical=True)
