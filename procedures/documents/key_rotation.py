"""A new key takes the place of one in use: made, published, certified where that is due, then put to use a day later.

What is to come lies in the folder `next` under the names it will bear. Broken off anywhere, the next call goes on.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from procedures.audit import services as audit
from procedures.audit.selectors import entries_about
from procedures.documents.fingerprints import NoKey, is_named
from procedures.documents.key_making import is_there, make_chain, make_key, write_whole
from procedures.documents.key_register import facts, is_certified, register
from procedures.documents.key_requests import request_for
from procedures.documents.key_safety import SOON
from procedures.documents.keys import Sealer, sealer_in
from procedures.documents.models import SealKey

KNOWN_AFTER = timedelta(days=1)  # so long verifiers may keep the published keys
PDF = SealKey.Purpose.PDF


def rotate(
    purpose: str, *, at_once: bool = False, algorithm: str = "", now: datetime | None = None
) -> tuple[bool, list[str]]:
    """Begin a rotation or go on with it: whether the new key is in use, and what was done or is waited for.

    `at_once` does not wait until verifiers know the new key: for a key that leaked or has ended. Raises NoKey.
    """
    now = now or datetime.now(UTC).replace(microsecond=0)
    folder = Path(settings.TAKWIN_KEYS)
    with one_at_a_time(folder):
        staged, told = folder / "next", []
        staged.mkdir(mode=0o700, exist_ok=True)
        before = sealer_in(folder, purpose) if is_there(folder, purpose) else None
        if not is_named(staged, purpose):
            told.append(f"Made {_make(staged, purpose, now, algorithm or (before.algorithm if before else 'ES256'))}.")
        sealer = sealer_in(staged, purpose)
        if purpose == PDF and not _certificate_came(folder, sealer):
            return False, [*told, _ask_for_certificate(staged, sealer)]
        row = register(purpose, sealer, staged, now=now)
        if row.revoked_at:
            raise NoKey(
                f"The {purpose} key {row.kid} that waits in {staged} was retired. Delete it, then run this again."
            )
        known_at = _published_at(row) + KNOWN_AFTER
        if before and purpose != PDF and not at_once and now < known_at:
            moment = f"{known_at:%Y-%m-%d %H:%M} UTC"
            return False, [*told, f"The {purpose} key {row.kid} is published. Run this again from {moment}."]
        _end(before, row, now)
        _put_in_place(folder, purpose)
        after = f", after {before.kid.hex()}" if before else ""
        return True, [*told, f"The {purpose} key is now {row.kid}{after}."]


def is_due(purpose: str, now: datetime) -> bool:
    """Whether the key in use ends soon, or its successor waits already."""
    folder = Path(settings.TAKWIN_KEYS)
    if is_named(folder / "next", purpose):
        return True
    kid = sealer_in(folder, purpose).kid.hex()
    return SealKey.objects.filter(kid=kid, purpose=purpose, not_after__lt=now + SOON).exists()


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Raises NoKey where another process changes the keys of this folder just now."""
    with (folder / ".changing").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NoKey("Another process is changing the keys. Wait until it is done.") from None
        yield


def _make(staged: Path, purpose: str, now: datetime, algorithm: str) -> str:
    """With a chain of its own where the site makes its own; `pdf.pem` is the last file that writes."""
    if purpose == PDF and settings.TAKWIN_DEVELOPMENT_SEAL and not settings.TAKWIN_HSM_MODULE:
        return ", ".join(make_chain(staged, now))
    return make_key(staged, purpose, now, algorithm="ES256" if purpose == PDF else algorithm)


def _certificate_came(folder: Path, sealer: Sealer) -> bool:
    """Beside the key that waits, or in its place already where a run broke off."""
    waiting = folder / "next" / "pdf.crt"
    if waiting.exists() and not is_certified(waiting, sealer):
        raise NoKey(f"{waiting} is the certificate of another key.")
    return waiting.exists() or is_certified(folder / "pdf.crt", sealer)


def _ask_for_certificate(staged: Path, sealer: Sealer) -> str:
    path = staged / "pdf.csr"
    if not path.exists():
        write_whole(path, request_for(sealer, PDF))
    return (
        f"Have your authority certify {path}. Put its answer beside it as pdf.crt, and pdf-root.crt and pdf-root.crl "
        "too where they change, then run this again."
    )


def _published_at(row: SealKey) -> datetime:
    made = entries_about(row).filter(action="key.made").first()
    return made.at if made else row.not_before


def _end(before: Sealer | None, row: SealKey, now: datetime) -> None:
    """The key that goes seals nothing dated later than tomorrow: its days are days of UTC. Once for each new key."""
    with transaction.atomic():
        if entries_about(row).filter(action="key.rotated").exists():
            return
        old = SealKey.objects.select_for_update().filter(kid=before.kid.hex(), purpose=row.purpose) if before else ()
        for gone in old:
            gone.not_after = min(gone.not_after, now + timedelta(days=1))
            gone.save(update_fields=["not_after"])
        kids = {"before": before.kid.hex()} if before else {}
        audit.append(action="key.rotated", subject=row, data=facts(row) | kids)


def _put_in_place(folder: Path, purpose: str) -> None:
    """Move what is ready, the key last: until then the old one seals, or nothing where certificates do not fit it.

    The old private half in a file is gone with that; one in a module stays there until somebody deletes it.
    """
    staged = folder / "next"
    if purpose == PDF and (staged / "pdf-root.crt").exists():
        _keep_old_root(folder)
    (staged / f"{purpose}.csr").unlink(missing_ok=True)
    beside = [path for path in sorted(staged.iterdir()) if _belongs(path.name, purpose)]
    keys = [path for path in beside if path.name in (f"{purpose}.pem", f"{purpose}.label")]
    if purpose != PDF and not any(path.suffix == ".crt" for path in beside):
        (folder / f"{purpose}.crt").unlink(missing_ok=True)  # the old key's, which the register keeps
    for path in [each for each in beside if each not in keys] + keys:
        path.replace(folder / path.name)
    for other in {".pem", ".label"} - {path.suffix for path in keys}:
        if keys:
            (folder / f"{purpose}{other}").unlink(missing_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _belongs(name: str, purpose: str) -> bool:
    prefixes = (PDF, "tsa") if purpose == PDF else (purpose,)
    return name.startswith(tuple(f"{prefix}{sign}" for prefix in prefixes for sign in ".-"))


def _keep_old_root(folder: Path) -> None:
    """Readers of older files need the root that they were sealed under, and its list."""
    if not (folder / "pdf-root.crt").exists():
        return
    kid = sealer_in(folder, PDF).kid.hex()
    for ending in ("crt", "crl"):
        old, kept = folder / f"pdf-root.{ending}", folder / f"pdf-root-{kid}.{ending}"
        if old.exists() and not kept.exists():
            shutil.copy2(old, kept)
