"""The vault of identifiers: values sealed with AES-256-GCM and found again by a blind index, each under its own key."""

import base64
import fcntl
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils import timezone

NONCE = 12  # bytes; random for each value, which is safe for 2**32 values under one key


class NoKey(Exception):
    """The keys of people's identifiers are not there: make them with `manage.py make_keys`, or bring them back."""


class Unreadable(Exception):
    """A sealed identifier does not open: it was altered, or its key is not the one it names."""


@dataclass(frozen=True)
class Sealed:
    """An identifier as it is stored."""

    value: bytes
    index: str
    key_id: str


@dataclass(frozen=True)
class Pair:
    """A key that seals and a key that indexes, made together and known by one id."""

    id: str
    sealing: bytes = field(repr=False)
    indexing: bytes = field(repr=False)
    made_at: datetime
    superseded_at: datetime | None = None


@dataclass(frozen=True)
class Vault:
    """Seals with the newest pair; opens and finds with every pair that is still there."""

    pairs: tuple[Pair, ...]  # the newest first

    @property
    def current(self) -> Pair:
        return self.pairs[0]

    def seal(self, kind: str, country: str, number: str) -> Sealed:
        """`number` sealed; kind and country are bound to it, so that a value cannot be passed off as another's."""
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(self.current.sealing).encrypt(nonce, number.encode(), _bound(kind, country))
        return Sealed(nonce + sealed, _index(self.current, kind, country, number), self.current.id)

    def open(self, kind: str, country: str, value: bytes | memoryview, key_id: str) -> str:
        """The number in a sealed value. Raises NoKey where its pair is gone, Unreadable where it does not open."""
        pair = next((pair for pair in self.pairs if pair.id == key_id), None)
        if pair is None:
            raise NoKey(f"The key {key_id} of people's identifiers is not in {settings.TAKWIN_PEOPLE_KEYS}.")
        raw = bytes(value)
        try:
            return AESGCM(pair.sealing).decrypt(raw[:NONCE], raw[NONCE:], _bound(kind, country)).decode()
        except InvalidTag as error:
            raise Unreadable(Unreadable.__doc__) from error

    def indexes(self, kind: str, country: str, number: str) -> tuple[str, ...]:
        """Under which indexes an identifier may be stored: one a pair, the newest first."""
        return tuple(_index(pair, kind, country, number) for pair in self.pairs)


def vault() -> Vault:
    """The vault under the keys as they are in the file now. Raises NoKey."""
    path = Path(settings.TAKWIN_PEOPLE_KEYS)
    try:
        found = path.stat()
    except FileNotFoundError as error:
        if not settings.TAKWIN_DEMONSTRATION:
            raise NoKey(NoKey.__doc__) from error
        make_pairs(path)
        found = path.stat()
    return _vault(path, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=4)
def _vault(path: Path, _inode: int, _changed: int) -> Vault:
    return Vault(read_pairs(path))


def make_pairs(path: Path) -> bool:
    """Make the first pair of keys; False where the file is there already."""
    with changing(path):
        if path.exists():
            return False
        write_pairs(path, (new_pair(),))
    return True


def new_pair() -> Pair:
    return Pair(secrets.token_hex(8), secrets.token_bytes(32), secrets.token_bytes(32), timezone.now())


def superseded(pair: Pair) -> Pair:
    return replace(pair, superseded_at=timezone.now())


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs in the file, the newest first. Raises NoKey where the file is not there or says something else."""
    try:
        rows = json.loads(path.read_text())["pairs"]
        pairs = tuple(_read(row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoKey(f"{path} does not hold the keys of people's identifiers.") from error
    if not pairs or any(len(pair.sealing) != 32 or len(pair.indexing) != 32 for pair in pairs):
        raise NoKey(f"{path} does not hold the keys of people's identifiers.")
    return pairs


def write_pairs(path: Path, pairs: Sequence[Pair]) -> None:
    """Put the pairs in the place of what was there: whole or not at all, readable by its owner only."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"pairs": [_written(pair) for pair in pairs]}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


@contextmanager
def changing(path: Path) -> Iterator[None]:
    """One process at a time changes the file of keys."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bound(kind: str, country: str) -> bytes:
    return f"takwin identifier\n{kind}\n{country}".encode()


def _index(pair: Pair, kind: str, country: str, number: str) -> str:
    return hmac.digest(pair.indexing, f"{kind}\n{country}\n{number}".encode(), "sha256").hex()


def _read(row: dict[str, str]) -> Pair:
    gone = row.get("superseded_at")
    return Pair(
        row["id"],
        base64.b64decode(row["sealing"]),
        base64.b64decode(row["indexing"]),
        datetime.fromisoformat(row["made_at"]),
        datetime.fromisoformat(gone) if gone else None,
    )


def _written(pair: Pair) -> dict[str, str | None]:
    return {
        "id": pair.id,
        "sealing": base64.b64encode(pair.sealing).decode(),
        "indexing": base64.b64encode(pair.indexing).decode(),
        "made_at": pair.made_at.isoformat(),
        "superseded_at": pair.superseded_at.isoformat() if pair.superseded_at else None,
    }
