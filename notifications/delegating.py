"""Whoever acts for a colleague is told: that they will, that they do from today on, and that it is over."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from notifications.services import Message, notify
from procedures.offices.models import Delegation

LOOK_BACK = timedelta(days=7)  # so that a day on which the portal was down leaves nobody untold
DAY = timedelta(days=1)


def told_on(day: date) -> QuerySet[Delegation]:
    """Delegations that begin or end on a day, or did within the week before it."""
    recent = day - LOOK_BACK
    begins = Q(since__gt=recent, since__lte=day, until__gt=day)
    ends = Q(until__gt=recent, until__lte=day)
    return _whole().filter(begins | ends).order_by("pk")


def tell_of_delegation(delegation_id: int, *, today: date) -> None:
    tell(_whole().get(pk=delegation_id), today=today)


def tell(given: Delegation, *, today: date) -> None:
    """Once by what it says: several roles that are delegated for the same days are one message, new days another."""
    event, person = _event(given, today), given.to
    days = f"{given.since}:{given.until}"
    with translation.override(person.language):
        said = Message(*_words(event, given), reverse("backoffice:inbox"))
    notify(
        key=f"{event}:{given.membership.person_id}:{person.pk}:{days}",
        event=event,
        person=person,
        case=None,
        language=person.language,
        message=said,
    )


def _whole() -> QuerySet[Delegation]:
    return Delegation.objects.select_related("membership__person", "to")


def _event(given: Delegation, today: date) -> str:
    if given.until <= given.since:
        return "delegation_off"
    if given.until <= today:
        return "delegation_ends"
    return "delegation_begins" if given.since <= today else "delegation_comes"


def _words(event: str, given: Delegation) -> tuple[str, str]:
    """Subject and body; the name of whoever is away stands in the body alone."""
    told: dict[str, Any] = {"name": str(given.membership.person)}
    told |= {"since": _written(given.since), "until": _written(given.until - DAY)}
    if event == "delegation_comes":
        subject = _("You will act for a colleague")
        body = _(
            "You act for %(name)s from %(since)s to %(until)s, both days included. What waits for them then stands in "
            "your list too, with their name; whatever you do for them says so."
        )
    elif event == "delegation_begins":
        subject = _("You act for a colleague from today on")
        body = _(
            "You act for %(name)s until %(until)s, that day included. What waits for them stands in your list, with "
            "their name; whatever you do for them says so. You handle nothing in which you have an interest."
        )
    elif event == "delegation_ends":
        subject = _("You no longer act for a colleague")
        body = _("You acted for %(name)s until %(until)s. What waits for them has left your list.")
    else:
        subject = _("You do not act for a colleague after all")
        body = _("You do not act for %(name)s: they are not away on the days that were announced.")
    return subject, body % told


def _written(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")
