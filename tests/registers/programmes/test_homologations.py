"""What a structure may give, on any day, and the sentences of what is refused."""

from datetime import date
from typing import Any

import pytest

from procedures.audit.models import Entry
from registers.history.causes import Cause
from registers.history.errors import EndsBefore, PeriodsOverlap
from registers.history.services import begin
from registers.programmes import services
from registers.programmes.models import Homologation, Offer
from registers.programmes.selectors import homologations_ending, may_give, offers_of, programmes_on
from registers.specialities.models import Moratorium
from registers.structures import services as structures
from registers.structures.errors import NotTaught, UnderMoratorium, WrongStatus
from registers.structures.models import Structure
from tests.registers.factories import a_programme, a_speciality, a_structure, by_case, by_hand

pytestmark = pytest.mark.django_db
BEGUN, GRANTED, EXPIRES = date(2023, 1, 1), date(2024, 1, 1), date(2027, 1, 1)


@pytest.fixture
def structure() -> Structure:
    made = a_structure()
    structures.allow_speciality(by_hand(), structure=made, speciality=a_speciality(), since=BEGUN)
    return made


@pytest.fixture
def offer(structure: Structure) -> Offer:
    return services.open_offer(by_hand(), structure=structure, programme=a_programme(a_speciality()), since=BEGUN)


@pytest.fixture
def homologation(offer: Offer) -> Homologation:
    return services.grant_homologation(by_hand(), offer=offer, since=GRANTED, until=EXPIRES, capacity=20)


def answer(structure: Structure, on: date, **about: Any) -> tuple[str, dict[str, Any]]:
    found = may_give(structure, on, **(about or {"diploma": "CAP", "speciality": "BAT-01"}))
    assert found.yes == (found.because in ("homologated", "taught"))
    return found.because, {name: value for name, value in found.values.items() if name != "on"}


def test_may_this_structure_give_this_diploma_is_answered_with_why(
    structure: Structure, homologation: Homologation
) -> None:
    assert answer(structure, date(2019, 12, 31)) == ("unknown_then", {})
    assert answer(structure, date(2023, 12, 31)) == ("not_yet", {"since": GRANTED})
    assert answer(structure, GRANTED) == ("homologated", {"since": GRANTED, "until": EXPIRES})
    assert answer(structure, date(2026, 12, 31))[0] == "homologated"
    assert answer(structure, EXPIRES) == ("ended", {"since": GRANTED, "until": EXPIRES})
    assert answer(structure, GRANTED, diploma="BTS", speciality="BAT-01") == ("never", {})
    assert answer(structure, GRANTED, diploma="CAP", speciality="TOU-01") == ("never", {})
    assert answer(structure, GRANTED, programme=a_programme(a_speciality()))[0] == "homologated"
    assert answer(structure, GRANTED, programme=a_programme(a_speciality(), "BTP"))[0] == "never"
    assert answer(structure, BEGUN, diploma="attestation", speciality="BAT-01")[0] == "taught"
    assert may_give(structure, GRANTED, diploma="CAP", speciality="BAT-01").period == homologation
    structures.suspend(by_hand(), structure=structure, since=date(2025, 1, 1), until=date(2025, 2, 1))
    structures.close(by_hand(), structure=structure, since=date(2026, 1, 1))
    assert answer(structure, date(2025, 1, 15))[0] == "suspended"
    assert answer(structure, date(2025, 2, 1))[0] == "homologated"
    assert answer(structure, date(2026, 1, 1))[0] == "closed"
    with pytest.raises(TypeError):
        may_give(structure, GRANTED, diploma="CAP")


def test_a_renewal_follows_without_a_gap_or_ends_the_old_one_early(homologation: Homologation) -> None:
    cause = by_case()
    renewed = services.renew_homologation(cause, homologation=homologation, until=date(2030, 1, 1))
    assert (renewed.since, renewed.until, renewed.diploma, renewed.capacity) == (EXPIRES, date(2030, 1, 1), "CAP", 20)
    assert services.renew_homologation(cause, homologation=homologation, until=date(2030, 1, 1)) == renewed
    early = services.renew_homologation(
        by_case(), homologation=renewed, since=date(2028, 1, 1), until=date(2031, 1, 1), capacity=30
    )
    believed = Homologation.objects.filter(subject=homologation.subject, superseded_at=None).order_by("since")
    assert [(row.since, row.until, row.capacity) for row in believed] == [
        (GRANTED, EXPIRES, 20),
        (EXPIRES, date(2028, 1, 1), 20),
        (date(2028, 1, 1), date(2031, 1, 1), 30),
    ]
    assert early.pk == believed[2].pk
    with pytest.raises(PeriodsOverlap):
        services.grant_homologation(by_hand(), offer=homologation.subject, since=date(2029, 1, 1), until=None)


def test_an_amendment_keeps_the_end_and_a_withdrawal_brings_it_forward(homologation: Homologation) -> None:
    amended = services.amend_homologation(by_case(), homologation=homologation, since=date(2025, 1, 1), capacity=35)
    assert (amended.since, amended.until, amended.capacity) == (date(2025, 1, 1), EXPIRES, 35)
    with pytest.raises(EndsBefore):
        services.withdraw_homologation(by_hand(), homologation=amended, on=date(2028, 1, 1))
    cause = by_case()
    ended = services.withdraw_homologation(cause, homologation=amended, on=date(2026, 1, 1))
    assert services.withdraw_homologation(cause, homologation=amended, on=date(2026, 1, 1)) == ended
    assert Entry.objects.filter(action="programmes.withdraw_homologation").count() == 1
    assert answer(homologation.subject.structure, date(2026, 1, 1))[0] == "ended"
    with pytest.raises(TypeError, match="diploma"):
        services.amend_homologation(by_case(), homologation=ended, since=date(2025, 2, 1), diploma="BTS")


def test_no_homologation_without_the_speciality_the_structure_and_a_free_field(offer: Offer) -> None:
    structure, masonry = offer.structure, offer.programme.speciality
    when = {"offer": offer, "since": GRANTED, "until": EXPIRES}
    structures.withdraw_speciality(by_hand(), structure=structure, speciality=masonry, on=date(2023, 6, 1))
    with pytest.raises(NotTaught, match="1 January 2024 the speciality “Maçonnerie”"):
        services.grant_homologation(by_hand(), **when)
    structures.allow_speciality(by_hand(), structure=structure, speciality=masonry, since=date(2023, 7, 1))
    begin(
        Moratorium,
        subject=masonry,
        since=date(2023, 9, 1),
        cause=by_hand(),
        kind="homologation",
        governorate_id="TN-81",
        reference="Circular 4",
    )
    with pytest.raises(UnderMoratorium, match="Circular 4"):
        services.grant_homologation(by_hand(), **when)
    assert services.grant_homologation(Cause(batch=1), **when)  # an import tells of what was
    structures.close(by_hand(), structure=structure, since=date(2025, 1, 1))
    with pytest.raises(WrongStatus, match="closed for good"):
        services.grant_homologation(by_hand(), **when | {"since": date(2025, 1, 1)})


def test_a_speciality_under_a_moratorium_is_added_by_nobody_there(structure: Structure) -> None:
    hotel = a_speciality("TOU-01", "Hôtellerie")
    begin(Moratorium, subject=hotel, since=GRANTED, until=EXPIRES, cause=by_hand(), kind="opening")
    with pytest.raises(UnderMoratorium, match="Hôtellerie"):
        structures.allow_speciality(by_hand(), structure=structure, speciality=hotel, since=GRANTED)
    assert structures.allow_speciality(by_hand(), structure=structure, speciality=hotel, since=EXPIRES)


def test_what_ends_soon_is_listed_until_it_is_renewed(homologation: Homologation) -> None:
    today = date(2026, 11, 1)
    assert list(homologations_ending(today, date(2027, 1, 30))) == [homologation]
    assert list(homologations_ending(today, date(2026, 12, 1))) == []
    services.renew_homologation(by_hand(), homologation=homologation, until=date(2030, 1, 1))
    assert list(homologations_ending(today, date(2027, 1, 30))) == []


def test_an_offer_is_opened_once_and_closed_with_its_homologation(homologation: Homologation) -> None:
    offer = homologation.subject
    same = services.open_offer(by_hand(), structure=offer.structure, programme=offer.programme, since=BEGUN)
    assert same == offer
    assert Entry.objects.filter(action="programmes.open_offer").count() == 1
    services.close_offer(by_hand(), offer=offer, on=date(2025, 1, 1))
    assert [list(offers_of(offer.structure, on)) for on in (date(2024, 12, 31), date(2025, 1, 1))] == [[offer], []]
    assert answer(offer.structure, date(2025, 1, 1))[0] == "ended"
    assert (
        services.open_offer(
            by_hand(), structure=offer.structure, programme=offer.programme, since=date(2026, 1, 1)
        ).closed_on
        is None
    )


def test_a_version_of_a_programme_holds_for_its_days() -> None:
    programme = a_programme(a_speciality())
    programme.since, programme.until = BEGUN, EXPIRES
    programme.save()
    assert [programmes_on(on).exists() for on in (date(2022, 12, 31), BEGUN, EXPIRES)] == [False, True, False]
