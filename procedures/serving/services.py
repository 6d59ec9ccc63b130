"""Notify a decision with proof, and keep the register of documents that left an office on paper."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.access import acts_as_applicant, is_interested
from procedures.cases.models import Case, Decision
from procedures.cases.states import State
from procedures.documents.models import Document
from procedures.offices.models import Office
from procedures.refusal import Refusal
from procedures.serving.models import DecisionLink, HandedOver, Notification
from procedures.serving.selectors import decision_behind, offices_that_hand_over

LINK_DAYS = 90  # an assumption: long enough for an appeal of any length known here


def note_opened(*, case: Case, by: Any) -> None:
    """Whoever acts as the applicant has the page of the case before them: what was decided is notified, once.

    While its document is still being made there is nothing to read, and nothing is notified.
    """
    if case.state == State.ISSUING or not acts_as_applicant(by, case):
        return
    waiting = case.decisions.filter(effective_at__isnull=False, sent_back_at=None, notification=None)
    for decision in waiting.order_by("pk"):
        _notify(decision, Notification.Way.ACCOUNT, by=by)


def give_link(*, document: Document, person: Any) -> str:
    """A secret by which this person reads the document without logging in; it is kept nowhere, and given once."""
    secret, now = secrets.token_urlsafe(32), timezone.now()
    DecisionLink.objects.create(
        document=document,
        person=person,
        secret_digest=_digest(secret),
        made_at=now,
        good_until=now + timedelta(days=LINK_DAYS),
    )
    return secret


def link_of(secret: str) -> DecisionLink | None:
    """The link of this secret, while it opens something."""
    found = DecisionLink.objects.filter(
        secret_digest=_digest(secret), good_until__gt=timezone.now(), document__state=Document.State.ISSUED
    )
    return found.select_related("document__case", "person").first()


@transaction.atomic
def fetch_by_link(*, link: DecisionLink) -> Document:
    """The document, taken by the link: from now on its decision is notified. Each fetch is on record."""
    document = link.document
    append(action="document.fetched", subject=document, actor=None, data={"link": link.pk})
    decision = decision_behind(document)
    if decision is not None:
        _notify(decision, Notification.Way.LINK, by=link.person, told={"link": link.pk})
    return document


@transaction.atomic
def hand_over(
    *,
    document: Document,
    by: Any,
    office: Office,
    way: str,
    on: date,
    to_name: str,
    capacity: str = "",
    proof: str = "",
    tracking_number: str = "",
) -> HandedOver:
    """Note in the register of `office` that a document on paper was collected on a day, or posted.

    What is collected notifies its decision on that day, unless it was notified before; what is posted proves nothing
    yet. The caller has asked whether the officer may open the document. Raises Refusal.
    """
    held = Document.objects.select_for_update(of=("self",)).select_related("case").get(pk=document.pk)
    _refuse_officer(held, by, office)
    _refuse_words(held, way, on, to_name, capacity, proof, tracking_number)
    collected = way == HandedOver.Way.DESK
    line = HandedOver.objects.create(
        document=held,
        way=HandedOver.Way(way),
        on=on,
        to_name=to_name.strip(),
        capacity=capacity if collected else "",
        proof=proof if collected else "",
        tracking_number="" if collected else tracking_number.strip(),
        office=office,
        officer=by,
        noted_at=timezone.now(),
    )
    told = {"line": line.pk, "way": line.way, "on": on.isoformat(), "office": office.code}
    told |= {"capacity": line.capacity, "proof": line.proof} if collected else {}
    append(action="document.handed_over", subject=held, actor=by, data=told)
    decision = decision_behind(held)
    if collected and decision is not None:
        _notify(decision, Notification.Way.PAPER, by=by, on=on, line=line)
    return line


def _notify(
    decision: Decision,
    way: Notification.Way,
    *,
    by: Any,
    on: date | None = None,
    line: HandedOver | None = None,
    told: dict[str, Any] | None = None,
) -> Notification | None:
    """Keep the first proof and no later one; None where there was one already.

    Whoever reads a page twice at once, or two people of one organisation, meet on the one row a decision may have.
    """
    if Notification.objects.filter(decision=decision).exists():
        return None
    day = on or timezone.localdate()
    try:
        with transaction.atomic():
            notification = Notification(decision=decision, way=way, on=day, noted_at=timezone.now(), entry=0)
            notification.person = None if line else by
            notification.handed_over = line
            notification.save(force_insert=True)
            data = {"decision": decision.pk, "way": str(way), "on": day.isoformat()} | (told or {})
            data |= {"line": line.pk} if line else {}
            by_link = way == Notification.Way.LINK
            entry = append(action="case.notified", subject=decision.case, actor=None if by_link else by, data=data)
            notification.entry = entry.seq
            notification.save(update_fields=["entry"])
    except IntegrityError:
        return None
    return notification


def _refuse_officer(document: Document, by: Any, office: Office) -> None:
    if office.pk not in {each.pk for each in offices_that_hand_over(by)}:
        raise Refusal(_("You note what you hand over for an office in which you serve today."))
    if document.case is not None and is_interested(by, document.case):
        raise Refusal(_("This document is your own: a colleague hands it over to you."))
    if document.state != Document.State.ISSUED:
        raise Refusal(_("This document has not been issued yet."))


def _refuse_words(
    document: Document, way: str, on: date, to_name: str, capacity: str, proof: str, tracking_number: str
) -> None:
    if way not in HandedOver.Way.values:
        raise Refusal(_("Say how it left the office."), "way")
    if not document.issued_on <= on <= timezone.localdate():
        raise Refusal(_("The day lies between the issue of the document and today."), "on")
    if not to_name.strip():
        raise Refusal(_("Write the name of whoever received it, or to whom it was sent."), "to_name")
    if way == HandedOver.Way.POST:
        if not tracking_number.strip():
            raise Refusal(_("Write the tracking number of the letter."), "tracking_number")
        return
    if capacity not in HandedOver.Capacity.values:
        raise Refusal(_("Say in which capacity this person received it."), "capacity")
    if proof not in HandedOver.Proof.values:
        raise Refusal(_("Say by which paper you knew who it was."), "proof")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
