"""Names that are common in Tunisia, each in both scripts: what demonstrations and measurements make people of.

The people are invented; given and family names are drawn apart from each other.
"""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("data") / "names.csv"


class Spelt(NamedTuple):
    """One name as it is written in Arabic and in French."""

    arabic: str
    latin: str


class CommonNames(NamedTuple):
    """Given names by sex ("f", "m"), and family names."""

    first: Mapping[str, Sequence[Spelt]]
    last: Sequence[Spelt]


@cache
def common_names() -> CommonNames:
    with SOURCE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    first = {sex: [Spelt(row["arabic"], row["latin"]) for row in rows if row["sex"] == sex] for sex in ("f", "m")}
    return CommonNames(first, [Spelt(row["arabic"], row["latin"]) for row in rows if row["kind"] == "last"])
