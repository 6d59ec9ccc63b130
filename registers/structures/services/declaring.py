"""A structure enters the register, opens branches, and changes its name, its place or its owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from procedures.audit.services import append
from registers.history.services import Cause, begin, change, hold, written_by
from registers.places.models import Place
from registers.structures.errors import BranchOfBranch
from registers.structures.models import (
    Authorisation,
    Details,
    Direction,
    Regime,
    Status,
    Structure,
    StructureDetails,
)
from registers.structures.numbers import next_number
from registers.structures.services.statuses import Span, settle
from registers.structures.services.writing import act, by_language, located, standing_row
from registers.structures.words import index_names

COLUMNS = frozenset(field.name for field in Details._meta.get_fields())


@transaction.atomic
def declare_structure(
    cause: Cause,
    *,
    organisation: Any,
    names: Mapping[str, str],
    place: Place | str,
    since: date,
    delegation: Place | str | None = None,
    address: Mapping[str, str] | None = None,
    phone: str = "",
    email: str = "",
    kinds: Iterable[str] = (),
    legacy_number: str = "",
    receipt_number: str = "",
    capacity: int | None = None,
    regime: str = Regime.CHARTER,
    director: Mapping[str, str] | None = None,
    status: str = Status.DECLARED,
    invented: bool = False,
) -> Structure:
    """Enter a structure that declared itself from `since` on, with a number for ever; once a case.

    `names`, `address` by language ("ar", "fr"); `director` {"ar", "lat"}; `place` a governorate or its code ("TN-82");
    `capacity` in people at once: with it the receipt is entered too. An import of structures that are at work already
    gives `status`. Raises WrongPlace, SeriesIsFull.
    """
    return _enter(
        cause,
        parent=None,
        since=since,
        status=status,
        details=_details(organisation, names, place, delegation, address, phone, email, kinds),
        receipt={"receipt_number": receipt_number, "capacity": capacity, "regime": regime},
        director=director,
        columns={"legacy_number": legacy_number, "invented": invented},
    )


@transaction.atomic
def open_branch(
    cause: Cause,
    *,
    parent: Structure,
    names: Mapping[str, str],
    place: Place | str,
    since: date,
    delegation: Place | str | None = None,
    address: Mapping[str, str] | None = None,
    phone: str = "",
    email: str = "",
    kinds: Iterable[str] = (),
    legacy_number: str = "",
    receipt_number: str = "",
    capacity: int | None = None,
    director: Mapping[str, str] | None = None,
    status: str = Status.DECLARED,
) -> Structure:
    """Open a branch of a structure that is active on `since`; arguments as in `declare_structure`.

    It has its own number, place, specialities and capacity, and inherits the organisation; the receipt and the director
    of its parent hold for it until it has its own. Suspension and closure of the parent are its own too.
    Raises WrongStatus, BranchOfBranch, WrongPlace, SeriesIsFull.
    """
    hold(parent)
    repeated = _of_case(cause)
    if repeated is not None:
        return repeated
    if parent.parent_id is not None:
        raise BranchOfBranch
    standing_row(parent, since, Status.ACTIVE)
    kinds = tuple(kinds) or parent.kinds
    return _enter(
        cause,
        parent=parent,
        since=since,
        status=status,
        details=_details(parent.organisation, names, place, delegation, address, phone, email, kinds),
        receipt={"receipt_number": receipt_number, "capacity": capacity},
        director=director,
        columns={"legacy_number": legacy_number, "invented": parent.invented},
    )


def amend(cause: Cause, *, structure: Structure, since: date, **changes: Any) -> Structure:
    """From `since` on the structure has another name, owner or contact; what was planned for later stands.

    `changes` are columns of Details. What was said before stays readable for the days it held.
    Raises WrongStatus, NothingThen, TypeError for another column.
    """
    unknown = set(changes) - COLUMNS
    if unknown:
        raise TypeError(f"no column of a structure's details: {', '.join(sorted(unknown))}")
    return _change("amend", cause, structure, since, changes)


def move(
    cause: Cause,
    *,
    structure: Structure,
    place: Place | str,
    since: date,
    delegation: Place | str | None = None,
    address: Mapping[str, str] | None = None,
) -> Structure:
    """From `since` on the structure is somewhere else, in another governorate perhaps; its number stays.

    Raises WrongStatus, WrongPlace, NothingThen.
    """
    return _change("move", cause, structure, since, {**located(place, delegation), **by_language("address", address)})


def _details(
    organisation: Any,
    names: Mapping[str, str],
    place: Place | str,
    delegation: Place | str | None,
    address: Mapping[str, str] | None,
    phone: str,
    email: str,
    kinds: Iterable[str],
) -> dict[str, Any]:
    return {
        "organisation": organisation,
        **by_language("name", names),
        **located(place, delegation),
        **by_language("address", address),
        "phone": phone,
        "email": email,
        "kinds": list(kinds),
    }


def _of_case(cause: Cause) -> Structure | None:
    return None if cause.case_id is None else Structure.objects.filter(case_id=cause.case_id).first()


def _enter(
    cause: Cause,
    *,
    parent: Structure | None,
    since: date,
    status: str,
    details: dict[str, Any],
    receipt: dict[str, Any],
    director: Mapping[str, str] | None,
    columns: dict[str, Any],
) -> Structure:
    repeated = _of_case(cause)
    if repeated is not None:
        return repeated
    number = next_number(details["place"].pk.removeprefix("TN-"))
    structure = Structure.objects.create(
        number=number, parent=parent, opened_on=since, case_id=cause.case_id, **details, **columns
    )
    begin(StructureDetails, subject=structure, since=since, cause=cause, **details)
    index_names(structure)
    settle(structure, [Span(since, None, Status(status))], cause)
    if receipt["capacity"] is not None:
        begin(Authorisation, subject=structure, since=since, cause=cause, **receipt)
    if director is not None:
        named: dict[str, Any] = {**by_language("name", director, second="lat")}
        begin(Direction, subject=structure, since=since, cause=cause, **named)
    data = {"number": number, "on": since.isoformat(), **cause.told, **({"parent": parent.number} if parent else {})}
    append(action="structures.declare", subject=structure, actor=cause.by, data=data)
    return structure


def _change(action: str, cause: Cause, structure: Structure, since: date, changes: dict[str, Any]) -> Structure:
    with transaction.atomic():
        hold(structure)
        if written_by(cause, StructureDetails, subject=structure, **changes) is not None:
            return structure
        with act(action, structure, cause, since) as doing:
            standing_row(structure, since)
            rows = change(StructureDetails, subject=structure, since=since, cause=cause, **changes)
            show_newest(structure, rows[-1])
            index_names(structure)
            doing.told["changed"] = sorted(changes)
    return structure


def show_newest(structure: Structure, newest: StructureDetails) -> None:
    """The structure's own columns are those of its last period, also where that is still to come."""
    for column in COLUMNS:
        setattr(structure, column, getattr(newest, column))
    structure.save(update_fields=sorted(COLUMNS))
