"""The members of the family, each with the contents it is printed from: typed here, frozen as JSON when prepared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from procedures.documents.names import Names
from procedures.documents.wording import Words

Row = dict[str, Any]  # {"label": Words, "value": Words}
ROOM = {"diploma": 13, "certificate": 15, "attestation": 15}  # lines of the middle of a sheet before it is set closer
IN_A_LINE = {"ar": 36, "fr": 33}  # letters of a value, less than the narrowest of its columns holds
ROOM_FOR_LINES = 8  # of a convocation: rows, notes and lines of a name, before it is set closer
CLOSER = {"": "tight", "tight": "tighter", "tighter": "tighter"}
ONE_LINE = 34  # letters of a name set large


@dataclass(frozen=True, kw_only=True)
class Certified:
    """Diploma, certificate, attestation: who is certified what, in a sentence, a name and a table."""

    template: str
    title: Words
    names: Names
    lead: Words
    rows: Sequence[Row]
    notes: Sequence[Words] = ()
    signatory: dict[str, Any]
    assumed: bool = False  # the wording has no basis that was read
    english: bool = False

    def printed(self) -> dict[str, Any]:
        return {
            "holder": {"ar": self.names.ar, "lat": self.names.lat},
            "name_class": "long" if max(len(self.names.ar), len(self.names.lat)) > ONE_LINE else "",
            "title_size": _title_size(self.title["ar"], 37 if self.template == "diploma" else 32),
            "lead": self.lead,
            "rows": list(self.rows),
            "notes": list(self.notes),
            "signatory": self.signatory,
            "assumed": self.assumed,
            "english": self.english,
            "density": self._density(),
        }

    def _density(self) -> str:
        lines = sum(_lines(row["value"]) + self.english for row in self.rows)
        lines += sum(_lines(note, 0.62) + self.english for note in (self.lead, *self.notes))
        room = ROOM[self.template]
        return "" if lines <= room else "tight" if lines <= room * 1.5 else "tighter"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A nominal list: whom it holds, in both scripts, and what stands beside each name."""

    template: ClassVar[str] = "nominal_list"

    lead: Words
    rows: Sequence[Row]
    columns: Sequence[Words]
    lines: Sequence[dict[str, Any]]  # {"names": Names' two scripts, "cells": [Words]}
    says: dict[str, Words]
    signatory: dict[str, Any]
    public: Sequence[Row] = ()

    def bound(self) -> list[list[str]]:
        """What the seal binds of each line: the names as printed, then each cell in both languages."""
        return [
            [line["ar"], line["lat"], *(cell[language] for cell in line["cells"] for language in ("ar", "fr"))]
            for line in self.lines
        ]

    def printed(self) -> dict[str, Any]:
        return {
            "lead": self.lead,
            "rows": list(self.rows),
            "columns": list(self.columns),
            "lines": list(self.lines),
            "says": self.says,
            "signatory": self.signatory,
            "public": list(self.public),
            "bound": self.bound(),
        }


@dataclass(frozen=True, kw_only=True)
class Convoked:
    """A convocation: who is called where and when, about what, and what to know before coming."""

    template: ClassVar[str] = "convocation"

    names: Names
    lead: Words
    when: Words
    clock: Words
    place: Words
    rows: Sequence[Row]
    notes: Sequence[Words] = ()
    says: dict[str, Words]
    signatory: dict[str, Any]
    assumed: bool = False
    english: bool = False

    def printed(self) -> dict[str, Any]:
        return {
            "holder": {"ar": self.names.ar, "lat": self.names.lat},
            "lead": self.lead,
            "when": self.when,
            "clock": self.clock,
            "place": self.place,
            "rows": list(self.rows),
            "notes": list(self.notes),
            "says": self.says,
            "signatory": self.signatory,
            "assumed": self.assumed,
            "english": self.english,
            "tight": self.english or self._height() > ROOM_FOR_LINES,
        }

    def _height(self) -> int:
        return len(self.notes) + len(self.rows) + _lines({"ar": self.names.ar, "fr": self.names.lat})


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A verification report: what the register said of each code, and how many of each answer."""

    template: ClassVar[str] = "verification_report"

    rows: Sequence[Row]
    lines: Sequence[dict[str, Any]]  # {"code", "title": Words, "day", "kind", "state", "verdict": Words}
    tally: Sequence[dict[str, Any]]
    says: dict[str, Words]
    closing: Words
    public: Sequence[Row] = ()

    def bound(self) -> list[list[str]]:
        """What the seal binds of each line: the code, the title in both languages, the day of issue, the answer."""
        return [
            [line["code"], line["title"]["ar"], line["title"]["fr"], line["day"], line["state"]] for line in self.lines
        ]

    def printed(self) -> dict[str, Any]:
        return {
            "rows": list(self.rows),
            "lines": list(self.lines),
            "tally": list(self.tally),
            "says": self.says,
            "closing": self.closing,
            "public": list(self.public),
            "bound": self.bound(),
        }


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """A duplicate: the content of the first as it was frozen, under its own number, code and signature."""

    first: dict[str, Any]
    own: dict[str, Any]  # number, code, host, letterhead and words of today's frame
    mark: dict[str, Words]
    signatory: dict[str, Any] = field(default_factory=dict)

    def printed(self) -> dict[str, Any]:
        signed = {"signatory": self.signatory} if self.first.get("signatory") else {}
        closer = (
            {"density": CLOSER[self.first["density"]]} if "density" in self.first else {}
        )  # the mark takes its room
        repeated = {name: value for name, value in self.first.items() if name != "second_seal"}  # which is of its code
        return {**repeated, **self.own, **signed, **closer, "duplicate": self.mark}


Member = Certified | Listed | Convoked | Reported | Repeated


def _lines(text: Words, share: float = 1.0) -> int:
    """How many lines a text takes in its column; `share` of the letters of a table's line is taken by one of prose."""
    return max(-(-len(text.get(language, "")) // int(most / share)) for language, most in IN_A_LINE.items()) or 1


def _title_size(title: str, largest: int) -> int:
    return largest if len(title) <= 20 else 27 if len(title) <= 30 else 22
