"""How a key is named: by the first four bytes of its fingerprint, an index among our keys and never a proof.

And the two spellings of what one signs: r and s side by side (RFC 9053), or in DER (X.509, CMS).
"""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PublicKey = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey


class NoKey(Exception):
    """There is no key to seal with; `manage.py make_keys` makes what is missing."""


def key_id(key: PublicKey) -> bytes:
    return fingerprint(spki_of(key))


def fingerprint(spki: bytes) -> bytes:
    return hashlib.sha256(spki).digest()[:4]


def spki_of(key: PublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def is_named(folder: Path, purpose: str) -> bool:
    """Whether this folder holds the key of a purpose, or names one in a hardware module."""
    return any((folder / f"{purpose}{ending}").exists() for ending in (".pem", ".label"))


def as_der(signature: bytes) -> bytes:
    """A signature of r and s, 32 bytes each, as X.509 and CMS spell it."""
    return encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
