"""Colleagues and successors invited by a secret link; only the account of the invited address accepts it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from registers.organisations.errors import (
    AlreadyInvited,
    LinkIsOver,
    NotAllowed,
    NotInvited,
    NotTheirColleague,
    WrongDays,
)
from registers.organisations.models import Invitation, Organisation, Staff
from registers.organisations.roles import Act, Role
from registers.organisations.selectors import open_invitations, standing_in
from registers.organisations.services import ask, begin_service, hand_over, ids_of, lock, reach_of, see_limits

LIFE = timedelta(days=7)


@transaction.atomic
def invite(
    *, organisation: Organisation, email: str, role: str, by: Any, structures: Collection[Any] = ()
) -> tuple[Invitation, str]:
    """Invite somebody to serve in a role; returns the invitation and the secret of its link, which is kept nowhere.

    Raises NotAllowed, BeyondReach, OwnersServeEverywhere, AlreadyInvited.
    """
    held = lock(organisation)
    see_limits(held, role, structures)
    ask(held, by, role, ids_of(structures))
    invitation, secret = _made(held, email, Role(role), by)
    invitation.structures.set(structures)
    return invitation, secret


@transaction.atomic
def invite_successor(
    *, staff: Staff, email: str, takes_over_on: date, last_day: date, by: Any
) -> tuple[Invitation, str]:
    """Offer a role to a successor: it passes on `takes_over_on`, or the day it is accepted where that is later.

    Until `last_day`, included, the present holder still reads. Raises NotAllowed, WrongDays, AlreadyInvited.
    """
    held = lock(staff.organisation)
    present = Staff.objects.get(pk=staff.pk)
    if by.pk != present.person_id:
        ask(held, by, present.role, reach_of(present))
    elif not _may_hand_over(by, held):
        raise NotAllowed
    if takes_over_on < timezone.localdate():
        raise WrongDays("takes_over_on")
    if last_day < takes_over_on - timedelta(days=1):
        raise WrongDays("last_day")
    if present.reads_since or present.until:
        raise WrongDays("takes_over_on")
    if email.strip().lower() == (by.email or "").lower() and by.pk == present.person_id:
        raise NotTheirColleague("email")
    days = {"takes_over_on": takes_over_on, "reads_until": last_day + timedelta(days=1)}
    return _made(held, email, Role(present.role), by, replaces=present, **days)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Any) -> None:
    """The link opens nothing from now on. Raises NotAllowed, LinkIsOver."""
    lock(invitation.organisation)
    held = Invitation.objects.select_related("organisation").get(pk=invitation.pk)
    if held.invited_by_id != by.pk or standing_in(by, held.organisation) is None:
        ask(held.organisation, by, held.role, reach_of(held))
    if held.accepted_at or held.withdrawn_at:
        raise LinkIsOver
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["withdrawn_at"])
    _record("organisation.withdraw_invitation", held, by)


def invitation_of(digest: str) -> Invitation | None:
    """The invitation that a link opens now; None once it is accepted, withdrawn, expired or its inviter has left."""
    found = (
        Invitation.objects.select_related("organisation", "invited_by", "replaces__person")
        .filter(code_digest=digest, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
        .first()
    )
    return found if found and _still_stands(found) else None


@transaction.atomic
def accept_invitation(*, digest: str, by: Any) -> Staff:
    """Begin to serve, as the account of the invited address. Raises LinkIsOver, NotInvited, WrongDays."""
    known = Invitation.objects.select_related("organisation").filter(code_digest=digest).first()
    if known is None:
        raise LinkIsOver
    lock(known.organisation)
    invitation = invitation_of(digest)
    if invitation is None:
        raise LinkIsOver
    if not is_for(invitation, by):
        raise NotInvited
    staff = _entered(invitation, by)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record("organisation.accept_invitation", invitation, by)
    return staff


def is_for(invitation: Invitation, person: Any) -> bool:
    """Whether this account holds the invited address."""
    return bool(person.is_authenticated and person.is_active and (person.email or "").lower() == invitation.email)


def digest_of(secret: str) -> str:
    """What is kept of a secret link, here and in the session that opened it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _entered(invitation: Invitation, by: Any) -> Staff:
    if invitation.replaces is not None:
        return hand_over(
            staff=invitation.replaces,
            to=by,
            on=invitation.takes_over_on,
            reads_until=invitation.reads_until,
            by=invitation.invited_by,
        )
    return begin_service(
        organisation=invitation.organisation,
        person=by,
        role=invitation.role,
        structures=list(invitation.structures.all()),
        by=invitation.invited_by,
    )


def _made(organisation: Organisation, email: str, role: Role, by: Any, **more: Any) -> tuple[Invitation, str]:
    address, now, secret = email.strip().lower(), timezone.now(), secrets.token_urlsafe(32)
    if open_invitations(organisation).filter(email=address, role=role).exists():
        raise AlreadyInvited("email")
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        role=role,
        code_digest=digest_of(secret),
        invited_by=by,
        invited_at=now,
        expires_at=now + LIFE,
        **more,
    )
    _record("organisation.invite", invitation, by)
    return invitation, secret


def _still_stands(invitation: Invitation) -> bool:
    """Whoever invited must still be able to: a link sent by somebody who has left opens nothing."""
    standing = standing_in(invitation.invited_by, invitation.organisation)
    if standing is None or (invitation.replaces is not None and invitation.replaces.until is not None):
        return False
    own = invitation.replaces is not None and invitation.replaces.person_id == invitation.invited_by_id
    if own:
        return standing.may(Act.HAND_OVER)
    reach = reach_of(invitation.replaces or invitation)
    return standing.may(Act.MANAGE_STAFF) and standing.may_appoint(invitation.role, reach)


def _may_hand_over(by: Any, organisation: Organisation) -> bool:
    standing = standing_in(by, organisation)
    return standing is not None and standing.may(Act.HAND_OVER)


def _record(action: str, invitation: Invitation, by: Any) -> None:
    data = {"organisation": invitation.organisation_id, "role": invitation.role, "replaces": invitation.replaces_id}
    append(action=action, subject=invitation, actor=by, data=data)
