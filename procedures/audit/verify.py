"""Read the whole chain and say where it was touched: edited, deleted, swapped, inserted, set back, cut off."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection
from django.utils.dateparse import parse_datetime

from procedures.audit import chain, keys
from procedures.audit.guards import missing_guards
from procedures.audit.models import Entry, Head

FIELDS = ("seq", "at", "actor", "action", "subject_type", "subject_id", "data", "previous", "digest")


@dataclass(frozen=True)
class Fault:
    """Something wrong at one entry (0: of the chain as a whole)."""

    seq: int
    kind: str  # edited | missing | displaced | backward | cut | rewritten | forged_head | unguarded
    says: str


@dataclass(frozen=True)
class Verification:
    entries: int
    heads: int
    faults: tuple[Fault, ...]


class SignedHead(NamedTuple):
    seq: int
    digest: str
    signed_at: datetime
    key_id: str
    signature: bytes


def verify_chain() -> Verification:
    """Recompute every digest, follow every link, check every signed head. Reads only; 100,000 entries take seconds."""
    heads = _heads()
    faults: list[Fault] = []
    count, wanted, before = 0, 1, chain.BEGINNING
    latest: datetime | None = None
    marked = {head.seq for head in heads}
    seen: dict[int, str] = {}
    rows = Entry.objects.order_by("seq").values_list(*FIELDS)
    for seq, at, actor, action, kind, identity, data, previous, stored in rows.iterator(chunk_size=5000):
        count += 1
        if seq != wanted:
            faults.append(Fault(seq, "missing", f"Entries {wanted} to {seq - 1} are missing."))
        elif previous != before:
            faults.append(Fault(seq, "displaced", f"Entry {seq} does not follow the entry before it."))
        if latest and at < latest:
            faults.append(Fault(seq, "backward", f"Entry {seq} is older than the entry before it."))
        told = chain.digest(
            seq=seq, at=at, actor=actor, action=action, subject=(kind, identity), data=data, previous=previous
        )
        if told != stored:
            faults.append(Fault(seq, "edited", f"Entry {seq} is not what was written."))
        if seq in marked:
            seen[seq] = stored
        wanted, before, latest = seq + 1, stored, at
    faults += _against_heads(heads, seen, wanted - 1)
    faults += [Fault(0, "unguarded", f"The trigger {name} is missing.") for name in missing_guards(connection)]
    return Verification(count, len(heads), tuple(faults))


def _against_heads(heads: tuple[SignedHead, ...], seen: dict[int, str], last: int) -> Iterator[Fault]:
    known = keys.public_keys()
    for head in heads:
        if not _is_genuine(head, known):
            yield Fault(head.seq, "forged_head", f"The signed head at entry {head.seq} does not verify.")
        elif head.seq > last:
            yield Fault(last, "cut", f"The chain ends at entry {last}; on {head.signed_at:%Y-%m-%d} it had {head.seq}.")
        elif seen.get(head.seq) != head.digest:
            yield Fault(head.seq, "rewritten", f"Entry {head.seq} is not the one signed on {head.signed_at:%Y-%m-%d}.")


def _is_genuine(head: SignedHead, known: dict[str, Ed25519PublicKey]) -> bool:
    key = known.get(head.key_id)
    if key is None:
        return False
    try:
        key.verify(head.signature, keys.statement(head.seq, head.digest, head.signed_at))
    except InvalidSignature:
        return False
    return True


def _heads() -> tuple[SignedHead, ...]:
    """Heads of the database and of the file beside it: emptying one table does not hide a cut."""
    stored = {
        SignedHead(head.seq, head.digest, head.signed_at, head.key_id, bytes(head.signature))
        for head in Head.objects.all()
    }
    path = settings.VAR / "audit" / "heads.jsonl"
    if path.exists():
        stored |= {_parsed(line) for line in path.read_text().splitlines() if line.strip()}
    return tuple(sorted(stored))


def _parsed(line: str) -> SignedHead:
    try:
        told = json.loads(line)
        moment = parse_datetime(told["signed_at"])
        if moment is not None:
            return SignedHead(told["seq"], told["digest"], moment, told["key_id"], bytes.fromhex(told["signature"]))
    except (ValueError, KeyError, TypeError):
        pass
    return SignedHead(0, "", datetime.min.replace(tzinfo=UTC), "", line.encode())
