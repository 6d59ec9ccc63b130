"""Which organisations a person serves in, and what they may do there on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from registers.organisations.models import Absence, Invitation, Organisation, Staff
from registers.organisations.roles import APPOINTS, MAY, READING, Act, Role


def in_force(on: date, prefix: str = "") -> Q:
    """Service on a day: `since` counts, `until` does not."""
    begun = Q(**{f"{prefix}since__lte": on})
    return begun & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": on}))


@dataclass(frozen=True)
class Power:
    """A role held on a day, by oneself or for an absent colleague."""

    role: Role
    staff: Staff  # whose service it is
    reads_only: bool  # handed over: it reads until it ends
    stands_in: bool
    structures: frozenset[int]  # ids of structures; empty: all of them

    @property
    def acts(self) -> frozenset[Act]:
        return MAY[self.role] & READING if self.reads_only else MAY[self.role]

    def reaches(self, structure: int | None) -> bool:
        return structure is None or not self.structures or structure in self.structures

    def covers(self, structures: Collection[int]) -> bool:
        """Whether a service limited to these (none: all of them) reaches no further than this one."""
        return not self.structures or (bool(structures) and self.structures.issuperset(structures))


@dataclass(frozen=True)
class Standing:
    """All that one person may do in one organisation on one day."""

    organisation: Organisation
    powers: tuple[Power, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(power.role for power in self.powers)

    def may(self, act: Act | str, structure: int | None = None) -> bool:
        """Whether the act is allowed, in the structure of this id where one is named."""
        wanted = Act(act)
        return any(wanted in power.acts and power.reaches(structure) for power in self.powers)

    def structures_for(self, act: Act | str) -> frozenset[int] | None:
        """Ids of the structures to which the act is limited; None where it reaches all of them."""
        reaching = [power.structures for power in self.powers if Act(act) in power.acts]
        return None if any(not each for each in reaching) else frozenset().union(*reaching)

    def may_appoint(self, role: Role | str, structures: Collection[int] | None = None) -> bool:
        """Whether this person may begin, change and end the service of somebody in `role`.

        `structures` are the ids to which that service is limited (empty: it reaches all); None: wherever it may be.
        """
        acting = [power for power in self.powers if not power.reads_only and Role(role) in APPOINTS[power.role]]
        return any(structures is None or power.covers(structures) for power in acting)


def organisations_of(user: Any, on: date | None = None) -> list[Organisation]:
    """Organisations in which a person serves or stands in on a day (today), by tax number."""
    return [standing.organisation for standing in standings_of(user, on)]


def roles_in(user: Any, organisation: Organisation, on: date | None = None) -> frozenset[Role]:
    """Roles of a person in an organisation on a day (today), with those they hold for an absent colleague."""
    standing = standing_in(user, organisation, on)
    return standing.roles if standing else frozenset()


def may(
    user: Any, organisation: Organisation, act: Act | str, *, structure: int | None = None, on: date | None = None
) -> bool:
    """Whether a person may do something in an organisation on a day (today); `structure` is a structure's id."""
    standing = standing_in(user, organisation, on)
    return standing is not None and standing.may(act, structure)


def standing_in(user: Any, organisation: Organisation, on: date | None = None) -> Standing | None:
    """None for whoever does not serve there."""
    return next(iter(_standings(user, on, {"organisation": organisation})), None)


def standing_in_id(user: Any, public_id: UUID, on: date | None = None) -> Standing | None:
    """The same by the organisation's public id; None also where there is no such organisation."""
    return next(iter(_standings(user, on, {"organisation__public_id": public_id})), None)


def standings_of(user: Any, on: date | None = None) -> list[Standing]:
    """Every organisation of a person with what they may do there, by tax number."""
    return _standings(user, on, {})


def people_who_may(organisation: Organisation, act: Act) -> dict[Any, frozenset[int]]:
    """Active accounts that may do something there today in a role of their own, by id, each with the ids of the
    structures to which it reaches; none named: all of them.
    """
    today = timezone.localdate()
    serving = Staff.objects.filter(in_force(today), organisation=organisation, person__is_active=True)
    reaching: dict[Any, list[frozenset[int]]] = {}
    for staff in serving.select_related("person").prefetch_related("structures").order_by("person", "pk"):
        power = _power(staff, today, None)
        if act in power.acts:
            reaching.setdefault(staff.person, []).append(power.structures)
    return {person: frozenset().union(*each) if all(each) else frozenset() for person, each in reaching.items()}


def _standings(user: Any, on: date | None, where: Mapping[str, Any]) -> list[Standing]:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    day = on or timezone.localdate()
    away = Absence.objects.filter(
        in_force(day, "stand_in__"), staff=OuterRef("pk"), stand_in__person=user, since__lte=day, until__gte=day
    )
    held = (
        Staff.objects.filter(Q(person=user) | Exists(away), in_force(day), **where)
        .select_related("organisation")
        .prefetch_related("structures")
    )
    powers: dict[Organisation, list[Power]] = {}
    for staff in held:
        powers.setdefault(staff.organisation, []).append(_power(staff, day, user))
    found = [Standing(organisation, tuple(theirs)) for organisation, theirs in powers.items()]
    return sorted(found, key=lambda standing: standing.organisation.tax_number)


def _power(staff: Staff, day: date, user: Any) -> Power:
    return Power(
        role=Role(staff.role),
        staff=staff,
        reads_only=staff.reads_since is not None and staff.reads_since <= day,
        stands_in=user is not None and staff.person_id != user.pk,
        structures=frozenset(structure.pk for structure in staff.structures.all()),
    )


def staff_of(organisation: Organisation, on: date | None = None) -> QuerySet[Staff]:
    """Who serves on a day (today) or will from a later day on, in the order in which they came."""
    day = on or timezone.localdate()
    return (
        Staff.objects.filter(Q(until__isnull=True) | Q(until__gt=day), organisation=organisation)
        .select_related("person")
        .order_by("since", "pk")
    )


def owners_of(organisation: Organisation, on: date) -> QuerySet[Staff]:
    """Owners on a day who neither handed over nor have a last day, and whose account is open."""
    return Staff.objects.filter(
        organisation=organisation,
        role=Role.OWNER,
        since__lte=on,
        until__isnull=True,
        reads_since__isnull=True,
        person__is_active=True,
    )


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that may still be accepted, the latest first."""
    return Invitation.objects.filter(
        organisation=organisation, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )


def absences_to_come(organisation: Organisation) -> QuerySet[Absence]:
    """Absences that run or are to begin, the nearest last so that it wins where one is shown a person."""
    today = timezone.localdate()
    found = Absence.objects.filter(in_force(today, "staff__"), staff__organisation=organisation, until__gte=today)
    return found.select_related("staff", "stand_in__person").order_by("-since", "-pk")


def absent_today(organisation: Organisation) -> QuerySet[Absence]:
    return absences_to_come(organisation).filter(since__lte=timezone.localdate())
