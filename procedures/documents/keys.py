"""Keys that seal: the one in use for a purpose, in a PEM file or a hardware module, and what is published of all."""

import base64
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
from cryptography.x509 import load_pem_x509_certificates
from django.conf import settings
from django.utils import timezone

from procedures.documents.fingerprints import NoKey, PublicKey, fingerprint, key_id
from procedures.documents.models import SealKey
from procedures.practice.kinds import is_practice_kid

__all__ = ["FileSealer", "NoKey", "PublicKey", "Sealer", "fingerprint", "jwk_set", "key_id", "sealer_for"]


class Sealer(Protocol):
    """Signs bytes with one key, in the 64 bytes that COSE wants."""

    @property
    def algorithm(self) -> str: ...

    @property
    def kid(self) -> bytes: ...

    @property
    def public_key(self) -> PublicKey: ...

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
        return key_id(self.public_key)

    @property
    def public_key(self) -> PublicKey:
        return self.key.public_key()

    def sign(self, message: bytes) -> bytes:
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return self.key.sign(message)
        r, s = decode_dss_signature(self.key.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True)))
        return r.to_bytes(32) + s.to_bytes(32)


def sealer_for(purpose: str) -> Sealer:
    """The sealer in use for a purpose; keys are never shared between purposes.

    Raises NoKey where there is none, and for one whose seals no verifier would take: not published, ended or retired.
    """
    sealer = sealer_in(Path(settings.TAKWIN_KEYS), purpose)
    refuse_another_kind(f"{purpose}.pem", practice=is_practice_kid(sealer.kid))
    refuse_what_nobody_takes(sealer, purpose)
    return sealer


def sealer_in(folder: Path, purpose: str) -> Sealer:
    """The key that a folder holds, or names by its label in the hardware module. Raises NoKey."""
    path, label = folder / f"{purpose}.pem", folder / f"{purpose}.label"
    if label.is_file():
        from procedures.documents.hardware import sealer_in_module  # a site of files loads no such library

        return sealer_in_module(label.read_text().strip())
    try:
        return _file_sealer(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise NoKey(f"There is no {purpose} key. Run manage.py make_keys.") from error


def refuse_what_nobody_takes(sealer: Sealer, purpose: str) -> None:
    """Raises NoKey for a key under which verifiers refuse what is sealed today."""
    kid = sealer.kid.hex()
    row = SealKey.objects.filter(kid=kid, purpose=purpose).first()
    if row is None or public_key_of(row) != sealer.public_key:
        raise NoKey(f"The {purpose} key {kid} is not published. Run manage.py make_keys.")
    if row.revoked_at:
        raise NoKey(f"The {purpose} key {kid} was retired. Run manage.py rotate_seal_keys {purpose} --at-once.")
    if row.not_after < timezone.now():
        raise NoKey(f"The {purpose} key {kid} has ended. Run manage.py rotate_seal_keys {purpose} --at-once.")


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
    return FileSealer(private_key_in(path))


def private_key_in(path: Path) -> ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey:
    """Raises NoKey for another kind of key than those that seal."""
    key = load_pem_private_key(path.read_bytes(), None)
    is_p256 = isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)
    if not is_p256 and not isinstance(key, ed25519.Ed25519PrivateKey):
        raise NoKey(f"{path.name} is not an EC P-256 or Ed25519 key.")
    return key  # type: ignore[return-value]  # both were just looked at


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
        **({"x5c": [_standard(each) for each in certificates]} if (certificates := certificates_of(row)) else {}),
        **({"takwin_practice": True} if settings.TAKWIN_PRACTICE else {}),
        **{name: _numeric(moment) for name, moment in times.items() if moment},
    }


def certificates_of(row: SealKey) -> list[bytes]:
    """DER of the certificates an authority gave for a key, its own first, then those above it."""
    found = load_pem_x509_certificates(row.certificates.encode()) if row.certificates else []
    return [each.public_bytes(Encoding.DER) for each in found]


def _standard(raw: bytes) -> str:
    return base64.b64encode(raw).decode()  # RFC 7517 4.7: not the URL-safe alphabet


def _numeric(moment: datetime) -> int:
    return int(moment.timestamp())


def _b64(number: int) -> str:
    return _unpadded(number.to_bytes(32))


def _unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
