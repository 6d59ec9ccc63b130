"""Accounts behind the rows: applicants, and an officer for each role of each office that has a part in the route."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.accounts.models import User
from portal.demonstration.bulk.guarding import DOMAIN
from portal.demonstration.country.chance import chance_of
from portal.demonstration.country.names import person_names
from procedures.offices.models import Membership, Office, Role

REGIONAL = (Role.DESK_OFFICER, Role.REGIONAL_DIRECTOR)
CENTRAL = (Role.CENTRAL_OFFICER, Role.COMMISSION_SECRETARY, Role.MINISTER_DELEGATE)
FILED_BY_ONE = 20  # cases of an applicant, on average
MOST_APPLICANTS = 50_000
Officers = dict[tuple[int, str], int]  # (office, role) to account


def make_applicants(cases: int) -> list[int]:
    """Enough applicants for so many cases; their ids."""
    wanted = min(MOST_APPLICANTS, cases // FILED_BY_ONE + 1)
    there = list(User.objects.filter(email__startswith="applicant-", email__endswith=f"@{DOMAIN}").order_by("pk"))
    new = [_account(f"applicant-{number:06d}") for number in range(len(there), wanted)]
    return [account.pk for account in [*there, *User.objects.bulk_create(new, batch_size=5000)]]


def make_officers() -> Officers:
    """One account for each office and role, which serves there since long ago: `desk_officer-rd-82@...`."""
    officers: Officers = {}
    for office in Office.objects.all():
        for role in REGIONAL if office.kind == Office.Kind.REGIONAL else CENTRAL:
            code = f"{role}-{office.code}"
            account = User.objects.filter(email=f"{code}@{DOMAIN}").first()
            if account is None:
                account = _account(code)
                account.save()
                since = timezone.localdate() - timedelta(days=2000)
                Membership.objects.create(person=account, office=office, role=role, since=since)
            officers[office.pk, str(role)] = account.pk
    return officers


def _account(code: str) -> User:
    called = person_names(chance_of("account", code))
    account = User(email=f"{code}@{DOMAIN}", name=f"{called.first.arabic} {called.last.arabic}", language="ar")
    account.set_unusable_password()
    return account
