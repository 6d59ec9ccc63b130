"""Declare sessions, inside the validity of what they lead to, and cancel them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from registers.history.causes import Cause
from registers.history.errors import EndsTooEarly
from registers.history.services import hold
from registers.programmes.models import Homologation, Offer
from registers.structures.errors import WrongStatus
from registers.structures.models import Status
from registers.structures.selectors import status_of
from registers.training.errors import LabelTaken, OfferNotOpen, OutsideHomologation
from registers.training.models import Session

HOURS_A_WEEK = 40  # an assumption: the law that was read names no figure


@transaction.atomic
def declare_session(
    cause: Cause,
    *,
    offer: Offer,
    label: str,
    since: date,
    until: date,
    places: int,
    homologated: bool | None = None,
    hours_a_week: int = HOURS_A_WEEK,
    invented: bool = False,
) -> Session:
    """Declare a group that follows an offer from `since` until before `until`, for so many `places` (people).

    `homologated`: it leads to the homologated diploma; None: it does if the homologation holds on each of its days.
    The same case, or the same group again, gives the session that is there. Raises EndsTooEarly, OfferNotOpen,
    `structures.errors.WrongStatus`, OutsideHomologation, LabelTaken.
    """
    hold(offer.structure)
    if until <= since:
        raise EndsTooEarly(since, until)
    there = Session.objects.filter(offer=offer, label=label).first()
    if there is not None:
        if (there.since, there.until) != (since, until):
            raise LabelTaken(there)
        return there
    _refuse_closed(offer, since)
    gap = first_day_without(offer, since, until)
    if homologated and gap is not None:
        raise OutsideHomologation(since, until, gap)
    session = Session.objects.create(
        offer=offer,
        label=label,
        since=since,
        until=until,
        places=places,
        hours_a_week=hours_a_week,
        homologated=gap is None if homologated is None else homologated,
        case_id=cause.case_id,
        batch=cause.batch_id,
        invented=invented,
        declared_at=timezone.now(),
    )
    days = {"since": since.isoformat(), "until": until.isoformat()}
    data = cause.told | days | {"offer": offer.pk, "places": places, "homologated": session.homologated}
    append(action="training.declare_session", subject=session, actor=cause.by, data=data)
    return session


@transaction.atomic
def cancel_session(cause: Cause, *, session: Session) -> Session:
    """The group does not take place. Who is enrolled stays on record."""
    held = Session.objects.select_for_update().get(pk=session.pk)
    if held.state != Session.State.CANCELLED:
        held.state = Session.State.CANCELLED
        held.save(update_fields=["state"])
        append(action="training.cancel_session", subject=held, actor=cause.by, data=cause.told)
    return held


def first_day_without(offer: Offer, since: date, until: date) -> date | None:
    """The first day from `since` until before `until` on which no homologation of the offer holds; None: none such."""
    reached = since
    for period in Homologation.objects.filter(subject=offer, superseded_at__isnull=True).order_by("since"):
        if period.since > reached:
            break
        if period.until is None or period.until >= until:
            return None
        reached = max(reached, period.until)
    return reached


def _refuse_closed(offer: Offer, since: date) -> None:
    status = status_of(offer.structure, since)
    if status != Status.ACTIVE:
        raise WrongStatus(status, since)
    if offer.opened_on > since or (offer.closed_on is not None and offer.closed_on <= since):
        raise OfferNotOpen(offer, since)
