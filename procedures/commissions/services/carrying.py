"""Send the opinion of a signed session to its case: one transaction a case, once, whatever dies in between."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from procedures.audit.services import append
from procedures.cases.errors import IllegalMove, StaleCase
from procedures.cases.services import record_opinion_of_commission
from procedures.commissions.models import Item, Session
from procedures.commissions.selectors import is_secretary, present_voters
from procedures.jobs import services as jobs
from procedures.refusal import Refusal


@transaction.atomic
def carry_opinion(*, item_id: int, by: Any = None) -> Item:
    """Record the opinion on its case, in the name of who closed the minutes (or of `by`). Once, however often.

    A case that has changed since its vote was opened is not moved: it lapses here, and waits in the queue again.
    """
    item: Item = Item.objects.select_for_update().get(pk=item_id)
    if item.state != Item.State.ADOPTED:
        return item
    session, case = item.session, item.case
    if session.state != Session.State.SIGNED:
        raise Refusal(_("The minutes of this session are not signed."))
    try:
        with transaction.atomic():
            record_opinion_of_commission(
                case=case,
                by=by or session.closed_by,
                version=item.case_version if item.case_version is not None else -1,
                held_on=timezone.localdate(session.opened_at),
                members=[str(each.seat.person) for each in present_voters(session)],
                opinion=item.opinion,
                note=_note(item, case.language),
                answers=item.answers,
            )
    except (StaleCase, IllegalMove):
        item.state = Item.State.LAPSED
        append(action="commission.lapse", subject=item, data={"case": case.pk})
    else:
        item.state, item.carried_at = Item.State.CARRIED, timezone.now()
        append(action="commission.carry", subject=item, actor=by or session.closed_by, data={"case": case.pk})
    item.save(update_fields=["state", "carried_at"])
    return item


def carry_again(*, session: Session, by: Any) -> int:
    """Send on what could not be sent in the name of who closed the minutes, in one's own; how many were promised."""
    with transaction.atomic():
        held = Session.objects.select_for_update().get(pk=session.pk)
        if held.state != Session.State.SIGNED or not is_secretary(by, held.commission):
            raise Refusal(_("Once the minutes are signed, a secretary of the commission sends the opinions on."))
        left = list(held.items.filter(state=Item.State.ADOPTED))
        for item in left:
            payload = {"item_id": item.pk, "by": by.pk}
            jobs.add(kind="commissions.carry", key=f"carry:{item.pk}:{by.pk}", payload=payload)
        append(action="commission.carry_again", subject=held, actor=by, data={"items": [item.pk for item in left]})
    return len(left)


def _note(item: Item, language: str) -> str:
    """What the commission wrote, as officers read it beside the opinion."""
    with override(language):
        lines = [
            (_("Conditions: %(text)s"), item.conditions),
            (_("Why otherwise than in the precedents: %(text)s"), item.explanation),
            (_("Minutes %(text)s"), item.session.reference),
        ]
        return "\n".join(words % {"text": text} for words, text in lines if text)
