"""The invented people of a practice space: who can be tried, and the colleague who does what came before."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from portal.accounts.services import create_account, enrol_totp_for_demonstration
from portal.demonstration.accounts import PASSWORD
from procedures.offices.models import Membership, Office
from procedures.offices.selectors import in_force, people_in
from procedures.offices.services import appoint

DOMAIN = "@demo.takwin.example"
APPLICANT = f"trainee{DOMAIN}"


@dataclass(frozen=True)
class Account:
    """One account that anybody may try."""

    email: str
    name: str
    serves: tuple[str, ...]


def accounts() -> list[Account]:
    """Everybody who can be tried: staff by what they do, and the applicant of every invented case."""
    held = Membership.objects.filter(in_force(), person__email__endswith=DOMAIN, person__is_active=True)
    rows = held.select_related("person", "office").order_by("office__kind", "office__code", "person_id", "pk")
    found = [
        Account(str(person.email), str(person), tuple(f"{each.get_role_display()}, {each.office}" for each in seats))
        for person, seats in groupby(rows, key=lambda each: each.person)
    ]
    who = get_user_model().objects.filter(email=APPLICANT).first()
    return [*found, *([Account(str(who.email), str(who), (_("Applicant"),))] if who else [])]


def applicant() -> Any:
    return get_user_model().objects.get(email=APPLICANT)


def colleague(office: Office, role: str, *, besides: set[int]) -> Any:
    """Somebody who serves there in this role and is none of those; an invented colleague is appointed where needed."""
    found = people_in(office, role).exclude(pk__in=besides).filter(email__endswith=DOMAIN).first()
    if found is not None:
        return found
    number = get_user_model().objects.filter(email__startswith="colleague", email__endswith=DOMAIN).count() + 1
    account = create_account(
        email=f"colleague{number}{DOMAIN}", name=f"زميل للتدريب {number} (تجريبي)", password=PASSWORD
    )
    appoint(person=account, office=office, role=role)
    enrol_totp_for_demonstration(account)
    return account
