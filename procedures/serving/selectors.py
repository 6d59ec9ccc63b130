"""Read when a decision was notified, and what an office handed over."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from procedures.cases.models import Case, Decision
from procedures.documents.models import Document
from procedures.offices.models import Office, Role
from procedures.offices.selectors import memberships_of
from procedures.serving.models import HandedOver, Notification

MAY_HAND_OVER = frozenset(
    {
        Role.DESK_OFFICER,
        Role.CENTRAL_OFFICER,
        Role.REGIONAL_DIRECTOR,
        Role.COMMISSION_SECRETARY,
        Role.MINISTER_DELEGATE,
    }
)
MAY_READ = MAY_HAND_OVER | {Role.AUDITOR}


def notification_of(decision: Decision) -> Notification | None:
    """The notification that counts: the first."""
    return Notification.objects.filter(decision=decision).select_related("person", "handed_over__officer").first()


def last_effective(case: Case) -> Decision | None:
    """The decision that stands and took effect last; one that was sent back or annulled does not stand."""
    return case.decisions.filter(sent_back_at=None, effective_at__isnull=False).order_by("effective_at", "pk").last()


def decision_behind(document: Document) -> Decision | None:
    """The decision that a document brings; a receipt, a list or minutes bring none."""
    if document.case_id is None or document.output == "receipt":
        return None
    given = Decision.objects.filter(case=document.case_id, effective_at__lte=document.prepared_at)
    return given.order_by("effective_at", "pk").last()


def offices_that_hand_over(person: Any) -> list[Office]:
    """Where a person serves today in a role that hands documents over."""
    held = memberships_of(person)
    return list({each.office_id: each.office for each in held if each.role in MAY_HAND_OVER}.values())


def register_for(person: Any) -> QuerySet[HandedOver]:
    """Lines of the offices in which a person serves today; an auditor reads those of every office."""
    held = list(memberships_of(person))
    lines = HandedOver.objects.select_related("document", "office", "officer")
    if any(each.role == Role.AUDITOR for each in held):
        return lines
    return lines.filter(office__in=[each.office_id for each in held if each.role in MAY_HAND_OVER])


def offices_in(lines: QuerySet[HandedOver]) -> list[Office]:
    return list(Office.objects.filter(pk__in=lines.order_by().values("office")))


def narrowed(
    lines: QuerySet[HandedOver],
    *,
    office: str = "",
    way: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[HandedOver]:
    """Lines of an office (its code), of one way, between two days, both counted."""
    wanted = {"office__code": office, "way": way, "on__gte": since, "on__lte": until}
    return lines.filter(**{name: value for name, value in wanted.items() if value})


def handed_over(documents: Iterable[Document]) -> QuerySet[HandedOver]:
    """Lines about these documents, the latest first."""
    return HandedOver.objects.filter(document__in=list(documents)).select_related("document", "office", "officer")
