"""What every act on a structure does around its own work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction

from procedures.audit.services import append
from registers.history.selectors import current
from registers.history.services import Cause, hold
from registers.places.models import Place
from registers.structures.errors import WrongPlace, WrongStatus
from registers.structures.models import Status, Structure, StructureStatus


class _Act:
    def __init__(self) -> None:
        self.told: dict[str, Any] = {}


@contextmanager
def act(action: str, structure: Structure, cause: Cause, on: date) -> Iterator[_Act]:
    """Lock the structure, let the caller write, and append one audit entry with what it put in `told`."""
    with transaction.atomic():
        hold(structure)
        doing = _Act()
        yield doing
        data = {"number": structure.number, "on": on.isoformat(), **cause.told, **doing.told}
        append(action=f"structures.{action}", subject=structure, actor=cause.by, data=data)


def standing_row(structure: Structure, on: date, *allowed: str) -> StructureStatus:
    """The believed status of a day. Raises WrongStatus where it is none of `allowed` (any but closed)."""
    row = current(structure, StructureStatus, on)
    if row is None or row.status not in (allowed or (Status.DECLARED, Status.ACTIVE, Status.SUSPENDED)):
        raise WrongStatus(row.status if row else "", on)
    return row


def not_beyond_closure(structure: Structure, until: date | None) -> date | None:
    """The end of what begins before a closure that is on record already: nothing outlasts it."""
    believed = StructureStatus.objects.filter(subject=structure, superseded_at__isnull=True, status=Status.CLOSED)
    closed = believed.values_list("since", flat=True).first()
    return closed if closed is not None and (until is None or until > closed) else until


def located(place: Place | str, delegation: Place | str | None) -> dict[str, Place | None]:
    """The rows of a governorate and of a delegation in it. Raises WrongPlace."""
    governorate = _place(place, Place.Kind.GOVERNORATE)
    part = _place(delegation, Place.Kind.DELEGATION) if delegation else None
    if part is not None and part.parent_id != governorate.pk:
        raise WrongPlace(part.pk)
    return {"place": governorate, "delegation": part}


def by_language(field: str, texts: Mapping[str, str] | None, *, second: str = "fr") -> dict[str, str]:
    """`{"ar": ..., "fr": ...}` as columns of `field`; a language left out is empty."""
    given = texts or {}
    return {f"{field}_ar": given.get("ar", "").strip(), f"{field}_{second}": given.get(second, "").strip()}


def _place(given: Place | str, kind: str) -> Place:
    code = given.pk if isinstance(given, Place) else given
    found = Place.objects.filter(pk=code, kind=kind).first()
    if found is None:
        raise WrongPlace(code)
    return found
