"""Put people in offices and take them out, on record."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from procedures.offices.models import Absence, Membership, Office, Role


def open_office(*, code: str, kind: str, names: dict[str, str], place: str = "", by: Any = None) -> Office:
    """Open an office, or give an existing one its names and place; `names` by language."""
    with transaction.atomic():
        office, made = Office.objects.update_or_create(
            code=code,
            defaults={
                "kind": kind,
                "place": place,
                "name_ar": names["ar"],
                "name_fr": names["fr"],
                "name_en": names["en"],
                "is_open": True,
            },
        )
        append(action="office.open" if made else "office.change", subject=office, actor=by, data={"code": code})
    return office


def appoint(*, person: Any, office: Office, role: str, by: Any = None, since: date | None = None) -> Membership:
    """Let a person serve in an office in a role from a day on (today); once, however often it is asked."""
    Role(role)
    since = since or timezone.localdate()
    with transaction.atomic():
        Office.objects.select_for_update().get(pk=office.pk)
        held = Membership.objects.filter(person=person, office=office, role=role, until__isnull=True).first()
        if held:
            return held
        membership = Membership.objects.create(person=person, office=office, role=role, since=since)
        data = {"person": person.pk, "office": office.code, "role": role, "since": since.isoformat()}
        append(action="office.appoint", subject=membership, actor=by, data=data)
    _forget_roles(person)
    return membership


def end_membership(*, membership: Membership, by: Any = None, until: date | None = None) -> Membership:
    """End a membership on a day (today: from now on the person does not serve any more)."""
    with transaction.atomic():
        held = Membership.objects.select_for_update().get(pk=membership.pk)
        held.until = until or timezone.localdate()
        held.save(update_fields=["until"])
        data = {"person": held.person_id, "role": held.role, "until": held.until.isoformat()}
        append(action="office.end_membership", subject=held, actor=by, data=data)
    _forget_roles(held.person)
    return held


def record_absence(*, person: Any, since: date, until: date, stand_in: Any = None, by: Any = None) -> Absence:
    """Note that a person is away from `since` to `until`, both included, and who stands in."""
    if until < since:
        raise ValueError("An absence ends after it began.")
    with transaction.atomic():
        absence = Absence.objects.create(person=person, since=since, until=until, stand_in=stand_in)
        data = {"person": person.pk, "stand_in": stand_in.pk if stand_in else None}
        append(action="office.absence", subject=absence, actor=by, data=data)
    return absence


def _forget_roles(person: Any) -> None:
    vars(person).pop("_roles_today", None)
