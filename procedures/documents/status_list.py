"""The signed status list: two bits a document, fetched whole, so that nobody learns which one is checked."""

import zlib
from datetime import datetime, timedelta

import cbor2
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from procedures.documents.key_register import record_use
from procedures.documents.keys import sealer_for
from procedures.documents.models import Document, SealKey, StatusPeriod

ENTRIES = 2**20  # the least; see places()
BITS = 2
LIFE = timedelta(hours=24)
SUBJECT, EXPIRES, ISSUED_AT, TIME_TO_LIVE, STATUS_LIST = 2, 4, 6, 65534, 65533  # labels of the draft's CWT


def signed_list(number: int = 0, *, now: datetime | None = None) -> bytes:
    """A COSE_Sign1 over the CWT of a Token Status List, valid for a day."""
    now = now or timezone.now()
    sealer = sealer_for(SealKey.Purpose.STATUS)
    record_use(SealKey.Purpose.STATUS, sealer.kid.hex(), now)
    claims = {
        SUBJECT: f"{settings.TAKWIN_PUBLIC_URL}/status/{number}.cwt",
        ISSUED_AT: int(now.timestamp()),
        EXPIRES: int((now + LIFE).timestamp()),
        TIME_TO_LIVE: 300,
        STATUS_LIST: {"bits": BITS, "lst": zlib.compress(packed(now), 9)},
    }
    algorithm = {"ES256": -7, "EdDSA": -8}[sealer.algorithm]
    protected = cbor2.dumps({1: algorithm, 4: sealer.kid, 16: "application/statuslist+cwt"}, canonical=True)
    payload = cbor2.dumps(claims, canonical=True)
    signature = sealer.sign(cbor2.dumps(["Signature1", protected, b"", payload], canonical=True))
    return cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]), canonical=True)


def places() -> int:
    """How many entries the list has: a power of two, and so many that more than half of them are free for ever.

    It only grows, so a place that was given stays where it was sealed.
    """
    last = Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 0  # at least so many were issued
    return max(ENTRIES, 1 << (2 * last).bit_length())


def packed(now: datetime) -> bytes:
    """Two bits an entry, the first entry in the lowest bits of the first byte."""
    running = StatusPeriod.objects.filter(since__lte=now).filter(Q(until__isnull=True) | Q(until__gt=now))
    weights: dict[int, int] = {}
    for index, status in running.values_list("document__status_index", "status"):
        weights[index] = min(weights.get(index, 4), _rank(status))
    array = bytearray(max(places(), 1 << max(weights, default=0).bit_length()) * BITS // 8)
    for index, rank in weights.items():
        value = (1, 3, 2)[rank]
        array[index // 4] |= value << (index % 4 * BITS)
    return bytes(array)


def _rank(status: str) -> int:
    """Revoked outweighs replaced, replaced outweighs suspended."""
    order = (StatusPeriod.Status.REVOKED, StatusPeriod.Status.REPLACED, StatusPeriod.Status.SUSPENDED)
    return order.index(StatusPeriod.Status(status))
