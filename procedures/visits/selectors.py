"""Read visits: what is planned where and when, what was found, and which checklists are offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from procedures.cases.models import Case
from procedures.offices.models import Membership, Office, Role
from procedures.offices.selectors import in_force
from procedures.representation import readable_by
from procedures.visits.models import Checklist, Edition, Photograph, Visit

PLANNERS = (Role.INSPECTOR, Role.REGIONAL_DIRECTOR, Role.CENTRAL_OFFICER)


@dataclass(frozen=True)
class FoundWrong:
    """A finding as effects of a decision hand it to a register."""

    code: str
    severity: str
    note: str
    due_on: date | None


def visits_seen_by(user: Any) -> QuerySet[Visit]:
    """Visits of the offices in which a person inspects or directs today; an auditor sees all."""
    held = Membership.objects.filter(in_force(), person=user)
    seen = Visit.objects.select_related("case", "office", "lead", "second").exclude(case__applicant=user)
    seen = seen.exclude(case__organisation__in=readable_by(user))
    if held.filter(role=Role.AUDITOR).exists():
        return seen
    return seen.filter(office__in=held.filter(role__in=PLANNERS).values("office"))


def planned(
    user: Any, *, since: date, until: date | None = None, office: Office | None = None, mine: bool = False
) -> QuerySet[Visit]:
    """Visits planned from a day on that are still to be made or closed, by day and office."""
    found = visits_seen_by(user).exclude(state__in=(Visit.State.CALLED_OFF, Visit.State.CLOSED))
    found = found.filter(planned_on__gte=since)
    if until is not None:
        found = found.filter(planned_on__lte=until)
    if office is not None:
        found = found.filter(office=office)
    if mine:
        found = found.filter(lead=user) | found.filter(second=user)
    return found.order_by("planned_on", "office__code", "pk")


def visit_of(case: Case) -> Visit | None:
    """The visit that counts for a case: the last that was not called off."""
    return Visit.objects.filter(case=case).exclude(state=Visit.State.CALLED_OFF).order_by("pk").last()


def closed_visits(case: Case) -> QuerySet[Visit]:
    """Visits of a case whose reports stand, with their findings."""
    made = Visit.objects.filter(case=case, state=Visit.State.CLOSED).select_related("edition", "lead", "second")
    return made.prefetch_related("findings", "edition__items").order_by("pk")


@dataclass(frozen=True)
class MadeVisit:
    """A visit whose report stands, as a decision hands it to a register."""

    planned_on: date
    visited_on: date
    lead: Any
    findings: tuple[FoundWrong, ...]


def visits_made(case_id: int) -> tuple[MadeVisit, ...]:
    """The closed visits of a case with what each found."""
    made = Visit.objects.filter(case=case_id, state=Visit.State.CLOSED).select_related("lead")
    return tuple(
        MadeVisit(
            one.planned_on,
            one.visited_on or one.planned_on,
            one.lead,
            tuple(FoundWrong(each.code, each.severity, each.note, each.due_on) for each in one.findings.all()),
        )
        for one in made.prefetch_related("findings").order_by("pk")
    )


def photographs_of(visit: Visit) -> QuerySet[Photograph]:
    return visit.photographs.select_related("upload", "by")


def offered_checklists() -> QuerySet[Checklist]:
    """Those with a published edition that are still used."""
    published = Edition.objects.filter(checklist=OuterRef("pk"), published_at__isnull=False)
    return Checklist.objects.filter(Exists(published), is_offered=True)


def latest_edition(checklist: Checklist) -> Edition | None:
    """What a visit that begins today is made with."""
    return checklist.editions.filter(published_at__isnull=False).order_by("number").last()


def draft_edition(checklist: Checklist) -> Edition | None:
    """The edition that administrators are preparing."""
    return checklist.editions.filter(published_at=None).order_by("number").last()
