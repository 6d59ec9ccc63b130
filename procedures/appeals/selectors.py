"""What can be done against a decision: until when, why then, whether it was done, and why not where it cannot be."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procedures.appeals.models import Contest
from procedures.calendar.services import day_after
from procedures.cases.models import Case, CaseLink, Decision
from procedures.cases.situations import procedure_of
from procedures.definition import Appeal, Procedure
from procedures.definition.procedure import CONTESTED
from procedures.registry import UnknownProcedure, procedures
from procedures.serving.models import Notification
from procedures.serving.selectors import last_effective, notification_of


@dataclass(frozen=True)
class Remedy:
    """How the last decision of a case may be contested, as it stands on a day.

    `until` is the last day to appeal, None while the decision is not notified: then no time runs. `filed` is the
    appeal that was filed against it.
    """

    decision: Decision
    terms: Appeal
    notification: Notification | None
    until: date | None
    filed: Case | None
    on: date

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.on > self.until

    @property
    def is_open(self) -> bool:
        return self.filed is None and not self.is_over and self.terms.procedure in procedures()

    @property
    def why_not(self) -> str:
        """Why no appeal can be filed, and what can still be done; empty where one can."""
        if self.filed is not None:
            return _("This decision is contested already, by appeal %(number)s.") % {"number": self.filed.number}
        if self.until is not None and self.is_over:
            return _(
                "The time to appeal ended on %(until)s. You can still file a new application that mends the reasons "
                "of the refusal; the administration may also correct a mistake of its own that you write to it about."
            ) % {"until": date_format(self.until, "DATE_FORMAT")}
        if self.terms.procedure not in procedures():
            return _("Appeals are not taken on this portal yet. Bring yours to the administration on paper.")
        return ""


def remedy_of(case: Case, *, on: date | None = None) -> Remedy | None:
    """None where the case has no decision that can be contested, or its procedure is not loaded any more."""
    if not case.outcome:
        return None
    try:
        terms = procedure_of(case).appeal
    except UnknownProcedure:
        return None
    decision = last_effective(case)
    if terms is None or decision is None or decision.kind not in terms.on:
        return None
    notification = notification_of(decision)
    return Remedy(
        decision,
        terms,
        notification,
        day_after(notification.on, terms.within) if notification else None,
        _filed(case, decision),
        on or timezone.localdate(),
    )


def contested_by(draft_id: UUID) -> Contest | None:
    return Contest.objects.select_related("decision__case").filter(draft_id=draft_id).first()


def engine_of(draft_id: UUID, procedure: Procedure) -> dict[str, Any]:
    """What the engine knows of a draft by address: of an appeal, the number of the case whose decision it contests."""
    contest = contested_by(draft_id) if procedure.contests else None
    return {CONTESTED: contest.decision.case.number} if contest else {}


def last_day_to_appeal(number: str) -> date:
    """The last day to contest the decision of a case; LookupError while no time runs, or nothing can be contested."""
    case = Case.objects.filter(number=number).first()
    remedy = remedy_of(case) if case else None
    if remedy is None or remedy.until is None:
        raise LookupError(number)
    return remedy.until


def _filed(case: Case, decision: Decision) -> Case | None:
    drafts = Contest.objects.filter(decision=decision).values("draft_id")
    link = CaseLink.objects.filter(case=case, kind=CaseLink.Kind.APPEAL, to__draft_id__in=drafts).select_related("to")
    found = link.exclude(to__state="withdrawn").last()
    return found.to if found else None
