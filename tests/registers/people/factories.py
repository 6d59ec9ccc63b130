"""People, given by hand, for tests of the registers."""

import itertools
from datetime import date
from typing import Any

from registers.history.causes import Cause
from registers.people.models import Person
from registers.people.services import GivenIdentifier, GivenPerson, enter_person
from tests.registers.factories import by_hand

_numbers = itertools.count(12_345_678, 7_919)  # far from each other: two cards a sign apart would be taken for one
BORN = date(2003, 5, 14)


def a_card(number: str = "") -> GivenIdentifier:
    return GivenIdentifier("cin", number or f"{next(_numbers):08d}")


def given(first: str = "Amel", last: str = "Tounsi", *cards: GivenIdentifier, **more: Any) -> GivenPerson:
    """A description; names in the script they are written in."""
    script = "ar" if not first.isascii() else "lat"
    names = {f"first_{script}": first, f"last_{script}": last}
    return GivenPerson(**{"birth_date": BORN} | names | more, identifiers=cards)


def a_person(first: str = "Amel", last: str = "Tounsi", *cards: GivenIdentifier, **more: Any) -> Person:
    return enter_person(more.pop("cause", None) or by_hand(), given=given(first, last, *cards, **more))[0]


def imported(batch: int = 1) -> Cause:
    return Cause(batch=batch)
