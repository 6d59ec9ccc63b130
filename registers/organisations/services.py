"""Organisations entered and amended; service in them begun, limited, handed over and ended. All of it on record."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from registers.organisations.errors import (
    BeyondReach,
    LastOwner,
    NotAllowed,
    NotTheirColleague,
    OwnersServeEverywhere,
    WrongDays,
)
from registers.organisations.models import Absence, Invitation, Kind, Organisation, Staff
from registers.organisations.roles import Act, Role
from registers.organisations.selectors import owners_of, standing_in
from registers.organisations.tax_numbers import identity_of


@transaction.atomic
def enter_organisation(
    *, kind: str, tax_number: str, name_ar: str, name_fr: str = "", invented: bool = False, by: Any = None
) -> tuple[Organisation, bool]:
    """The organisation of a tax number, entered if it is not there; the names of one that is there stay.

    Returns it and whether it was entered now. Raises tax_numbers.NoTaxNumber.
    """
    organisation, made = Organisation.objects.get_or_create(
        tax_number=identity_of(tax_number),
        defaults={"kind": Kind(kind), "name_ar": name_ar, "name_fr": name_fr, "invented": invented},
    )
    if made:
        append(action="organisation.enter", subject=organisation, actor=by, data={"kind": organisation.kind})
    return organisation, made


@transaction.atomic
def amend_organisation(
    *, organisation: Organisation, reason: str, by: Any, case: Any = None, **changes: str
) -> Organisation:
    """Change `kind`, `name_ar` or `name_fr`, with the code of a reason; the chain keeps which, not the names."""
    held = lock(organisation)
    unknown = set(changes) - {"kind", "name_ar", "name_fr"}
    if unknown or not reason:
        raise ValueError(f"cannot amend {sorted(unknown)} for {reason!r}")
    for field, value in changes.items():
        setattr(held, field, Kind(value) if field == "kind" else value)
    held.save(update_fields=list(changes))
    data = {"fields": sorted(changes), "reason": reason, "case": getattr(case, "pk", None)}
    append(action="organisation.amend", subject=held, actor=by, data=data)
    return held


@transaction.atomic
def begin_service(
    *,
    organisation: Organisation,
    person: Any,
    role: str,
    since: date | None = None,
    structures: Collection[Any] = (),
    by: Any = None,
) -> Staff:
    """Let a person serve in a role from a day on (today); whoever does already goes on. `structures` empty: in all.

    `by` None is the engine: a decision, an import. Raises NotAllowed.
    """
    held = lock(organisation)
    ask(held, by, role, ids_of(structures))
    staff = _begin(held, person, Role(role), since or timezone.localdate(), by)
    if structures:
        _limit(staff, structures, by)
    return staff


@transaction.atomic
def limit_to_structures(*, staff: Staff, structures: Collection[Any], by: Any = None) -> Staff:
    """Let somebody serve in these structures of the organisation only; none named: in all.

    Raises NotAllowed, BeyondReach, OwnersServeEverywhere.
    """
    organisation, held = _locked(staff)
    ask(organisation, by, held.role, reach_of(held))
    ask(organisation, by, held.role, ids_of(structures))
    _limit(held, structures, by)
    return held


@transaction.atomic
def end_service(*, staff: Staff, on: date | None = None, by: Any = None) -> Staff:
    """End a service on a day (today: from now on); everybody may end their own. Raises LastOwner, NotAllowed."""
    organisation, held = _locked(staff)
    day = on or timezone.localdate()
    if day < timezone.localdate():
        raise WrongDays("on")
    if by is None or by.pk != held.person_id:
        ask(organisation, by, held.role, reach_of(held))
    _keep_an_owner(organisation, held, day)
    held.until = max(day, held.since)
    held.save(update_fields=["until"])
    _record("organisation.end_service", held, by, until=held.until.isoformat())
    return held


@transaction.atomic
def hand_over(
    *, staff: Staff, to: Any, on: date | None = None, reads_until: date | None = None, by: Any = None
) -> Staff:
    """Let `to` take a role over on a day (today); the old holder reads on until, and not including, `reads_until`.

    Returns the successor's service. Raises WrongDays, NotAllowed, and NotTheirColleague for a hand-over to oneself.
    """
    organisation, held = _locked(staff)
    day = max(on or timezone.localdate(), timezone.localdate())
    last = max(reads_until or day, day)
    if held.reads_since or held.until or held.since > day:
        raise WrongDays("takes_over_on")
    if to.pk == held.person_id:
        raise NotTheirColleague("email")
    if by is None or by.pk != held.person_id:
        ask(organisation, by, held.role, reach_of(held))
    successor = _begin(organisation, to, Role(held.role), day, by)
    successor.structures.set(held.structures.all())
    held.reads_since, held.until = day, last
    held.save(update_fields=["reads_since", "until"])
    _record("organisation.hand_over", held, by, to=to.pk, on=day.isoformat(), reads_until=last.isoformat())
    return successor


@transaction.atomic
def record_absence(*, staff: Staff, since: date, until: date, stand_in: Staff | None = None, by: Any = None) -> Absence:
    """Note that a colleague is away from `since` to `until`, both included, and who does their work meanwhile.

    Raises WrongDays, NotTheirColleague, NotAllowed (everybody notes their own absences).
    """
    organisation, held = _locked(staff)
    if until < since or until < timezone.localdate():
        raise WrongDays("until")
    if by is None or by.pk != held.person_id:
        ask(organisation, by, held.role, reach_of(held))
    if stand_in is not None and not _can_stand_in(held, stand_in, since, until):
        raise NotTheirColleague("stand_in")
    absence = Absence.objects.create(
        staff=held, stand_in=stand_in, since=since, until=until, recorded_by=by, recorded_at=timezone.now()
    )
    days = {"since": since.isoformat(), "until": until.isoformat()}
    _record("organisation.absence", held, by, stand_in=getattr(stand_in, "person_id", None), **days)
    return absence


@transaction.atomic
def end_absence(*, absence: Absence, by: Any = None) -> None:
    """The colleague is back: from today on nobody stands in; an absence to come is taken out. Raises NotAllowed."""
    organisation, held = _locked(absence.staff)
    if by is None or by.pk != held.person_id:
        ask(organisation, by, held.role, reach_of(held))
    row = Absence.objects.select_for_update().filter(pk=absence.pk).first()
    today = timezone.localdate()
    if row is None:  # taken out by the same button pressed twice
        return
    if row.since >= today:
        row.delete()
    elif row.until >= today:
        row.until = today - timedelta(days=1)
        row.save(update_fields=["until"])
    _record("organisation.back", held, by)


def lock(organisation: Organisation) -> Organisation:
    """The row that every change of service waits for, inside the caller's transaction."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def ask(organisation: Organisation, by: Any, role: str, structures: Collection[int]) -> None:
    """Raises NotAllowed unless `by` (None: the engine) may appoint to `role` there today, and BeyondReach where a
    service limited to `structures` (ids; none: all of them) would reach further than their own.
    """
    if by is None:
        return
    standing = standing_in(by, organisation)
    if standing is None or not standing.may(Act.MANAGE_STAFF) or not standing.may_appoint(role):
        raise NotAllowed
    if not standing.may_appoint(role, structures):
        raise BeyondReach("structures")


def reach_of(service: Staff | Invitation) -> frozenset[int]:
    """Ids of the structures to which a service, or one that is offered, is limited; none: it reaches all."""
    return frozenset(service.structures.values_list("pk", flat=True))


def ids_of(structures: Collection[Any]) -> frozenset[int]:
    return frozenset(structure.pk for structure in structures)


def see_limits(organisation: Organisation, role: str, structures: Collection[Any]) -> None:
    """Raises NotAllowed for structures of others, and OwnersServeEverywhere."""
    if any(structure.organisation_id != organisation.pk for structure in structures):
        raise NotAllowed("structures")
    if structures and role == Role.OWNER:
        raise OwnersServeEverywhere("structures")


def _begin(organisation: Organisation, person: Any, role: Role, since: date, by: Any) -> Staff:
    staff = Staff.objects.filter(organisation=organisation, person=person, role=role, until=None).first()
    if staff is not None and staff.since <= since:
        return staff
    if staff is None:
        staff = Staff(organisation=organisation, person=person, role=role)
    staff.since = since
    staff.save()
    _record("organisation.begin_service", staff, by, since=since.isoformat())
    return staff


def _limit(staff: Staff, structures: Collection[Any], by: Any) -> None:
    see_limits(staff.organisation, staff.role, structures)
    staff.structures.set(structures)
    numbers = sorted(structure.number for structure in structures)
    _record("organisation.limit_service", staff, by, structures=numbers)


def _locked(staff: Staff) -> tuple[Organisation, Staff]:
    organisation = lock(staff.organisation)
    return organisation, Staff.objects.select_related("person").get(pk=staff.pk)


def _keep_an_owner(organisation: Organisation, leaving: Staff, day: date) -> None:
    """Whoever handed over or never was an owner may go; an owner only where another is there on that day."""
    if leaving.role != Role.OWNER or (leaving.reads_since and leaving.reads_since <= day):
        return
    if not owners_of(organisation, day).exclude(person=leaving.person_id).exists():
        raise LastOwner


def _can_stand_in(away: Staff, stand_in: Staff, since: date, until: date) -> bool:
    serves = stand_in.since <= since and (stand_in.until is None or stand_in.until > until)
    return stand_in.organisation_id == away.organisation_id and stand_in.person_id != away.person_id and serves


def _record(action: str, staff: Staff, by: Any, **data: Any) -> None:
    told = {"organisation": staff.organisation_id, "person": staff.person_id, "role": staff.role}
    append(action=action, subject=staff, actor=by, data=told | data)
