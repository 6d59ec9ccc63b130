"""Structures, specialities, programmes and the cases that decide about them, for tests of the registers."""

import itertools
import uuid
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from procedures.cases.models import Case, Snapshot
from procedures.offices.models import Office
from registers.history.causes import Cause
from registers.organisations.models import Organisation
from registers.programmes.models import Programme
from registers.specialities.models import Speciality
from registers.structures import services
from registers.structures.models import Structure

_count = itertools.count(1)
LONG_AGO = date(2020, 1, 1)


def an_officer() -> Any:
    return get_user_model().objects.create_user(f"register{uuid.uuid4().hex[:8]}@example.tn", name="Register")


def a_case(procedure: str = "structure_creation") -> Case:
    """A case as light as it can be: a decision about a structure stands behind it."""
    number = next(_count)
    snapshot, _made = Snapshot.objects.get_or_create(
        digest="0" * 64, defaults={"procedure": procedure, "version": "1.0", "content": {}}
    )
    office, _made = Office.objects.get_or_create(
        code="rd-test", defaults={"kind": "regional", "place": "TN-81", "name_ar": "X", "name_fr": "X", "name_en": "X"}
    )
    return Case.objects.create(
        number=f"TST-2026-{number:06d}-{uuid.uuid4().hex[:8]}",
        draft_id=uuid.uuid4(),
        procedure=procedure,
        procedure_version="1.0",
        snapshot=snapshot,
        applicant=get_user_model().objects.first() or an_officer(),
        applicant_name="X",
        language="ar",
        state="issued",
        office=office,
        answers={},
        filed_at=timezone.now(),
    )


def by_case(procedure: str = "structure_creation") -> Cause:
    return Cause(case=a_case(procedure))


def by_hand(officer: Any = None, reason: str = "correction") -> Cause:
    return Cause(by=officer or an_officer(), reason=reason)


def an_owner() -> Organisation:
    return Organisation.objects.create(kind="company", tax_number=f"{next(_count):07d}M", name_ar="شركة", invented=True)


def a_speciality(code: str = "BAT-01", name: str = "Maçonnerie") -> Speciality:
    names = {f"{part}_{language}": name for part in ("sector", "name") for language in ("ar", "fr", "en")}
    return Speciality.objects.get_or_create(code=code, defaults=names | {"invented": True})[0]


def a_programme(speciality: Speciality, level: str = "CAP") -> Programme:
    titles = {f"title_{language}": f"{speciality.name_fr} {level}" for language in ("ar", "fr", "en")}
    return Programme.objects.get_or_create(
        code=f"{speciality.code}-{level}",
        defaults=titles | {"speciality": speciality, "level": level, "hours": 1200, "invented": True},
    )[0]


def a_structure(
    name: str = "مركز الياسمين",
    *,
    fr: str = "Centre El Yasmine",
    place: str = "TN-81",
    since: date = LONG_AGO,
    **more: Any,
) -> Structure:
    """An active structure, unless `status` says otherwise."""
    return services.declare_structure(
        more.pop("cause", None) or by_hand(reason="demonstration"),
        organisation=more.pop("organisation", None),
        names={"ar": name, "fr": fr},
        place=place,
        since=since,
        **{"status": "active", "capacity": 60, "invented": True} | more,
    )
