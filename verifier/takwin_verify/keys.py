"""The issuer's published keys (a JWK Set, RFC 7517): which key, for what, from when until when, revoked since when."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

ALGORITHMS = {"ES256": -7, "EdDSA": -8}  # labels of COSE
A_DAY = timedelta(days=1)
QR, STATUS = "qr", "status"


@dataclass(frozen=True)
class Key:
    """One key of the set. Its `kid` is an index among the issuer's keys, never a proof."""

    kid: bytes
    purpose: str
    algorithm: str
    public: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey
    begins: datetime
    ends: datetime
    revoked_at: datetime | None

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Whether this key made the signature; ES256 is r and s of 32 bytes each."""
        try:
            if isinstance(self.public, ed25519.Ed25519PublicKey):
                self.public.verify(signature, message)
            else:
                r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
                self.public.verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
        except InvalidSignature:
            return False
        return True

    def was_in_force(self, day: date) -> bool:
        """Whether a document may bear this day; a day of tolerance for the time zones before noon."""
        return self.begins.date() - A_DAY <= day <= self.ends.date()


def keys_of(jwks: Mapping[str, Any]) -> list[Key]:
    """The keys of a set, those of unknown kinds left out.

    Raises ValueError where a key is not written as RFC 7517 and RFC 8037 say.
    """
    try:
        return [_key(each) for each in jwks["keys"] if each.get("alg") in ALGORITHMS]
    except (KeyError, TypeError, AttributeError, OverflowError, OSError) as error:
        raise ValueError("This is not a set of keys (JWKS).") from error


def _key(jwk: Mapping[str, Any]) -> Key:
    public: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey
    if jwk["alg"] == "ES256":
        x, y = int.from_bytes(_raw(jwk["x"])), int.from_bytes(_raw(jwk["y"]))
        public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    else:
        public = ed25519.Ed25519PublicKey.from_public_bytes(_raw(jwk["x"]))
    return Key(
        kid=_raw(jwk["kid"]),
        purpose=jwk["takwin_purpose"],
        algorithm=jwk["alg"],
        public=public,
        begins=_moment(jwk["nbf"]),
        ends=_moment(jwk["exp"]),
        revoked_at=_moment(jwk["revoked_at"]) if "revoked_at" in jwk else None,
    )


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
