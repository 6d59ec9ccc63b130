"""How a key is named: by the first four bytes of its fingerprint, an index among our keys and never a proof."""

import hashlib

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
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
