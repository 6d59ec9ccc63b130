"""The review of rights of a quarter: who holds which role since when, who looked at it, and the list as a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.administration.people import FACTORS
from procedures.offices.models import Confirmation, Membership
from procedures.offices.selectors import memberships_to_review, quarter_of
from procedures.spreadsheets import csv_lines


@dataclass(frozen=True)
class Line:
    membership: Membership
    has_factor: bool
    confirmation: Confirmation | None  # of this quarter
    last: Confirmation | None  # of any quarter


def this_quarter() -> str:
    return quarter_of(timezone.localdate())


def lines(quarter: str) -> list[Line]:
    """Every right that counts today or later, with what this quarter's review says of it."""
    held = list(memberships_to_review())
    people = {one.person_id for one in held}
    enrolled = set(Authenticator.objects.filter(user__in=people, type__in=FACTORS).values_list("user", flat=True))
    found = []
    for one in held:
        seen = sorted(one.confirmations.all(), key=lambda each: each.at)
        now = next((each for each in seen if each.quarter == quarter), None)
        found.append(Line(one, one.person_id in enrolled, now, seen[-1] if seen else None))
    return found


def as_table(found: Iterable[Line]) -> str:
    """The review as CSV for a spreadsheet: with a mark of UTF-8, and no cell that a spreadsheet would reckon out."""
    head = [
        _("Name"), _("E-mail"), _("Role"), _("Office of the administration"), _("First day"), _("Until before"),
        _("Last login"), _("Second factor"), _("Confirmed on"), _("Confirmed by"),
    ]  # fmt: skip
    return "".join(csv_lines([head, *map(_cells, found)]))


def _cells(line: Line) -> list[Any]:
    one = line.membership
    last = one.person.last_login
    return [
        str(one.person),
        one.person.email,
        one.get_role_display(),
        str(one.office),
        one.since.isoformat(),
        one.until.isoformat() if one.until else "",
        timezone.localtime(last).date().isoformat() if last else "",
        _("in use") if line.has_factor else _("not added"),
        timezone.localtime(line.confirmation.at).date().isoformat() if line.confirmation else "",
        str(line.confirmation.by) if line.confirmation else "",
    ]
