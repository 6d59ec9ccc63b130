"""What the organisations' room does every day: reminds of what ends, and clears papers that no request took up."""

from collections import defaultdict
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone

from portal.organisation.expiries import Expiry, expiries
from portal.organisation.telling import tell_of_expiries
from procedures.evidence.models import Upload
from procedures.evidence.shelves import delete_file
from procedures.jobs.registry import handles
from registers.organisations.claiming import PAPER
from registers.organisations.models import Organisation
from registers.organisations.roles import Act
from registers.organisations.selectors import people_who_may
from registers.structures.models import Status
from registers.structures.selectors import with_status

UNCLAIMED = timedelta(days=2)


@handles("organisation.remind", daily=True, atomic=True)
def remind(day: str) -> None:
    """Each end is told once at 90, 60, 30 and 7 days, also where the portal was down on that very day."""
    today = date.fromisoformat(day)
    living = with_status(today, Status.DECLARED, Status.ACTIVE, Status.SUSPENDED)
    owned = living.exclude(organisation=None).select_related("organisation")
    by_body: dict[Organisation, list[Expiry]] = defaultdict(list)
    for each in expiries(owned, today):
        by_body[each.structure.organisation].append(each)
    for organisation, found in by_body.items():
        _remind(organisation, found)


def _remind(organisation: Organisation, found: list[Expiry]) -> None:
    """One message for all that ends on the same day: nobody reads thirty."""
    together: dict[tuple[date, int], list[Expiry]] = defaultdict(list)
    for each in found:
        together[each.until, each.threshold].append(each)
    for (until, threshold), ending in together.items():
        told = sha256(" ".join(sorted(f"{each.kind}:{each.identity}" for each in ending)).encode()).hexdigest()[:12]
        for person, reach in people_who_may(organisation, Act.FILE_CASES).items():
            theirs = [each for each in ending if not reach or each.structure.pk in reach]
            if theirs:
                key = f"expiry:{organisation.pk}:{until}:{threshold}:{told}:{person.pk}"
                tell_of_expiries(person, organisation, theirs, key=key)


@handles("organisation.clear_papers", daily=True)
def clear_papers(day: str) -> None:
    """A paper that was kept while a form was mended, and never used, goes after two days."""
    left: Any = Upload.objects.filter(paper=PAPER, case=None, draft=None, claim=None)
    for upload in left.filter(received_at__lt=timezone.now() - UNCLAIMED):
        stored = upload.stored
        upload.delete()
        delete_file(stored)
