"""What every kind of table has: its columns, who may bring it, how its rows are checked and entered together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from procedures.api import Text
from registers.history.services import Cause
from registers.imports.columns import Column
from registers.imports.faults import Fault
from registers.imports.reading.tables import Row
from registers.imports.scenes import Scene
from registers.imports.values import Noted, Values


@dataclass
class Line:
    """A row of a file on its way: what it says, what is wrong with it, what it became."""

    number: int
    values: Values = field(default_factory=dict)
    faults: list[dict[str, Any]] = field(default_factory=list)
    repairs: list[dict[str, Any]] = field(default_factory=list)
    already: bool = False  # the register holds it: entering it changes nothing
    object_id: int | None = None
    scope: str = ""

    def fault(self, code: str, column: str, **values: Any) -> None:
        self.faults.append({"code": code, "column": column, "values": values})


class Kind:
    """A kind of table. Subclasses declare the columns and write `check` and `enter`."""

    code: ClassVar[str]
    title: ClassVar[Text]
    says: ClassVar[Text]  # one sentence about what the table brings, for whoever chooses
    act: ClassVar[str]  # what somebody of an organisation must be allowed to do; empty: offices only
    columns: ClassVar[Sequence[Column]]
    key: ClassVar[Sequence[str]]  # the values that stand once together in a file
    key_column: ClassVar[str]  # where a repetition is shown
    name_columns: ClassVar[Mapping[str, Sequence[str]]] = {}  # by language: what names a row to people

    def read(self, number: int, row: Row, places: Mapping[str, int], today: date) -> Line:
        """The values of a row, its faults and repairs, by what its cells say alone."""
        line, width = Line(number, {"_today": today}), len(row)
        for column in self.columns:
            place = places.get(column.name, width)
            cell = row[place] if place < width else None
            noted: Noted = []
            try:
                value = column.reads.read(cell, line.values, noted)
            except Fault as found:
                line.fault(found.code, column.name, **found.values)
                continue
            if column.required and (value is None or value == ""):
                line.fault("missing", column.name)
                continue
            line.values[column.name] = value
            if noted:
                line.repairs += [{"code": code, "column": column.name} for code in noted]
        return line

    def check(self, lines: Sequence[Line], scene: Scene) -> None:
        """Add the faults that only the other rows and the register show; a few queries however many lines.

        Sets `already`, and `scope`: what no other import may touch while this one is entered.
        """
        raise NotImplementedError

    def enter(self, lines: Sequence[Line], scene: Scene, cause: Cause) -> None:
        """Write sound lines into the register, inside the caller's transaction; they were checked just before.

        Sets `object_id`, and `already` where nothing changed.
        """
        raise NotImplementedError

    def check_repetitions(self, lines: Sequence[Line], scene: Scene) -> None:
        """A key that stood in an earlier row of the file is a fault of this one."""
        for line in lines:
            if not line.values.get(self.key_column) or any(name not in line.values for name in self.key):
                continue
            # A hash in the place of the key: 100,000 keys would take more memory than the file. Two keys of one hash
            # are to be met once in some thousand million files.
            key = hash(tuple(str(line.values[name]).casefold() for name in self.key))
            first = scene.seen.setdefault(key, line.number)
            if first != line.number:
                line.fault("twice", self.key_column, row=first)


def sound(lines: Sequence[Line], *names: str) -> list[Line]:
    """The lines of which these values could be read."""
    return [line for line in lines if all(name in line.values for name in names)]
