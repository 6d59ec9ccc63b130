"""Which cases an act on many is about: those ticked, or all that the filter shows, within bounds and rights."""

from uuid import UUID

from django.http import QueryDict

from portal.inboxes.searching import Search
from procedures.bulk.services import MOST
from procedures.cases.models import Case
from procedures.cases.selectors import visible_to
from procedures.inboxes.circles import Seats
from procedures.inboxes.selectors import walk

ALL = "all"


def chosen(seats: Seats, posted: QueryDict) -> tuple[list[Case], Search | None]:
    """Cases that the person may open, one more than the bound at most; and the filter they come from, if from one."""
    if posted.get("which") == ALL:
        search = Search.by(QueryDict(posted.get("query", "")))
        return list(walk(seats, search.asked, most=MOST + 1)), search
    wanted = [each for each in map(_uuid, posted.getlist("case")[: MOST + 1]) if each]
    found = visible_to(seats.person).filter(public_id__in=wanted).select_related("office")
    return list(found.order_by("due_on", "pk")), None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
