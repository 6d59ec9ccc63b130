"""A second seal that a plugin prints beside ours: what it is told of a document, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class DocumentFacts:
    """What a second seal may say of a document: what is printed on it, and nothing of the case behind it."""

    public_id: str  # sixteen characters, as in the address of our own code
    number: str
    kind: int  # the document type, in /catalogue.json
    procedure: str  # "" for a document of no case
    output: str
    title: Mapping[str, str]  # ar, fr, en
    holder_ar: str
    holder_lat: str
    issued_on: date
    expires_on: date | None
    verify: str  # the address of our page about it


@dataclass(frozen=True, kw_only=True)
class SecondSeal:
    """A picture for the place beside our QR code, and what it is called under it.

    `picture` is a PNG, dark on white with its own quiet zone, 32 to 1,200 pixels a side; it is printed in grey in a
    square of 22 mm. `name` says in Arabic and French whose seal it is, 28 letters at most each: the plugin answers for
    it.
    """

    picture: bytes
    name: Mapping[str, str]  # ar, fr


class SealBackend(Protocol):
    """Who makes the second seal."""

    def mark(self, facts: DocumentFacts) -> SecondSeal | None:
        """The seal of this document, or None for one that bears ours alone; may be slow, and asked twice."""
