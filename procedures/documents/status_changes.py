"""Suspend, revoke or restore a document: one person asks, another decides, both are audited."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.audit import services as audit
from procedures.cases.access import is_interested
from procedures.documents.models import Document, StatusPeriod, StatusProposal
from procedures.documents.selectors import open_proposal, period_of
from procedures.events import announce
from procedures.offices.models import Role
from procedures.offices.selectors import roles_of
from procedures.refusal import Refusal

MAY_PROPOSE = frozenset({Role.CENTRAL_OFFICER, Role.REGIONAL_DIRECTOR, Role.MINISTER_DELEGATE, Role.ADMINISTRATOR})
MAY_DECIDE = frozenset({Role.MINISTER_DELEGATE, Role.ADMINISTRATOR})
CHANGES = {
    "suspend": StatusPeriod.Status.SUSPENDED,
    "revoke": StatusPeriod.Status.REVOKED,
    "restore": None,
}
REASONS = {  # public: the verification page says them
    "error": gettext_lazy("It was issued by mistake."),
    "false_paper": gettext_lazy("A paper on which it rests turned out to be false."),
    "court": gettext_lazy("A court or a higher authority decided so."),
    "inquiry": gettext_lazy("An inquiry is under way."),
    "settled": gettext_lazy("The inquiry is closed."),
    "replaced": gettext_lazy("Another document takes its place."),
}


class StatusRefused(Exception):
    """The change is not open to this person or to this document; the message says why."""


def propose_status_change(*, document: Document, change: str, reason: str, note: str, by: Any) -> StatusProposal:
    """Ask for a change; nothing changes until another person approves it."""
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        _check_role(by, MAY_PROPOSE)
        _check_not_own(held, by)
        _check_change(held, change, reason)
        if open_proposal(held):
            raise StatusRefused(_("A change of this document already waits for a decision."))
        proposal = StatusProposal.objects.create(
            document=held, change=change, reason=reason, note=note, proposed_by=by, proposed_at=timezone.now()
        )
        audit.append(action="document.change_proposed", subject=held, actor=by, data=_facts(proposal))
    return proposal


def decide_status_change(*, proposal: StatusProposal, approve: bool, by: Any) -> StatusProposal:
    """Approve or decline what another person asked."""
    with transaction.atomic():
        held = StatusProposal.objects.select_for_update().select_related("document").get(pk=proposal.pk)
        _check_role(by, MAY_DECIDE)
        _check_not_own(held.document, by)
        if held.decided_at is not None:
            raise StatusRefused(_("This change has been decided already."))
        if held.proposed_by_id == by.pk:
            raise StatusRefused(_("Another person must decide: you asked for this change yourself."))
        held.decided_by, held.decided_at, held.approved = by, timezone.now(), approve
        held.save(update_fields=["decided_by", "decided_at", "approved"])
        action = "document.change_approved" if approve else "document.change_declined"
        if approve:
            _check_change(held.document, held.change, held.reason)
            _apply(held)
        audit.append(action=action, subject=held.document, actor=by, data=_facts(held))
    return held


def revoke_by_decision(*, code: str, reason: str, case_id: int) -> Document:
    """Revoke a document inside the transaction of the decision that says so: four eyes stand behind that decision.

    Raises Refusal for an unknown code or reason, or a document that is revoked or replaced.
    """
    with transaction.atomic():
        held = Document.objects.select_for_update().filter(public_id=code).first()
        if held is None or reason not in REASONS:
            raise Refusal(_("Choose a change and a reason from the lists."))
        try:
            _check_change(held, "revoke", reason)
        except StatusRefused as refused:
            raise Refusal(str(refused)) from None
        now = timezone.now()
        held.periods.filter(status=StatusPeriod.Status.SUSPENDED, until__isnull=True).update(until=now)
        StatusPeriod.objects.create(document=held, status=StatusPeriod.Status.REVOKED, since=now, reason=reason)
        audit.append(action="document.revoked", subject=held, actor=None, data={"reason": reason, "case": case_id})
        announce("document_revoked", key=f"{held.pk}:case:{case_id}", document_id=held.pk)
    return held


def replace_first(duplicate: Document) -> bool:
    """A duplicate takes the place of the document it repeats, inside the transaction that issues it.

    False where that one was revoked or replaced meanwhile: the duplicate may not be given.
    """
    code = duplicate.content.get("duplicate", {}).get("first", "")
    first = Document.objects.select_for_update().filter(public_id=code).first() if code else None
    if first is None:
        return True
    now = timezone.now()
    if (period := period_of(first, now)) and period.status != StatusPeriod.Status.SUSPENDED:
        return False
    first.periods.filter(status=StatusPeriod.Status.SUSPENDED, until__isnull=True).update(until=now)
    StatusPeriod.objects.create(
        document=first, status=StatusPeriod.Status.REPLACED, since=now, reason="replaced", replaced_by=duplicate
    )
    audit.append(action="document.replaced", subject=first, actor=None, data={"by": duplicate.public_id})
    return True


def annul_documents(*, case: Any, decision: Any) -> None:
    """Revoke what a decision issued that an appeal annulled, inside the transaction that annuls it."""
    now = timezone.now()
    given = Document.objects.filter(case=case, prepared_at__gte=decision.effective_at).exclude(output="receipt")
    for document in given:
        if (period := period_of(document, now)) and period.status == StatusPeriod.Status.REVOKED:
            continue
        document.periods.filter(status=StatusPeriod.Status.SUSPENDED, until__isnull=True).update(until=now)
        StatusPeriod.objects.create(document=document, status=StatusPeriod.Status.REVOKED, since=now, reason="court")
        audit.append(action="document.annulled", subject=document, actor=None, data={"decision": decision.pk})
        announce("document_revoked", key=f"{document.pk}:annulled", document_id=document.pk)


def _apply(proposal: StatusProposal) -> None:
    """Close what runs, open what follows; who listens hears of a revocation."""
    now, document = timezone.now(), proposal.document
    document.periods.filter(status=StatusPeriod.Status.SUSPENDED, until__isnull=True).update(until=now)
    status = CHANGES[proposal.change]
    if status is not None:
        StatusPeriod.objects.create(document=document, status=status, since=now, reason=proposal.reason)
    if status == StatusPeriod.Status.REVOKED:
        announce("document_revoked", key=f"{document.pk}:{proposal.pk}", document_id=document.pk)


def _check_role(by: Any, roles: frozenset[Role]) -> None:
    if not roles & roles_of(by):
        raise StatusRefused(_("Your role does not allow this."))


def _check_not_own(document: Document, by: Any) -> None:
    if document.case is not None and is_interested(by, document.case):
        raise StatusRefused(_("This document is your own: colleagues ask and decide."))


def _check_change(document: Document, change: str, reason: str) -> None:
    if change not in CHANGES or reason not in REASONS:
        raise StatusRefused(_("Choose a change and a reason from the lists."))
    if document.state != Document.State.ISSUED:
        raise StatusRefused(_("This document has not been issued yet."))
    period = period_of(document)
    now = period.status if period else ""
    if now in (StatusPeriod.Status.REVOKED, StatusPeriod.Status.REPLACED):
        raise StatusRefused(_("This document is revoked or replaced: that is final."))
    if change == "restore" and now != StatusPeriod.Status.SUSPENDED:
        raise StatusRefused(_("Only a suspended document can be restored."))
    if change == "suspend" and now == StatusPeriod.Status.SUSPENDED:
        raise StatusRefused(_("This document is suspended already."))


def _facts(proposal: StatusProposal) -> dict[str, Any]:
    return {"proposal": proposal.pk, "change": proposal.change, "reason": proposal.reason}
