"""People of the administration in rows, and everything about one account on one page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from cms_content.folding import folded
from portal.accounts.closing import about, sessions_of
from portal.accounts.factor_resets import open_resets
from portal.accounts.invitations import open_invitations
from portal.accounts.models import FactorReset, Invitation, User
from portal.accounts.phones import as_international
from portal.accounts.reauthentication import has_second_factor
from portal.accounts.recovery import works_for_the_state
from portal.administration.telling import Told, changes_of
from procedures.cases.models import Case
from procedures.offices.models import Absence, Delegation, Membership, Office, Role

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
MOST_FOUND = 50


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to, as the address has it: codes alone, never a name."""

    office: str = ""
    role: str = ""
    closed: bool = False

    @classmethod
    def asked_by(cls, query: QueryDict) -> "Filter":
        office, role = query.get("office", ""), query.get("role", "")
        known = Office.objects.filter(code=office).exists()
        return cls(office if known else "", role if role in Role.values else "", query.get("closed") == "1")

    @property
    def is_used(self) -> bool:
        return self != Filter()

    def people(self) -> QuerySet[User]:
        """Staff: whoever serves today or later, or ever did where closed accounts are asked for."""
        held = Membership.objects.all()
        held = held.filter(office__code=self.office) if self.office else held
        held = held.filter(role=self.role) if self.role else held
        found = User.objects.filter(pk__in=held.values("person"), is_active=not self.closed)
        return found.order_by("name", "pk")


@dataclass(frozen=True)
class Row:
    person: User
    roles: list[Membership]
    has_factor: bool


def rows(people: Iterable[User]) -> list[Row]:
    """Each with the roles of today and later; three queries however many people there are."""
    shown = list(people)
    today = timezone.localdate()
    held: dict[int, list[Membership]] = {}
    for one in Membership.objects.filter(person__in=shown).select_related("office").order_by("role", "pk"):
        if one.until is None or one.until > today:
            held.setdefault(one.person_id, []).append(one)
    enrolled = set(Authenticator.objects.filter(user__in=shown, type__in=FACTORS).values_list("user", flat=True))
    return [Row(person, held.get(person.pk, []), person.pk in enrolled) for person in shown]


def find(typed: str) -> list[User]:
    """Staff by a part of the name or address; anybody else by an e-mail or a telephone typed in full."""
    sought = folded(typed.strip())
    staff = User.objects.filter(pk__in=Membership.objects.values("person")).order_by("name", "pk")
    found = [one for one in staff if sought in folded(one.name) or sought in (one.email or "")][:MOST_FOUND]
    other = account_of(typed)
    return found if other is None or other in found else [other, *found]


def account_of(typed: str) -> User | None:
    """The one account of an e-mail or a telephone typed in full."""
    typed = typed.strip().lower()
    if "@" in typed:
        return User.objects.filter(email=typed).first()
    try:
        return User.objects.filter(phone=as_international(typed)).first()
    except ValidationError:
        return None


class Account:
    """One account, as its page shows it to `reader`."""

    def __init__(self, person: User, reader: Any) -> None:
        self.person, self.reader = person, reader

    @cached_property
    def is_staff(self) -> bool:
        return works_for_the_state(self.person)

    @property
    def is_own(self) -> bool:
        return bool(self.person.pk == self.reader.pk)

    @cached_property
    def has_factor(self) -> bool:
        return has_second_factor(self.person)

    @cached_property
    def memberships(self) -> list[Membership]:
        """Those that run or lie ahead first, then those that are over, the latest first."""
        held = self.person.memberships.select_related("office").order_by("-since", "-pk")
        return sorted(held, key=lambda one: standing_of(one) == "over")

    @cached_property
    def absences(self) -> list[Absence]:
        ahead = self.person.absences.filter(until__gte=timezone.localdate()).select_related("stand_in")
        return list(ahead.order_by("since", "pk"))

    @cached_property
    def sessions(self) -> list[Any]:
        return sessions_of(self.person)

    @cached_property
    def reset(self) -> FactorReset | None:
        return open_resets().filter(account=self.person).first()

    @cached_property
    def open_cases(self) -> int:
        """Cases that wait for this person alone."""
        return Case.objects.filter(assignee=self.person, closed_at=None).count()

    @cached_property
    def changes(self) -> list[Told]:
        held = [one.pk for one in self.memberships]
        away = list(self.person.absences.values_list("pk", flat=True))
        given = list(Delegation.objects.filter(membership__person=self.person).values_list("pk", flat=True))
        invited = list(Invitation.objects.filter(account=self.person).values_list("pk", flat=True))
        return changes_of(
            about(self.person),
            ("offices.membership", held),
            ("offices.absence", away),
            ("offices.delegation", given),
            ("accounts.invitation", invited),
        )


def standing_of(membership: Membership) -> str:
    """Whether a membership is "now", "ahead" or "over" today."""
    today = timezone.localdate()
    if membership.until is not None and (membership.until <= today or membership.until <= membership.since):
        return "over"
    return "now" if membership.since <= today else "ahead"


def waiting_invitations() -> list[Invitation]:
    return list(open_invitations())
