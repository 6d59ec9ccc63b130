"""The invented people of the country: who is the how manieth trainee or trainer, always the same."""

from __future__ import annotations

from datetime import timedelta

from portal.demonstration.country.chance import chance_of
from portal.demonstration.country.importing import CountryImport
from portal.demonstration.country.names import Named, person_names
from registers.people.services import GivenIdentifier, GivenPerson

# No card begins with these figures, as far as we know: an invented number is nobody's.
TRAINEES, TWINS, TRAINERS = "9", "8", "7"
SPREAD = 7919  # a prime: neighbours in the country have no neighbouring numbers


def trainee(country: CountryImport, number: int, place: str) -> GivenPerson:
    """Between 18 and 29 years old, born where they follow their training."""
    chance = chance_of("trainee", number)
    return _person(country, person_names(chance), card(TRAINEES, number), chance.randint(18 * 366, 29 * 365), place)


def trainer(country: CountryImport, number: int, place: str) -> GivenPerson:
    chance = chance_of("trainer", number)
    return _person(country, person_names(chance), card(TRAINERS, number), chance.randint(28 * 365, 60 * 365), place)


def spelt_otherwise(given: GivenPerson) -> GivenPerson:
    """The same person as a hurried clerk would enter them: one figure of the card and some letters wrong."""
    number = TWINS + given.identifiers[0].number[1:]
    latin = given.last_lat.replace("ou", "u", 1) if "ou" in given.last_lat else given.last_lat
    return GivenPerson(
        first_ar=given.first_ar.replace("أ", "ا").replace("إ", "ا"),
        last_ar=given.last_ar.replace("ة", "ه"),
        first_lat=given.first_lat,
        last_lat=latin,
        birth_date=given.birth_date,
        sex=given.sex,
        identifiers=(GivenIdentifier("cin", number),),
        invented=True,
    )


def card(series: str, number: int) -> str:
    """Eight figures, different for each number of a series."""
    return f"{series}{number * SPREAD % 10_000_000:07d}"


def _person(country: CountryImport, called: Named, number: str, age: int, place: str) -> GivenPerson:
    return GivenPerson(
        first_ar=called.first.arabic,
        last_ar=called.last.arabic,
        first_lat=called.first.latin,
        last_lat=called.last.latin,
        birth_date=country.today - timedelta(days=age),
        birth_place=place,
        sex=called.sex,
        identifiers=(GivenIdentifier("cin", number),),
        invented=True,
    )
