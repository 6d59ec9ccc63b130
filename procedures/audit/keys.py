"""The Ed25519 key that signs the chain's heads; its public halves are kept for ever, so old heads stay verifiable."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

NAME = "audit.pem"


class NoKey(Exception):
    """This site has no audit key: make one with `manage.py audit key`."""


def signing_key() -> Ed25519PrivateKey:
    """The site's key; the demonstration makes its own at first use. Raises NoKey elsewhere."""
    path = Path(settings.TAKWIN_KEYS) / NAME
    if not path.exists():
        if not settings.TAKWIN_DEMONSTRATION:
            raise NoKey(NoKey.__doc__)
        return make_key()
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"{path} holds no Ed25519 key.")
    return key


def make_key() -> Ed25519PrivateKey:
    """Make the signing key, unless there is one: two processes that try at once end with the same key."""
    folder = Path(settings.TAKWIN_KEYS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    form = serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    draft = folder / f".{NAME}.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_bytes(pem)
    try:
        os.link(draft, folder / NAME)
    except FileExistsError:
        key = signing_key()
    finally:
        draft.unlink()
    public = key.public_key()
    spki = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (folder / f"audit-{identifier(public)}.pub.pem").write_bytes(spki)
    return key


def public_keys() -> dict[str, Ed25519PublicKey]:
    """Every public key this site has signed heads with, by identifier."""
    loaded = (
        serialization.load_pem_public_key(path.read_bytes())
        for path in Path(settings.TAKWIN_KEYS).glob("audit-*.pub.pem")
    )
    return {identifier(key): key for key in loaded if isinstance(key, Ed25519PublicKey)}


def identifier(key: Ed25519PublicKey) -> str:
    """Hex of the first eight bytes of SHA-256 over the key's SPKI."""
    spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).hexdigest()[:16]


def statement(seq: int, digest: str, signed_at: datetime) -> bytes:
    """What a head's signature is over."""
    return (
        f"takwin audit head\n{seq}\n{digest}\n{signed_at.astimezone(UTC).isoformat(timespec='microseconds')}".encode()
    )
