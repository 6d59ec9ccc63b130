"""What a running structure may change: its specialities, its director, its receipt and capacity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from registers.history.selectors import in_force
from registers.history.services import Cause, begin, change, cut, ended_by, hold, written_by
from registers.specialities.models import Moratorium, Speciality
from registers.specialities.selectors import moratorium_on
from registers.structures.above import above
from registers.structures.errors import NotTaught, UnderMoratorium
from registers.structures.models import Authorisation, Direction, Structure, Teaching
from registers.structures.services.writing import act, by_language, not_beyond_closure, standing_row


def allow_speciality(
    cause: Cause,
    *,
    structure: Structure,
    speciality: Speciality | str,
    since: date,
    until: date | None = None,
    target: str = "",
    capacity: int | None = None,
) -> Teaching:
    """From `since` on the structure may train in a speciality; `target` what it leads to, `capacity` in people.

    Raises WrongStatus, PeriodsOverlap where it may already, UnderMoratorium unless an import tells of the past.
    """
    code = _code(speciality)
    with transaction.atomic():
        hold(structure)
        repeated = written_by(cause, Teaching, subject=structure, speciality=code)
        if repeated is not None:
            return repeated
        with act("allow_speciality", structure, cause, since) as doing:
            standing_row(structure, since)
            halted = moratorium_on(code, structure.place_id, since, kind=Moratorium.Kind.OPENING)
            if halted is not None and cause.batch_id is None:
                raise UnderMoratorium(halted)
            doing.told["speciality"] = code
            said: dict[str, Any] = {"speciality_id": code, "target": target, "capacity": capacity}
            until = not_beyond_closure(structure, until)
            return begin(Teaching, subject=structure, since=since, until=until, cause=cause, **said)


def withdraw_speciality(cause: Cause, *, structure: Structure, speciality: Speciality | str, on: date) -> Teaching:
    """From `on` on the structure trains in a speciality no more, and its homologations in it end; a day to come lets
    running groups finish. Raises NotTaught.
    """
    code = _code(speciality)
    with transaction.atomic():
        hold(structure)
        repeated = ended_by(cause, Teaching, subject=structure, speciality=code)
        if repeated is not None:
            return repeated
        with act("withdraw_speciality", structure, cause, on) as doing:
            believed = Teaching.objects.filter(subject=structure, speciality=code, superseded_at__isnull=True)
            rows = list(believed.exclude(until__lte=on).order_by("since"))
            if not rows:
                raise NotTaught(Speciality.objects.filter(pk=code).first() or code, on)
            ended = [cut(row, on=on, cause=cause) for row in rows]
            above.homologations.end_all(structure, on, cause, code)
            doing.told["speciality"] = code
            return ended[0]


def change_director(
    cause: Cause,
    *,
    structure: Structure,
    name: Mapping[str, str],
    since: date,
    until: date | None = None,
    interim: bool = False,
) -> Direction:
    """From `since` on somebody else directs, `name` {"ar", "lat"}; an interim director until before `until`.

    Raises WrongStatus, PeriodsOverlap with a successor that is named already.
    """
    said: dict[str, Any] = {**by_language("name", name, second="lat"), "interim": interim}
    with transaction.atomic():
        hold(structure)
        repeated = written_by(cause, Direction, subject=structure, **said)
        if repeated is not None:
            return repeated
        with act("change_director", structure, cause, since):
            standing_row(structure, since)
            for row in in_force(Direction, since).filter(subject=structure):
                cut(row, on=since, cause=cause)
            until = not_beyond_closure(structure, until)
            return begin(Direction, subject=structure, since=since, until=until, cause=cause, **said)


def change_authorisation(
    cause: Cause, *, structure: Structure, since: date, capacity: int, receipt_number: str = "", **values: Any
) -> Authorisation:
    """From `since` on another receipt or capacity holds: of an extension, a move, or the first one of a branch.

    Raises WrongStatus, NothingThen.
    """
    said: dict[str, Any] = {"capacity": capacity, "receipt_number": receipt_number, **values}
    with transaction.atomic():
        hold(structure)
        repeated = written_by(cause, Authorisation, subject=structure, **said)
        if repeated is not None:
            return repeated
        with act("change_authorisation", structure, cause, since) as doing:
            standing_row(structure, since)
            doing.told["capacity"] = capacity
            if in_force(Authorisation, since).filter(subject=structure).exists():
                return change(Authorisation, subject=structure, since=since, cause=cause, **said)[0]
            until = not_beyond_closure(structure, None)
            return begin(Authorisation, subject=structure, since=since, until=until, cause=cause, **said)


def _code(speciality: Speciality | str) -> str:
    return speciality.pk if isinstance(speciality, Speciality) else speciality
