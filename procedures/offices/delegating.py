"""One person acts in the name of another, from a day until another, by an act that says so; and who acts for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.events import announce
from procedures.offices.guards import demand_administrator, refuse_own
from procedures.offices.models import Delegation, Membership, Office, Role
from procedures.offices.selectors import seats, seats_in
from procedures.refusal import Refusal

NEVER_DELEGATED = (Role.ADMINISTRATOR, Role.AUDITOR, Role.EDITOR)


@dataclass(frozen=True)
class Capacity:
    """How a person acts: in their own right (`in_name_of` is None), or in the name of whoever gave a delegation."""

    in_name_of: Any = None

    @property
    def told(self) -> dict[str, int]:
        """What the audit chain notes of it."""
        return {"in_name_of": self.in_name_of.pk} if self.in_name_of is not None else {}


@transaction.atomic
def delegate(*, membership: Membership, to: Any, since: date, until: date, reference: str, by: Any) -> Delegation:
    """Let `to` act in the name of the holder of a membership, until and not including a day; `reference`: the act.

    Raises OwnRights; Refusal (days the wrong way round or past, longer than the membership, no act, itself, a role
    that nobody delegates, another delegation of the same membership on these days).
    """
    demand_administrator(by)
    refuse_own(to, by)
    held = Membership.objects.select_for_update().get(pk=membership.pk)
    if held.role in NEVER_DELEGATED:
        raise Refusal(_("This role is not delegated."))
    if to.pk == held.person_id:
        raise Refusal(_("Nobody acts in their own name by delegation. Choose another person."), "to")
    if not reference.strip():
        raise Refusal(_("Enter the act that gives the delegation: its number and day."), "reference")
    _refuse_days(held, since, until)
    if held.delegations.filter(since__lt=until, until__gt=since).exists():
        raise Refusal(_("This role is already delegated on some of these days. Choose other days."), "since")
    given = Delegation.objects.create(membership=held, to=to, since=since, until=until, reference=reference.strip())
    data = {"membership": held.pk, "person": held.person_id, "to": to.pk}
    days = {"since": since.isoformat(), "until": until.isoformat()}
    append(action="office.delegate", subject=given, actor=by, data=data | days)
    announce_delegation(given)
    return given


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Any) -> Delegation:
    """End a delegation today: from now on nobody acts by it."""
    demand_administrator(by)
    held = Delegation.objects.select_for_update().get(pk=delegation.pk)
    today = timezone.localdate()
    if held.until <= today:
        raise Refusal(_("This delegation is over already."))
    held.until = max(today, held.since)
    held.save(update_fields=["until"])
    append(action="office.end_delegation", subject=held, actor=by, data={"until": held.until.isoformat()})
    announce_delegation(held)
    return held


def announce_delegation(given: Delegation) -> None:
    """Inside the transaction that gave it, ended it or changed its days: whoever acts by it is told."""
    announce("delegation_changed", key=f"{given.pk}:{given.until.isoformat()}", delegation_id=given.pk)


def capacities(person: Any, office: Office, role: str) -> tuple[Capacity, ...]:
    """Every way in which a person may act in `role` for `office` today, in their own right first."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return ()
    found = seats_in(seats(person), office, role).select_related("person").order_by("pk")
    ways = {each.person_id: each.person for each in found}
    own = (Capacity(),) if ways.pop(person.pk, None) is not None else ()
    return own + tuple(Capacity(holder) for holder in ways.values() if holder.is_active)


def delegations_of(person: Any) -> Any:
    """Delegations that this person gave or received and that last today or lie ahead, the nearest first."""
    found = Delegation.objects.filter(Q(membership__person=person) | Q(to=person), until__gt=timezone.localdate())
    return found.select_related("membership__office", "membership__person", "to").order_by("since", "pk")


def _refuse_days(held: Membership, since: date, until: date) -> None:
    if until <= since:
        raise Refusal(_("The end lies before the beginning. Enter a later day."), "until")
    if since < timezone.localdate():
        raise Refusal(_("Rights are not given for days that are past. Enter today or a later day."), "since")
    if since < held.since or (held.until is not None and until > held.until):
        raise Refusal(_("The delegation lasts longer than the role itself. Enter days within it."), "until")
