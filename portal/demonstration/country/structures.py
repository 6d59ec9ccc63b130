"""Enter the structures of the country with their organisations, and play the life of each through the registers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction

from portal.demonstration.country import names
from portal.demonstration.country.chance import chance_of
from portal.demonstration.country.importing import CountryImport
from portal.demonstration.country.plan import Fate, PlannedStructure
from portal.demonstration.country.trainers import engage_trainers
from registers.inspections import services as inspections
from registers.inspections.models import Finding, Measure
from registers.organisations.models import Organisation
from registers.organisations.services import begin_service, enter_organisation
from registers.places.models import Place
from registers.programmes import services as offering
from registers.programmes.models import Offer, Programme
from registers.specialities.models import Speciality
from registers.structures import services
from registers.structures.models import Structure, TrainingKind

YEARS_HELD = 3 * 365  # days that a homologation holds: an assumption, as in the rest of the portal
HOURS_A_WEEK = 30
Staff = Mapping[str, Any]
KEYS = "ABCDEFGHJKLMNPQRSTVWXYZ"  # key letters of tax numbers


def enter_structures(country: CountryImport, planned: Sequence[PlannedStructure], *, staff: Staff) -> int:
    """Each structure with all that befell it, in a transaction of its own; one that is there is passed over.

    `staff` are the accounts that serve in the first organisation, by their role. How many were entered now.
    """
    there = set(Structure.objects.filter(legacy_number__startswith="DEMO-").values_list("legacy_number", flat=True))
    missing = [each for each in planned if each.legacy not in there]
    for each in missing:
        with transaction.atomic():
            _enter(country, each, staff)
    return len(missing)


def tax_number(position: int) -> str:
    """Numbers from 9,000,000 on were never given out, as far as we know."""
    return f"{9_000_001 + position}{KEYS[position % len(KEYS)]}"


def weeks_of(programme: Programme) -> int:
    """How long a group follows a programme."""
    return max(6, math.ceil(programme.hours / HOURS_A_WEEK))


def _enter(country: CountryImport, planned: PlannedStructure, staff: Staff) -> None:
    chance = chance_of("life", planned.position)
    organisation = _organisation(country, planned, staff)
    structure = _declare(country, planned, organisation, chance)
    _teach(country, planned, structure, chance)
    engage_trainers(country, planned, structure, chance)
    _befall(country, planned, structure, chance)


def _organisation(country: CountryImport, planned: PlannedStructure, staff: Staff) -> Organisation:
    called = names.organisation_names(planned.owner)
    organisation, made = enter_organisation(
        kind="company", tax_number=tax_number(planned.owner), name_ar=called["ar"], name_fr=called["fr"], invented=True
    )
    if made and planned.owner == 0:
        for role, account in staff.items():
            begin_service(organisation=organisation, person=account, role=role, since=country.ago(planned.age))
    return organisation


def _declare(
    country: CountryImport, planned: PlannedStructure, organisation: Organisation, chance: Random
) -> Structure:
    door, street = planned.position % 20 + 1, planned.position + 1
    delegations = list(Place.objects.filter(parent=planned.place).order_by("code"))
    word = names.root(planned.position).latin.lower().replace(" ", "-")
    said: dict[str, Any] = {
        "names": names.structure_names(planned.position),
        "place": planned.place,
        "delegation": delegations[planned.position % len(delegations)] if delegations else None,
        "address": _address(door, street),
        "email": f"contact@{word}.takwin.example",
        "kinds": [TrainingKind.INITIAL, TrainingKind.CONTINUING][: chance.randint(1, 2)],
        "legacy_number": planned.legacy,
        "receipt_number": f"R-{planned.position + 1:03d}/{country.ago(planned.age):%Y}",
        "capacity": planned.capacity,
        "director": _director(chance),
        "status": "declared" if planned.fate is Fate.DECLARED else "active",
        "since": country.ago(planned.age),
    }
    if planned.parent is None:
        return services.declare_structure(country.cause, organisation=organisation, invented=True, **said)
    parent = Structure.objects.get(legacy_number=planned.legacy_of(planned.parent))
    return services.open_branch(country.cause, parent=parent, **said)


def _address(door: int, street: int) -> dict[str, str]:
    return {"ar": f"{door} نهج عدد {street}، المنطقة التجريبية", "fr": f"{door} rue n° {street}, zone d’essai"}


def _teach(country: CountryImport, planned: PlannedStructure, structure: Structure, chance: Random) -> None:
    """Specialities of a sector, one of another beside them; an offer for each homologation, and one without."""
    own = list(Speciality.objects.filter(sector=planned.sector).order_by("code"))
    others = list(Speciality.objects.exclude(sector=planned.sector).order_by("code"))
    chosen = [*own[:3], chance.choice(others)]
    opened = country.ago(planned.age)
    for speciality in chosen:
        services.allow_speciality(country.cause, structure=structure, speciality=speciality, since=opened)
    if planned.fate is Fate.DECLARED:
        return
    programmes = list(Programme.objects.filter(speciality__in=chosen, invented=True).order_by("code"))
    taken = _varied(programmes, max(2, len(planned.endings) + 1), chance)
    for programme, ending in zip(taken, [*planned.endings, *[None] * len(taken)], strict=False):
        offer = offering.open_offer(
            country.cause,
            structure=structure,
            programme=programme,
            since=opened + timedelta(days=30),
            language=chance.choice(("ar", "fr")),
            places=min(60, planned.capacity),
        )
        if ending is not None:
            _homologate(country, offer, opened + timedelta(days=60), ending)


def _varied(programmes: Sequence[Programme], count: int, chance: Random) -> list[Programme]:
    """Short programmes first, so that a structure has groups that ended and certificates; then any."""
    short = sorted(programmes, key=lambda each: (each.hours, each.code))
    first, rest = short[:2], short[2:]
    return [*first, *chance.sample(rest, min(len(rest), max(0, count - 2)))][: max(count, 2)]


def _homologate(country: CountryImport, offer: Offer, opened: date, ending: int) -> None:
    """It ends so many days from today; where the structure is older than that, a period before it was renewed."""
    until = country.ago(-ending)
    since = max(opened, until - timedelta(days=YEARS_HELD))
    reference = f"DEMO-H-{offer.pk:04d}"
    first = max(opened, since - timedelta(days=YEARS_HELD))
    if first + timedelta(days=180) < since and ending > 300:
        before = offering.grant_homologation(
            country.cause, offer=offer, since=first, until=since, decision_reference=f"{reference}-1"
        )
        offering.renew_homologation(
            country.cause, homologation=before, until=until, decision_reference=f"{reference}-2"
        )
        return
    offering.grant_homologation(
        country.cause, offer=offer, since=since, until=until, capacity=offer.places, decision_reference=reference
    )


def _befall(country: CountryImport, planned: PlannedStructure, structure: Structure, chance: Random) -> None:
    cause, fate = country.cause, planned.fate
    if fate is Fate.NEW_DIRECTOR:
        services.change_director(cause, structure=structure, name=_director(chance), since=country.ago(200))
    elif fate is Fate.RENAMED:
        called = names.structure_names(planned.position + 1000)
        services.amend(cause, structure=structure, since=country.ago(300), name_ar=called["ar"], name_fr=called["fr"])
    elif fate is Fate.MOVED:
        there = Place.objects.filter(parent=planned.place).order_by("-code").first()
        services.move(
            cause,
            structure=structure,
            place=planned.place,
            delegation=there,
            address=_address(7, 70),
            since=country.ago(150),
        )
    elif fate is Fate.GROWN:
        services.change_authorisation(
            cause,
            structure=structure,
            since=country.ago(90),
            capacity=planned.capacity + 40,
            receipt_number=f"R-{planned.position + 1:03d}/{country.ago(90):%Y}",
        )
    elif fate in (Fate.SUSPENDED, Fate.CLOSED):
        _punish(country, structure, fate)


def _punish(country: CountryImport, structure: Structure, fate: Fate) -> None:
    """A visit finds something grave, and a measure follows."""
    days = 75 if fate is Fate.SUSPENDED else 160
    kind = Measure.Kind.SUSPENSION if fate is Fate.SUSPENDED else Measure.Kind.CLOSURE
    visit = inspections.plan_visit(country.cause, structure=structure, planned_on=country.ago(days), drawn=True)
    findings = [
        inspections.GivenFinding(Finding.Severity.GRAVE, "more_trainees_than_capacity", due_on=country.ago(days - 20)),
        inspections.GivenFinding(Finding.Severity.MINOR, "attendance_not_kept", due_on=country.ago(days - 30)),
    ]
    inspections.record_visit(country.cause, visit=visit, visited_on=country.ago(days), findings=findings)
    inspections.take_measure(country.cause, structure=structure, kind=kind, since=country.ago(days - 30), visit=visit)


def _director(chance: Random) -> dict[str, str]:
    called = names.person_names(chance)
    return {
        "ar": f"{called.first.arabic} {called.last.arabic}",
        "lat": f"{called.first.latin} {called.last.latin}",
    }
