"""Give a mandate, accept it, end it, and begin a draft under it; each on record."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.mandates.models import Errand, Mandate
from procedures.mandates.selectors import is_in_force
from procedures.refusal import Refusal
from procedures.registry import procedures

LONGEST = timedelta(days=366)  # an assumption: no text is known that says how long such a mandate may hold
MOST_OPEN = 10  # a person's own, at once
MOST_A_DAY = 20  # ended ones too: each sends a message to an address that may not want it


@transaction.atomic
def give_mandate(*, principal: Any, email: str, until: date, procedure: str = "") -> Mandate:
    """Let whoever has this address act for `principal`, once they accept; `until` is the last day.

    Raises Refusal: one's own address, a day that is past or too far, a procedure that is not there, too many.
    """
    today, address = timezone.localdate(), email.strip().lower()
    get_user_model().objects.select_for_update().get(pk=principal.pk)
    if address == (principal.email or ""):
        raise Refusal(_("This is your own address. Enter that of the person who acts for you."), "email")
    if not today <= until <= today + LONGEST:
        raise Refusal(_("The last day must lie between today and one year from now."), "until")
    if procedure and procedure not in procedures():
        raise Refusal(_("Choose a service of the list."), "procedure")
    open_now = Mandate.objects.filter(principal=principal, ended_at=None, until__gte=today)
    if open_now.count() >= MOST_OPEN:
        raise Refusal(_("You gave as many mandates as one person may. End one first."))
    since = timezone.now() - timedelta(days=1)
    if Mandate.objects.filter(principal=principal, given_at__gt=since).count() >= MOST_A_DAY:
        raise Refusal(_("You gave many mandates today. Give the next one tomorrow."))
    mandate = Mandate.objects.create(
        principal=principal, email=address, procedure=procedure, until=until, given_at=timezone.now()
    )
    append(action="mandate.give", subject=about(mandate), actor=principal, data={"until": until.isoformat()})
    return mandate


@transaction.atomic
def accept_mandate(*, mandate: Mandate, by: Any) -> Mandate:
    """The proxy accepts; raises Refusal where it was not offered to this account, or is over."""
    held = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if held.email != (by.email or "") or held.principal_id == by.pk:
        raise Refusal(_("This mandate was not offered to you."))
    if held.ended_at or held.until < timezone.localdate():
        raise Refusal(_("This mandate is over."))
    if held.accepted_at is None:
        held.proxy, held.accepted_at = by, timezone.now()
        held.save(update_fields=("proxy", "accepted_at"))
        append(action="mandate.accept", subject=about(held), actor=by)
    return held


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: Any) -> Mandate:
    """Either of the two ends it, or who was asked declines it; from then on the proxy sees and does nothing more."""
    held = Mandate.objects.select_for_update().get(pk=mandate.pk)
    asked = held.accepted_at is None and held.email == (by.email or "")
    if by.pk not in (held.principal_id, held.proxy_id) and not asked:
        raise Refusal(_("Only the two people of a mandate end it."))
    if held.ended_at is None:
        held.ended_at, held.ended_by = timezone.now(), by
        held.save(update_fields=("ended_at", "ended_by"))
        append(action="mandate.end", subject=about(held), actor=by)
    return held


@transaction.atomic
def begin_errand(*, draft_id: UUID, procedure: str, mandate: Mandate, by: Any) -> Errand:
    """Note that a proxy begins this draft; raises Refusal where the mandate does not hold for it today."""
    held = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if held.proxy_id != by.pk or not is_in_force(held) or held.procedure not in ("", procedure):
        raise Refusal(_("Your mandate does not hold for this service today."))
    errand = Errand.objects.create(draft_id=draft_id, mandate=held, begun_at=timezone.now())
    append(action="mandate.begin", subject=about(held), actor=by, data={"draft": str(draft_id)})
    return errand


def about(mandate: Mandate) -> tuple[str, str]:
    """How the audit chain names a mandate."""
    return ("mandate", str(mandate.pk))
