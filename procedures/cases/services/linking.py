"""One case leads to another: a procedure offered by a decision and filed later, or two cases put together."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from procedures.cases.models import Case, CaseLink, Decision
from procedures.definition import Kind, Procedure
from procedures.registry import procedures
from procedures.rules import Situation


def link_cases(*, case: Case, to: Case, kind: str, by: Any = None) -> CaseLink:
    """Note that one case leads to another, once a kind: for an appeal, `case` is the contested one and `to` the appeal.

    Those who decided a contested case may not act on the appeal.
    """
    with transaction.atomic():
        link, made = CaseLink.objects.get_or_create(
            case=case, to=to, kind=CaseLink.Kind(kind), defaults={"procedure": to.procedure, "at": timezone.now()}
        )
        if made:
            append(action="case.link", subject=case, actor=by, data={"to": to.pk, "kind": str(kind)})
    return link


def offer_procedures(case: Case, decision: Decision, procedure: Procedure, situation: Situation) -> list[str]:
    """Offer what a decision opens; a condition that is unknown offers too, because a person then looks at it."""
    kind = CaseLink.Kind.REFERRED if decision.kind == Kind.REFER else CaseLink.Kind.OFFERED
    offered = [
        opened.procedure
        for opened in procedure.opens
        if decision.kind in opened.on and situation.holds(opened.when) is not False
    ]
    CaseLink.objects.bulk_create(
        CaseLink(case=case, kind=kind, procedure=code, at=decision.effective_at or timezone.now()) for code in offered
    )
    return offered


def take_offer(case: Case) -> CaseLink | None:
    """A case that is filed takes up the oldest offer of its procedure that was made to the same side."""
    if not any(opened.procedure == case.procedure for each in procedures().values() for opened in each.opens):
        return None
    mine: dict[str, Any] = {"case__organisation": case.organisation}
    if not case.organisation:
        mine["case__applicant"] = case.applicant_id
    offer = (
        CaseLink.objects.select_for_update(of=("self",))
        .filter(to=None, procedure=case.procedure, **mine)
        .order_by("pk")
        .first()
    )
    if offer is None:
        return None
    offer.to, offer.taken_at = case, timezone.now()
    offer.save(update_fields=["to", "taken_at"])
    append(action="case.link", subject=offer.case, actor=None, data={"to": case.pk, "kind": str(offer.kind)})
    return offer
