"""Programmes, and the question that employers ask: may this structure give this diploma on that day?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from registers.history.selectors import believed, in_force
from registers.programmes.models import Homologation, Offer, Programme
from registers.structures.models import Status, Structure, Teaching
from registers.structures.selectors import status_of

ATTESTATION = "attestation"  # of training: needs no homologation


@dataclass(frozen=True)
class Answer:
    """Yes or no, and why: a sentence's code with its values, and the period that says so.

    Yes: `homologated`, `taught` (an attestation). No: `unknown_then`, `declared`, `suspended`, `closed` (the
    structure), `never`, `not_yet` (`since`), `ended` (`until`).
    """

    yes: bool
    because: str
    values: dict[str, Any] = field(default_factory=dict)
    period: Any = None


def programmes_on(on: date) -> QuerySet[Programme]:
    """Versions of programmes under which groups may begin on a day."""
    begun = Q(since__isnull=True) | Q(since__lte=on)
    return Programme.objects.filter(begun, Q(until__isnull=True) | Q(until__gt=on)).select_related("speciality")


def offers_of(structure: Structure, on: date) -> QuerySet[Offer]:
    """What a structure gives on a day."""
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    offers = Offer.objects.filter(open_then, structure=structure, opened_on__lte=on)
    return offers.select_related("programme__speciality", "place")


def homologations_ending(on: date, before: date) -> QuerySet[Homologation]:
    """In force on a day and ending after it, before another, with no period that follows: for what must be renewed."""
    ending = in_force(Homologation, on).filter(until__lte=before)
    followed = Homologation.objects.filter(believed()).filter(since__gt=on).values("subject")
    return ending.exclude(subject__in=followed).select_related("subject__structure", "subject__programme")


def may_give(
    structure: Structure,
    on: date,
    *,
    programme: Programme | None = None,
    diploma: str = "",
    speciality: str = "",
    believed_at: datetime | None = None,
) -> Answer:
    """Whether a structure may give a diploma on a day: of a programme, or a diploma ("CAP") in a speciality (code)."""
    if programme is None and not (diploma and speciality):
        raise TypeError("name a programme, or a diploma and a speciality")
    status = status_of(structure, on, believed_at=believed_at)
    if status != Status.ACTIVE:
        return Answer(False, status or "unknown_then", {"on": on})
    diploma = diploma or (programme.level if programme else "")
    speciality = speciality or (programme.speciality_id if programme else "")
    if diploma == ATTESTATION:
        rows: Any = Teaching.objects.filter(subject=structure, speciality=speciality)
    else:
        rows = Homologation.objects.filter(subject__structure=structure, diploma=diploma)
        rows = rows.filter(subject__programme=programme) if programme else rows.filter(_of(speciality))
        rows = rows.select_related("subject__programme")
    return _answer(list(rows.filter(believed(believed_at)).order_by("since")), on, diploma)


def _of(speciality: str) -> Q:
    return Q(subject__programme__speciality=speciality)


def _answer(rows: list[Any], on: date, diploma: str) -> Answer:
    begun = [row for row in rows if row.since <= on]
    held = next((row for row in begun if row.until is None or row.until > on), None)
    if held is not None:
        code = "taught" if diploma == ATTESTATION else "homologated"
        return Answer(True, code, {"since": held.since, "until": held.until}, held)
    if begun:
        last = max(begun, key=lambda row: row.until)
        return Answer(False, "ended", {"since": last.since, "until": last.until}, last)
    if rows:
        return Answer(False, "not_yet", {"since": rows[0].since}, rows[0])
    return Answer(False, "never")
