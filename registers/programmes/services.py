"""Open offers, and homologate the diplomas they lead to. Each act locks the structure first, as acts on it do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction

from procedures.audit.services import append
from registers.history.selectors import current
from registers.history.services import Cause, NoCause, begin, change, cut, ended_by, hold, written_by
from registers.places.models import Place
from registers.programmes.models import Homologation, Offer, Programme
from registers.specialities.models import Moratorium
from registers.specialities.selectors import moratorium_on
from registers.structures.errors import NotTaught, UnderMoratorium, WrongStatus
from registers.structures.models import Status, Structure, Teaching
from registers.structures.selectors import status_of
from registers.structures.services.writing import not_beyond_closure

__all__ = [
    "Cause",
    "NoCause",
    "amend_homologation",
    "close_offer",
    "grant_homologation",
    "open_offer",
    "renew_homologation",
    "withdraw_homologation",
]


def open_offer(
    cause: Cause,
    *,
    structure: Structure,
    programme: Programme,
    since: date,
    place: Place | None = None,
    mode: str = "",
    language: str = "ar",
    places: int | None = None,
) -> Offer:
    """Let a structure give a programme from `since` on, in a place (its own) and a mode (the programme's), once each;
    `places` in people. An offer that was closed is open again. Raises WrongStatus.
    """
    with _act("open_offer", structure, cause, since) as told:
        _refuse_closed(structure, since)
        offer, made = Offer.objects.get_or_create(
            structure=structure,
            programme=programme,
            place=place or structure.place,
            mode=mode or programme.mode,
            defaults={"language": language, "places": places, "opened_on": since, "case_id": cause.case_id},
        )
        if offer.closed_on is not None:
            offer.closed_on = None
            offer.save(update_fields=["closed_on"])
        elif not made:
            return offer
        told |= {"offer": offer.pk, "programme": programme.code}
    return offer


def close_offer(cause: Cause, *, offer: Offer, on: date) -> Offer:
    """Give a programme no more from `on` on; its homologation ends with it."""
    with _act("close_offer", offer.structure, cause, on) as told:
        offer = Offer.objects.select_related("structure").get(pk=offer.pk)
        if offer.closed_on == on:
            return offer
        offer.closed_on = on
        offer.save(update_fields=["closed_on"])
        for row in Homologation.objects.filter(subject=offer, superseded_at__isnull=True).exclude(until__lte=on):
            cut(row, on=on, cause=cause)
        told |= {"offer": offer.pk}
    return offer


def grant_homologation(
    cause: Cause,
    *,
    offer: Offer,
    since: date,
    until: date | None,
    diploma: str = "",
    capacity: int | None = None,
    conditions: str = "",
    decision_reference: str = "",
) -> Homologation:
    """The diploma of an offer (its programme's level) counts as a national one from `since` until before `until`.

    Raises WrongStatus, NotTaught, UnderMoratorium (imports tell of the past and are let through), PeriodsOverlap.
    """
    said = _said(offer, diploma, capacity, conditions, decision_reference)
    with _act("grant_homologation", offer.structure, cause, since) as told:
        repeated = written_by(cause, Homologation, subject=offer, since=since)
        if repeated is not None:
            return repeated
        _refuse_homologation(offer, since, cause)
        until = not_beyond_closure(offer.structure, until)
        granted = begin(Homologation, subject=offer, since=since, until=until, cause=cause, **said)
        told |= {"offer": offer.pk, "diploma": granted.diploma, "until": until.isoformat() if until else ""}
    return granted


def renew_homologation(
    cause: Cause,
    *,
    homologation: Homologation,
    until: date | None,
    since: date | None = None,
    capacity: int | None = None,
    conditions: str | None = None,
    decision_reference: str = "",
) -> Homologation:
    """A new period follows one: from the day the old one ends, or from `since`, which ends the old one if it lasts.

    What is not given stays as it was. Raises WrongStatus, NotTaught, UnderMoratorium, PeriodsOverlap, EndsTooEarly.
    """
    offer = homologation.subject
    since = since or homologation.until
    if since is None:
        raise TypeError("a homologation without an end is renewed from a day that is given")
    with _act("renew_homologation", offer.structure, cause, since) as told:
        repeated = written_by(cause, Homologation, subject=offer, since=since)
        if repeated is not None:
            return repeated
        _refuse_homologation(offer, since, cause)
        if homologation.until is None or homologation.until > since:
            cut(homologation, on=since, cause=cause)
        said = _said(
            offer,
            homologation.diploma,
            homologation.capacity if capacity is None else capacity,
            homologation.conditions if conditions is None else conditions,
            decision_reference,
        )
        until = not_beyond_closure(offer.structure, until)
        renewed = begin(Homologation, subject=offer, since=since, until=until, cause=cause, **said)
        told |= {"offer": offer.pk, "diploma": renewed.diploma, "until": until.isoformat() if until else ""}
    return renewed


def amend_homologation(cause: Cause, *, homologation: Homologation, since: date, **changes: Any) -> Homologation:
    """From `since` on other words or figures hold; it ends when it would have. Raises NothingThen, TypeError."""
    unknown = set(changes) - {"capacity", "conditions", "decision_reference"}
    if unknown:
        raise TypeError(f"not amended: {', '.join(sorted(unknown))}")
    offer = homologation.subject
    with _act("amend_homologation", offer.structure, cause, since) as told:
        repeated = written_by(cause, Homologation, subject=offer, **changes)
        if repeated is not None:
            return repeated
        told |= {"offer": offer.pk, "changed": sorted(changes)}
        return change(Homologation, subject=offer, since=since, cause=cause, **changes)[0]


def withdraw_homologation(cause: Cause, *, homologation: Homologation, on: date) -> Homologation:
    """From `on` on the diploma counts no more. Raises Superseded, EndsBefore."""
    offer = homologation.subject
    with _act("withdraw_homologation", offer.structure, cause, on) as told:
        repeated = ended_by(cause, Homologation, subject=offer)
        if repeated is not None:
            return repeated
        told |= {"offer": offer.pk, "diploma": homologation.diploma}
        return cut(homologation, on=on, cause=cause)


def _said(offer: Offer, diploma: str, capacity: int | None, conditions: str, decision_reference: str) -> dict[str, Any]:
    return {
        "diploma": diploma or offer.programme.level,
        "capacity": capacity,
        "conditions": conditions,
        "decision_reference": decision_reference,
    }


@contextmanager
def _act(action: str, structure: Structure, cause: Cause, on: date) -> Iterator[dict[str, Any]]:
    """Lock the structure, let the caller write, and append one audit entry where it told something."""
    with transaction.atomic():
        hold(structure)
        told: dict[str, Any] = {}
        yield told
        if told:
            data = {"number": structure.number, "on": on.isoformat(), **cause.told, **told}
            append(action=f"programmes.{action}", subject=structure, actor=cause.by, data=data)


def _refuse_closed(structure: Structure, on: date) -> None:
    status = status_of(structure, on)
    if status in ("", Status.CLOSED):
        raise WrongStatus(status, on)


def _refuse_homologation(offer: Offer, on: date, cause: Cause) -> None:
    structure, speciality = offer.structure, offer.programme.speciality
    _refuse_closed(structure, on)
    if current(structure, Teaching, on, speciality=speciality) is None:
        raise NotTaught(speciality, on)
    halted = moratorium_on(speciality.pk, structure.place_id, on, kind=Moratorium.Kind.HOMOLOGATION)
    if halted is not None and cause.batch_id is None:
        raise UnderMoratorium(halted)
