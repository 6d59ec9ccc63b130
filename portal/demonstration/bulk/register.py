"""Structures with their periods, offers and homologations, as many as are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.demonstration.bulk.guarding import LEGACY
from portal.demonstration.country import names
from portal.demonstration.country.chance import chance_of
from registers.organisations.models import Organisation
from registers.places.models import Place
from registers.programmes.models import Homologation, Offer, Programme
from registers.spelling import words_of
from registers.structures.models import (
    Authorisation,
    NameWord,
    NumberSeries,
    Status,
    Structure,
    StructureDetails,
    StructureStatus,
    Teaching,
)
from registers.structures.numbers import written

AT_ONCE = 500
TAX_NUMBERS = 8_000_001  # given out to nobody, as far as we know
HOMOLOGATED = 16  # one structure of so many: 320 of 5,200
Telling = Callable[[int], None]


@dataclass(frozen=True)
class Tables:
    """What structures are made of."""

    places: Sequence[Place]
    programmes: Sequence[Programme]
    cause: int  # id of the account that stands behind the rows


def fill_structures(wanted: int, *, cause: int, told: Telling) -> None:
    """Structures up to `wanted`; those that are there stay. `told` hears how many there are."""
    places = list(Place.objects.filter(kind=Place.Kind.GOVERNORATE).order_by("code"))
    tables = Tables(places, list(Programme.objects.order_by("code")), cause)
    there = Structure.objects.filter(legacy_number__startswith=LEGACY).count()
    told(min(there, wanted))
    for first in range(there, wanted, AT_ONCE):
        with transaction.atomic():
            _fill_slice(range(first, min(wanted, first + AT_ONCE)), tables)
        told(min(wanted, first + AT_ONCE))


def _fill_slice(positions: range, tables: Tables) -> None:
    series = dict(NumberSeries.objects.values_list("governorate", "last"))
    organisations = Organisation.objects.bulk_create([_organisation(position) for position in positions])
    structures = [
        _structure(position, organisation, tables, series)
        for position, organisation in zip(positions, organisations, strict=True)
    ]
    Structure.objects.bulk_create(structures)
    rows = [NumberSeries(governorate=code, last=last) for code, last in series.items()]
    NumberSeries.objects.bulk_create(rows, update_conflicts=True, unique_fields=["governorate"], update_fields=["last"])
    words = [
        NameWord(structure=each, word=word) for each in structures for word in words_of(each.name_ar, each.name_fr)
    ]
    NameWord.objects.bulk_create(words)
    _fill_periods(positions, structures, tables)


def _organisation(position: int) -> Organisation:
    called = names.organisation_names(position)
    return Organisation(
        kind="company",
        tax_number=f"{TAX_NUMBERS + position}M",
        name_ar=called["ar"],
        name_fr=called["fr"],
        invented=True,
    )


def _structure(position: int, organisation: Organisation, tables: Tables, series: dict[str, int]) -> Structure:
    chance = chance_of("bulk-structure", position)
    place = chance.choice(tables.places)
    code = place.pk.removeprefix("TN-")
    series[code] = series.get(code, 0) + 1
    called = names.structure_names(position)
    return Structure(
        number=written(code, series[code]),
        legacy_number=f"{LEGACY}{position:06d}",
        organisation=organisation,
        name_ar=called["ar"],
        name_fr=called["fr"],
        place=place,
        kinds=["initial"],
        opened_on=timezone.localdate() - timedelta(days=chance.randint(400, 5000)),
        invented=True,
    )


def _fill_periods(positions: range, structures: Sequence[Structure], tables: Tables) -> None:
    """Eight of ten are active; the periods say that a person wrote them, to measure with."""
    written_so = {"reason": "bench", "recorded_at": timezone.now(), "recorded_by_id": tables.cause}
    made: dict[type[Any], list[Any]] = {StructureDetails: [], StructureStatus: [], Authorisation: [], Teaching: []}
    offers: list[Offer] = []
    held: list[tuple[Offer, date]] = []
    for position, each in zip(positions, structures, strict=True):
        chance = chance_of("bulk-periods", position)
        said: dict[str, Any] = {"subject": each, "since": each.opened_on, **written_so}
        kept = {name: getattr(each, name) for name in ("organisation", "name_ar", "name_fr", "place", "kinds")}
        made[StructureDetails].append(StructureDetails(**said, **kept))
        made[StructureStatus] += _statuses(each, said, chance)
        made[Authorisation].append(Authorisation(**said, capacity=chance.randrange(20, 200, 10)))
        given = chance.sample(tables.programmes, 2)
        specialities = {programme.speciality_id for programme in given}
        made[Teaching] += [Teaching(**said, speciality_id=code) for code in sorted(specialities)]
        for programme in given:
            offer = Offer(structure=each, programme=programme, place=each.place)
            offer.mode, offer.opened_on = programme.mode, each.opened_on
            offers.append(offer)
        if position % HOMOLOGATED == 0:
            held.append((offers[-1], timezone.localdate() + timedelta(days=chance.randint(-200, 1000))))
    for model, rows in made.items():
        model.objects.bulk_create(rows)
    Offer.objects.bulk_create(offers)
    Homologation.objects.bulk_create(
        Homologation(
            subject=offer,
            since=until - timedelta(days=1095),
            until=until,
            diploma=offer.programme.level,
            **written_so,
        )
        for offer, until in held
    )


def _statuses(structure: Structure, said: dict[str, Any], chance: Random) -> list[StructureStatus]:
    """Active since it opened; some were suspended or closed in the last year."""
    now = chance.choices((Status.ACTIVE, Status.SUSPENDED, Status.CLOSED, Status.DECLARED), (80, 4, 10, 6))[0]
    if now in (Status.ACTIVE, Status.DECLARED):
        return [StructureStatus(**said, status=now)]
    turned = timezone.localdate() - timedelta(days=chance.randint(1, 365))
    return [
        StructureStatus(**said, status=Status.ACTIVE, until=turned, end_reason="bench"),
        StructureStatus(**said | {"since": turned}, status=now),
    ]
