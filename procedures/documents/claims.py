"""What the QR says of a document: ten slots in deterministic CBOR."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import cbor2

SCHEMA = 1
MOST_BYTES = 400  # asked before anything is decoded
_EPOCH = date(1970, 1, 1)


class BadClaims(ValueError):
    """These bytes are not claims of this schema."""


@dataclass(frozen=True, kw_only=True)
class SealedClaims:
    """The claims by name; positions and types are those of the published layout."""

    kind: int
    holder_ar: str | None
    holder_lat: str | None
    title: str | int | None
    structure: int | None
    issued_on: date
    expires_on: date | None
    status_index: int
    level: int | None
    rows_digest: bytes | None = None  # a list's rows, bound by the seal

    def encoded(self) -> bytes:
        """Deterministic CBOR of the array: ten items, eleven where rows are bound."""
        return cbor2.dumps(self.as_list(), canonical=True)

    def as_list(self) -> list[Any]:
        slots: list[Any] = [
            SCHEMA,
            self.kind,
            _composed(self.holder_ar),
            _composed(self.holder_lat),
            _composed(self.title) if isinstance(self.title, str) else self.title,
            self.structure,
            _days(self.issued_on),
            _days(self.expires_on) if self.expires_on else None,
            self.status_index,
            self.level,
        ]
        return [*slots, self.rows_digest] if self.rows_digest else slots


def decoded(payload: bytes) -> SealedClaims:
    """Read claims strictly: an encoding that is not the deterministic one is refused."""
    slots = strictly_loaded(payload)
    if not isinstance(slots, list) or len(slots) not in (10, 11):
        raise BadClaims("not an array of ten")
    if slots[0] != SCHEMA or isinstance(slots[0], bool):
        raise BadClaims("unknown version: update the verifier")
    _check_types(slots)
    return SealedClaims(
        kind=slots[1],
        holder_ar=slots[2],
        holder_lat=slots[3],
        title=slots[4],
        structure=slots[5],
        issued_on=_EPOCH + timedelta(days=slots[6]),
        expires_on=None if slots[7] is None else _EPOCH + timedelta(days=slots[7]),
        status_index=slots[8],
        level=slots[9],
        rows_digest=slots[10] if len(slots) == 11 else None,
    )


def strictly_loaded(raw: bytes) -> Any:
    """The CBOR value whose deterministic encoding is exactly `raw`."""
    if len(raw) > MOST_BYTES:
        raise BadClaims("too long")
    try:
        value = cbor2.loads(raw)
        again = cbor2.dumps(value, canonical=True)
    except Exception as error:
        raise BadClaims("not CBOR") from error
    if again != raw:
        raise BadClaims("not the deterministic encoding")
    return value


def _check_types(slots: list[Any]) -> None:
    def whole(value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**40

    def text(value: Any) -> bool:
        return isinstance(value, str) and unicodedata.is_normalized("NFC", value)

    none = type(None)
    fine = (
        whole(slots[1])
        and all(isinstance(slot, none) or text(slot) for slot in slots[2:4])
        and (isinstance(slots[4], none) or text(slots[4]) or whole(slots[4]))
        and whole(slots[6])
        and whole(slots[8])
        and all(isinstance(slots[place], none) or whole(slots[place]) for place in (5, 7, 9))
        and all(isinstance(slot, bytes) and len(slot) == 32 for slot in slots[10:])
    )
    if not fine or max(slots[6], slots[7] or 0) > 2_000_000:
        raise BadClaims("a slot holds what it must not")


def _composed(text: str | None) -> str | None:
    return unicodedata.normalize("NFC", text) if text else None


def _days(day: date) -> int:
    return (day - _EPOCH).days
