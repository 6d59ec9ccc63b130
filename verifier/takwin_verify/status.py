"""The signed status list: two bits a document, in the shape of the IETF's Token Status List (CWT)."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import cbor2

from takwin_verify.cbor import signed_bytes
from takwin_verify.keys import ALGORITHMS, STATUS, Key

MOST_BYTES, MOST_UNPACKED = 2**22, 2**26  # 2**28 documents
EXPIRES, ISSUED_AT, STATUS_LIST = 4, 6, 65533
TAG_OF_COSE_SIGN1 = 18
STATES = {0: "valid", 1: "revoked", 2: "suspended", 3: "replaced"}


class BadList(ValueError):
    """The list is not the issuer's, or not a list."""


@dataclass(frozen=True)
class StatusList:
    """What every document was worth at `as_of`; a verifier fetches another after `expires_at`."""

    as_of: datetime
    expires_at: datetime
    packed: bytes

    def state_of(self, index: int) -> str:
        """ "valid", "revoked", "suspended" or "replaced". Raises BadList where the list has no such place."""
        place, shift = divmod(index, 4)
        if place >= len(self.packed):
            raise BadList("The list has no place for this document: fetch a newer one.")
        return STATES[self.packed[place] >> (shift * 2) & 3]


def status_list_of(raw: bytes, keys: Iterable[Key]) -> StatusList:
    """The list in these bytes, once a status key that is not revoked has signed it. Raises BadList."""
    if len(raw) > MOST_BYTES:
        raise BadList("The list is too long.")
    try:
        protected, payload, signature = _parts(cbor2.loads(raw))
        header, claims = cbor2.loads(protected), cbor2.loads(payload)
        message = signed_bytes(protected, b"", payload)
        known = [key for key in keys if key.purpose == STATUS and key.kid == header[4] and not key.revoked_at]
        if not any(header[1] == ALGORITHMS[key.algorithm] and key.signed(message, signature) for key in known):
            raise BadList("No published key of the issuer has signed this list.")
        held = claims[STATUS_LIST]
        if held["bits"] != 2:
            raise BadList("Update the verifier: the list holds other states than it knows.")
        unpacker = zlib.decompressobj()
        packed = unpacker.decompress(held["lst"], MOST_UNPACKED)
        if not unpacker.eof:
            raise BadList("The list is too long.")
        as_of, expires_at = (datetime.fromtimestamp(claims[name], UTC) for name in (ISSUED_AT, EXPIRES))
        return StatusList(as_of, expires_at, packed)
    except BadList:
        raise
    except Exception as error:
        raise BadList("This is not a status list.") from error


def _parts(tagged: Any) -> tuple[bytes, bytes, bytes]:
    if not isinstance(tagged, cbor2.CBORTag) or tagged.tag != TAG_OF_COSE_SIGN1:
        raise BadList("This is not a status list.")
    protected, _unprotected, payload, signature = tagged.value
    return protected, payload, signature
