"""An archive of many files with the hash of each: written piece by piece, whatever their size."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.documents.wording import words

PIECE = 256 * 1024
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
PACKED = (".json", ".txt", SUMS)  # papers are packed by their own format already
VERIFY = _(
    "Unpack the archive and run: sha256sum -c %(sums)s . Then compare the SHA-256 of %(manifest)s with the one that "
    "the portal shows beside this copy and keeps in its audit chain."
)


@dataclass(frozen=True)
class Entry:
    """One file of the archive; `expected` is the hash it had when it was received or sealed, where one is known."""

    name: str
    kind: str  # "whole-file", "answers", "paper", "message", "document"
    open: Callable[[], IO[bytes]]
    expected: str = ""


def pack(
    out: IO[bytes], entries: Iterable[Entry], *, about: dict[str, Any], made_at: datetime, step: Callable[[], None]
) -> str:
    """Write the entries, a list of their hashes for `sha256sum`, and the manifest. Returns the manifest's SHA-256.

    A file that is not where it should be is told of in the manifest, and nothing else is lost for it.
    """
    listed: list[dict[str, Any]] = []
    missing: list[str] = []
    with zipfile.ZipFile(out, "w") as archive:
        for entry in entries:
            try:
                with entry.open() as source:
                    listed.append(_told(entry, *_written(archive, entry.name, source, made_at)))
            except FileNotFoundError:
                missing.append(entry.name)
            step()
        sums = "".join(f"{each['sha256']}  {each['name']}\n" for each in listed).encode()
        _write(archive, SUMS, sums, made_at)
        listed.append({"name": SUMS, "kind": "sums", "bytes": len(sums), "sha256": hashlib.sha256(sums).hexdigest()})
        verify = words(VERIFY, sums=SUMS, manifest=MANIFEST)
        told = about | {"made_at": made_at.isoformat(), "entries": listed, "missing": missing, "verify": verify}
        manifest = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
        _write(archive, MANIFEST, manifest, made_at)
    return hashlib.sha256(manifest).hexdigest()


def _written(archive: zipfile.ZipFile, name: str, source: IO[bytes], at: datetime) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with archive.open(_named(name, at), "w") as target:
        while piece := source.read(PIECE):
            target.write(piece)
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def _told(entry: Entry, size: int, digest: str) -> dict[str, Any]:
    told: dict[str, Any] = {"name": entry.name, "kind": entry.kind, "bytes": size, "sha256": digest}
    return told | {"as_received": digest == entry.expected} if entry.expected else told


def _write(archive: zipfile.ZipFile, name: str, content: bytes, at: datetime) -> None:
    archive.writestr(_named(name, at), content)


def _named(name: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, timezone.localtime(at).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED if name.endswith(PACKED) else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    return info
