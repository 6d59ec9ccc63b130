"""Measure how well one person is told from another by name: pairs of one person spelt twice, and pairs of near misses.

Every pair is taken to be born on one day and to have no identifier in common: the hardest case that the register meets.
The pairs are invented: given and family names are drawn apart from each other. The rules were tuned on the set `known`.
The set `fresh` was written after them; its first measurement missed 7 of 125 and proposed 7 of 70 falsely; the
rules were mended with what it taught. Then a second sheet was written by somebody who had not read the rules: first
measured, 5 of its 120 were missed and 6 of 60 proposed falsely; now 2 and 5. `python bench/identity.py`.
"""

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from registers.people.folding import is_arabic  # noqa: E402
from registers.people.names import Names, keys_of, likeness  # noqa: E402

SHEETS = ("identity.csv", "identity_second.csv")
LIKE_ENOUGH = 91  # registers.people.duplicates.LIKE_ENOUGH["same"], which needs a database to be imported


@dataclass(frozen=True)
class Pair:
    set: str
    same: bool
    left: Names
    right: Names

    @property
    def likeness(self) -> int:
        return likeness(self.left, self.right)

    @property
    def one_key(self) -> bool:
        """Whether the consonant keys are equal, which is what finds a person whose birth date is mistyped."""
        left, right = keys_of(self.left), keys_of(self.right)
        return bool({left["key_lat"], left["key_cross"]} & {right["key_lat"], right["key_cross"]} - {""})


def names(first: str, last: str) -> Names:
    if is_arabic(first + last):
        return Names(first_ar=first, last_ar=last)
    return Names(first_lat=first, last_lat=last)


def pairs() -> list[Pair]:
    return [pair for sheet in SHEETS for pair in _pairs(Path(__file__).with_name(sheet))]


def _pairs(sheet: Path) -> list[Pair]:
    with sheet.open(newline="") as file:
        return [
            Pair(
                row["set"],
                row["same"] == "1",
                names(row["first"], row["last"]),
                names(row["other_first"], row["other_last"]),
            )
            for row in csv.DictReader(file)
        ]


def measure(measured: list[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The pairs of one person that are missed, and those of two that are proposed."""
    missed = [pair for pair in measured if pair.same and pair.likeness < LIKE_ENOUGH]
    return missed, [pair for pair in measured if not pair.same and pair.likeness >= LIKE_ENOUGH]


def show(name: str, measured: list[Pair]) -> None:
    missed, false = measure(measured)
    same = sum(pair.same for pair in measured)
    print(f"{name}: {same} pairs of one person, {len(missed)} missed;", end=" ")
    print(f"{len(measured) - same} near misses of two persons, {len(false)} proposed falsely")
    for pair in missed + false:
        spelt = " = ".join(" ".join(part for part in vars(side).values() if part) for side in (pair.left, pair.right))
        print(f"  {'missed' if pair.same else 'false '} {pair.likeness:3}  {spelt}")
    keys = [sum(pair.one_key for pair in measured if pair.same is kind) for kind in (True, False)]
    print(f"  equal consonant keys: {keys[0]} of {same} of one person, {keys[1]} of {len(measured) - same} of two")


def main() -> None:
    measured = pairs()
    for name in dict.fromkeys(pair.set for pair in measured):
        show(name, [pair for pair in measured if pair.set == name])


if __name__ == "__main__":
    main()
