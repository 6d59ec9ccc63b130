"""Keys that seal: the protocol a hardware module implements too, and the PEM files of a site without one."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from procedures.documents.models import SealKey
from procedures.practice.kinds import is_practice_kid

PublicKey = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey


class NoKey(Exception):
    """There is no key to seal with; `manage.py make_keys` makes development keys."""


class Sealer(Protocol):
    """Signs bytes with one key, in the 64 bytes that COSE wants."""

    @property
    def algorithm(self) -> str: ...

    @property
    def kid(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class FileSealer:
    """A key in a PEM file: deterministic, so that the same claims give the same bytes."""

    key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

    @property
    def algorithm(self) -> str:
        return "ES256" if isinstance(self.key, ec.EllipticCurvePrivateKey) else "EdDSA"

    @property
    def kid(self) -> bytes:
        return key_id(self.key.public_key())

    def sign(self, message: bytes) -> bytes:
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return self.key.sign(message)
        r, s = decode_dss_signature(self.key.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True)))
        return r.to_bytes(32) + s.to_bytes(32)


def sealer_for(purpose: str) -> Sealer:
    """The sealer in use for a purpose; keys are never shared between purposes."""
    path = Path(settings.TAKWIN_KEYS) / f"{purpose}.pem"
    try:
        sealer = _file_sealer(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise NoKey(f"There is no {purpose} key. Run manage.py make_keys.") from error
    refuse_another_kind(path.name, practice=is_practice_kid(sealer.kid))
    return sealer


def refuse_another_kind(name: str, *, practice: bool) -> None:
    """Raises NoKey for a practice key anywhere but in a practice space, and for any other key there."""
    if sentence := fault_of_kind(name, practice=practice):
        raise NoKey(sentence)


def fault_of_kind(name: str, *, practice: bool) -> str:
    """Why a key or certificate of this kind has no place here; empty where it has."""
    if practice == settings.TAKWIN_PRACTICE:
        return ""
    if practice:
        return f"{name} is of a practice space: what it seals is worth nothing. Put the site's own in TAKWIN_KEYS."
    return f"{name} is not of a practice space, which never holds a genuine key. Give it a TAKWIN_KEYS of its own."


@lru_cache(maxsize=8)
def _file_sealer(path: Path, _changed: int) -> FileSealer:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey):
        raise NoKey(f"{path.name} is not an EC P-256 or Ed25519 key.")
    return FileSealer(key)


def key_id(key: PublicKey) -> bytes:
    """The first four bytes of the key's fingerprint: an index among our keys, never a proof."""
    return fingerprint(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def fingerprint(spki: bytes) -> bytes:
    return hashlib.sha256(spki).digest()[:4]


def public_key_of(row: SealKey) -> PublicKey:
    key = load_pem_public_key(row.public_pem.encode())
    if not isinstance(key, ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey):
        raise NoKey("Unknown kind of key.")
    return key


def jwk_set() -> dict[str, list[dict[str, Any]]]:
    """Every key that ever signed codes or status lists, for anyone who verifies without us; practice says so."""
    rows = SealKey.objects.exclude(purpose=SealKey.Purpose.PDF).order_by("not_before", "id")
    kept = [row for row in rows if is_practice_kid(bytes.fromhex(row.kid)) == settings.TAKWIN_PRACTICE]
    return {"keys": [_jwk(row) for row in kept]}


def _jwk(row: SealKey) -> dict[str, Any]:
    key = public_key_of(row)
    if isinstance(key, ec.EllipticCurvePublicKey):
        numbers = key.public_numbers()
        shape = {"kty": "EC", "crv": "P-256", "alg": "ES256", "x": _b64(numbers.x), "y": _b64(numbers.y)}
    else:
        raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        shape = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": _unpadded(raw)}
    times = {"nbf": row.not_before, "exp": row.not_after, "revoked_at": row.revoked_at}
    return {
        **shape,
        "kid": _unpadded(bytes.fromhex(row.kid)),
        "use": "sig",
        "takwin_purpose": row.purpose,
        **({"takwin_practice": True} if settings.TAKWIN_PRACTICE else {}),
        **{name: _numeric(moment) for name, moment in times.items() if moment},
    }


def _numeric(moment: datetime) -> int:
    return int(moment.timestamp())


def _b64(number: int) -> str:
    return _unpadded(number.to_bytes(32))


def _unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
