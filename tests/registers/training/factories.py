"""Groups that follow a homologated offer, for tests of the registers."""

from datetime import date
from typing import Any

from registers.programmes.models import Offer
from registers.programmes.services import grant_homologation, open_offer
from registers.structures.models import Structure
from registers.structures.services import allow_speciality
from registers.training.models import Session
from registers.training.services import declare_session
from tests.registers.factories import LONG_AGO, a_programme, a_speciality, a_structure, by_hand

FIRST, LAST = date(2025, 9, 15), date(2026, 6, 15)


def an_offer(structure: Structure | None = None, *, until: date | None = date(2027, 1, 1)) -> Offer:
    """Homologated from long ago until `until`; None: not at all."""
    structure = structure or a_structure()
    speciality = a_speciality()
    allow_speciality(by_hand(), structure=structure, speciality=speciality, since=LONG_AGO)
    offer = open_offer(by_hand(), structure=structure, programme=a_programme(speciality), since=LONG_AGO)
    if until is not None:
        grant_homologation(by_hand(), offer=offer, diploma="CAP", since=LONG_AGO, until=until)
    return offer


def a_session(structure: Structure | None = None, **more: Any) -> Session:
    values = {"label": "2026-A", "since": FIRST, "until": LAST, "places": 25} | more
    cause, offer = values.pop("cause", None) or by_hand(), values.pop("offer", None) or an_offer(structure)
    return declare_session(cause, offer=offer, **values)
