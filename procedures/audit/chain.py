"""How an entry is bound to the one before it: the canonical text of its content, and its digest."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

BEGINNING = "0" * 64  # what stands before the first entry


def plain(data: Any) -> Any:
    """`data` as both databases give it back; a float is refused, because they do not write it alike.

    Raises TypeError on a float or on anything that JSON cannot say.
    """
    given = json.loads(json.dumps(data, cls=DjangoJSONEncoder), parse_float=_no_float)
    return given


def digest(
    *,
    seq: int,
    at: datetime,
    actor: int | None,
    action: str,
    subject: tuple[str, str],
    data: Any,
    previous: str,
) -> str:
    """SHA-256 over the digest before and everything the entry says."""
    content = [seq, at.astimezone(UTC).isoformat(timespec="microseconds"), actor, action, *subject, data]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def _no_float(written: str) -> Any:
    raise TypeError(f"The audit chain holds no floats: write {written} as a whole number or as text.")
