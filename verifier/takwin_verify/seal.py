"""The seal of a document: an untagged COSE_Sign1 over ten or eleven claims, bound to the document's public id."""

import base64
import binascii
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from takwin_verify.cbor import NotDeterministic, signed_bytes, strictly_loaded
from takwin_verify.keys import ALGORITHMS, QR, Key

SCHEMA, MOST_BYTES = 1, 400
LAST_DAY = 2_000_000  # since 1970; no document is issued after it
EPOCH = date(1970, 1, 1)
PRACTICE = b"PR"  # how the kid of a practice space begins: what it seals is never genuine, whoever publishes the key


class BadSeal(ValueError):
    """Why a seal is refused: `why` is "spelling", "shape", "practice", "version", "key" or "signature"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Claims:
    """What is sealed, in the order of the published layout."""

    kind: int  # number of the document type, in /catalogue.json
    holder_ar: str | None
    holder_lat: str | None
    title: str | int | None
    structure: int | None  # registration number, digits only
    issued_on: date
    expires_on: date | None
    status_index: int
    level: int | None
    rows_sha256: bytes | None  # of a list: the digest that binds its rows


@dataclass(frozen=True)
class OpenedSeal:
    """A seal that holds: the key that made it, and its claims."""

    key: Key
    claims: Claims


def opened(fragment: str, public_id: str, keys: Iterable[Key]) -> OpenedSeal:
    """Verify the text after "#" for the document `public_id` (sixteen characters, upper case).

    Strict: any bit that differs, any second spelling of the same bytes is refused. Whether the key was in force, and
    whether it was revoked since, is judged apart (`Key.was_in_force`, `Key.revoked_at`).
    Raises BadSeal.
    """
    parts = _loaded(from_base32(fragment))
    if (
        not isinstance(parts, list)
        or len(parts) != 4
        or not all(isinstance(parts[place], bytes) for place in (0, 2, 3))
    ):
        raise BadSeal("shape")
    protected, unprotected, payload, signature = parts
    header = _loaded(protected)
    if unprotected != {} or not isinstance(unprotected, dict) or len(signature) != 64:
        raise BadSeal("shape")
    if not isinstance(header, dict) or set(header) != {1, 4} or not isinstance(header[4], bytes):
        raise BadSeal("shape")
    if header[4].startswith(PRACTICE):
        raise BadSeal("practice")
    claims = _claims(_loaded(payload))  # an unknown version is said before anything is called forged
    message = signed_bytes(protected, public_id.encode("ascii"), payload)
    known = [key for key in keys if key.purpose == QR and key.kid == header[4]]
    if not known:
        raise BadSeal("key")
    for key in known:
        if header[1] == ALGORITHMS[key.algorithm] and key.signed(message, signature):
            return OpenedSeal(key, claims)
    raise BadSeal("signature")


def from_base32(fragment: str) -> bytes:
    """The bytes whose only unpadded base32 spelling this is, in either case. Raises BadSeal."""
    text = fragment.upper()
    if len(text) > MOST_BYTES * 8 // 5 + 8 or not text.isascii():
        raise BadSeal("spelling")
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError) as error:
        raise BadSeal("spelling") from error
    if not raw or len(raw) > MOST_BYTES or base64.b32encode(raw).decode().rstrip("=") != text:
        raise BadSeal("spelling")
    return raw


def _loaded(raw: bytes) -> Any:
    try:
        return strictly_loaded(raw)
    except NotDeterministic as error:
        raise BadSeal("shape") from error


def _claims(slots: Any) -> Claims:
    if not isinstance(slots, list) or not slots:
        raise BadSeal("shape")
    if type(slots[0]) is not int or slots[0] != SCHEMA:
        raise BadSeal("version")
    if len(slots) not in (10, 11) or not _are_well_typed(slots):
        raise BadSeal("shape")
    return Claims(
        kind=slots[1],
        holder_ar=slots[2],
        holder_lat=slots[3],
        title=slots[4],
        structure=slots[5],
        issued_on=EPOCH + timedelta(days=slots[6]),
        expires_on=None if slots[7] is None else EPOCH + timedelta(days=slots[7]),
        status_index=slots[8],
        level=slots[9],
        rows_sha256=slots[10] if len(slots) == 11 else None,
    )


def _are_well_typed(slots: list[Any]) -> bool:
    def whole(value: Any) -> bool:
        return type(value) is int and 0 <= value < 2**40

    def text(value: Any) -> bool:
        return isinstance(value, str) and unicodedata.is_normalized("NFC", value)

    return (
        all(whole(slots[place]) for place in (1, 6, 8))
        and all(slots[place] is None or whole(slots[place]) for place in (5, 7, 9))
        and all(slots[place] is None or text(slots[place]) for place in (2, 3))
        and (slots[4] is None or text(slots[4]) or whole(slots[4]))
        and all(isinstance(each, bytes) and len(each) == 32 for each in slots[10:])
        and max(slots[6], slots[7] or 0) <= LAST_DAY
    )
