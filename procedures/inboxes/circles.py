"""Who reads which cases, as names of circles: an office, those who sign for the minister, a signer, everyone's auditor.

The same answer as `cases.selectors.visible_to`, turned round: it asks of a person which cases, this asks of a case
which circles. A test holds them together, and whatever a list shows passes through `visible_to` once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from procedures.calendar.services import Calendar, calendar
from procedures.cases.selectors import CASEWORK
from procedures.cases.states import NOT_SUBMITTED, State
from procedures.offices.models import Office, Role
from procedures.offices.selectors import seats

SOON = 5  # working days within which a deadline is near
EVERYONE, DELEGATES = "everyone", "delegates"


def of_office(office: int) -> str:
    return f"office:{office}"


def of_signer(person: int) -> str:
    return f"signer:{person}"


@dataclass(frozen=True)
class Seats:
    """Where a person acts today, for themselves or by delegation, read once: (office, role), and their circles."""

    person: Any
    held: tuple[tuple[int, str], ...]
    offices: tuple[Office, ...]
    circles: tuple[str, ...]
    own: frozenset[tuple[int, str]] = frozenset()  # those of `held` that are not by delegation alone
    delegated: tuple[tuple[int, str, Any], ...] = ()  # (office, role, in whose name)

    @property
    def is_delegate(self) -> bool:
        return Role.MINISTER_DELEGATE in self.roles

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role for _office, role in self.held)

    @cached_property
    def calendar(self) -> Calendar:
        """The working calendar as it stands, read once for a page."""
        return calendar()

    @property
    def near_until(self) -> date:
        """The last day that counts as near today."""
        return self.calendar.add(timezone.localdate(), SOON)

    @property
    def has_desk(self) -> bool:
        """Whether cases can wait for this person: an auditor handles none."""
        return bool(self.offices)

    @property
    def reads_all(self) -> bool:
        return self.circles == (EVERYONE,)


def seats_of(person: Any) -> Seats:
    """One query. Nobody without an active account reads anything."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return Seats(person, (), (), ())
    memberships = list(seats(person).select_related("office", "person"))
    held = tuple(sorted({(each.office_id, each.role) for each in memberships}))
    offices = {each.office_id: each.office for each in memberships if each.role in CASEWORK}
    given = tuple((each.office_id, each.role, each.person) for each in memberships if each.person_id != person.pk)
    own = frozenset((each.office_id, each.role) for each in memberships if each.person_id == person.pk)
    return Seats(person, held, tuple(offices.values()), _circles(person, held), own, given)


def _circles(person: Any, held: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    roles = {role for _office, role in held}
    if Role.AUDITOR in roles:
        return (EVERYONE,)
    read = [of_office(office) for office in sorted({office for office, role in held if role in CASEWORK})]
    if Role.MINISTER_DELEGATE in roles:
        read += [DELEGATES, of_signer(person.pk)]
    return tuple(read)


def circles_of(
    state: str, office: int, *, is_central: bool, passed: Iterable[int], offered: int | None, signers: Iterable[int]
) -> tuple[str, ...]:
    """The circles in which a case stands: it stands in `office`, stood in `passed`, `offered` is asked to take it."""
    if state in NOT_SUBMITTED:
        return (EVERYONE,)
    offices = sorted({office, *passed, *((offered,) if offered else ())})
    found = [EVERYONE, *(of_office(each) for each in offices), *(of_signer(each) for each in sorted(set(signers)))]
    if state == State.SIGNATURE and is_central:
        found.append(DELEGATES)
    return tuple(found)
