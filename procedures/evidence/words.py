"""What the words on a paper tell: a day of expiry that has passed, and a name that stands nowhere on it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from procedures.cases.folding import fold

LONGEST = 20_000  # signs that are looked through
FEWEST = 60  # letters, below which a text says nothing about a name
ALIKE = 84  # of 100: a letter read wrong or written otherwise
MOST_WORDS = 3000
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
EXPIRY = (
    r"date d.?expiration|expire le|expiration|valable jusqu.?au|valide jusqu.?au|fin de validite|date of expiry|"
    r"expiry date|valid until|expires on|انتهاء الصلاحيه|تنتهي الصلاحيه|صالحه? الي غايه|صالحه? الي"
)
DAY = r"(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,4})"
Names = Sequence[tuple[str, str]]  # (family name, given name), in each script that is known


def told_by(text: str, *, names: Names, on: date) -> list[dict[str, Any]]:
    """The findings of a paper's text; without names, whose they are is not asked.

    Args:
        text: as read from the paper, in any script and order.
        names: how the person is written; one that is found in one script is enough.
        on: the day on which a paper must still be valid.
    """
    folded = fold(text[:LONGEST]).translate(DIGITS)
    found: list[dict[str, Any]] = []
    ended = expiry_of(folded)
    if ended and ended < on:
        found.append({"code": "expired", "day": ended.isoformat()})
    if names and not bears_a_name(folded, names):
        found.append({"code": "other_name"})
    return found


def expiry_of(folded: str) -> date | None:
    """The latest day that is written beside the words for an expiry."""
    days = [_day(*match.groups()[-3:]) for match in re.finditer(rf"(?:{EXPIRY})[^\d]{{0,40}}{DAY}", folded)]
    return max((day for day in days if day), default=None)


def bears_a_name(folded: str, names: Names) -> bool:
    """Whether one of the names stands in the text; a text too short, or in another script, is given the doubt."""
    words = re.findall(r"[^\W\d_]{2,}", folded)[:MOST_WORDS]
    letters = {"ar": 0, "lat": 0}
    for word in words:
        letters[_script(word)] += len(word)
    readable = [pair for pair in names if all(pair) and letters[_script(fold(pair[0]))] >= FEWEST]
    if not readable:
        return True
    every = {*words, *(word[::-1] for word in words if _script(word) == "ar")}  # some files keep Arabic as it is drawn
    return any(all(_stands(part, every) for part in pair) for pair in readable)


def _stands(name: str, words: Iterable[str]) -> bool:
    """Whether a word of the name is there, or the whole of it written in one."""
    parts = [part for part in re.findall(r"[^\W\d_]+", fold(name)) if len(part) > 2] or [fold(name)]
    wanted = {*parts, "".join(parts)} - {"ben", "bin", "بن", "ابن"}
    return any(fuzz.ratio(part, word) >= ALIKE for part in wanted for word in words)


def _script(word: str) -> str:
    return "ar" if any("\u0600" <= sign <= "\u06ff" for sign in word) else "lat"


def _day(first: str, month: str, last: str) -> date | None:
    year, day = (int(first), int(last)) if len(first) == 4 else (int(last), int(first))
    try:
        return date(year + 2000 if year < 100 else year, int(month), day)
    except ValueError:
        return None
