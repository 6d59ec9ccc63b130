"""Who plans a visit, who makes it, and the door through which staff reach one."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from procedures.cases.access import case_for_staff, is_interested
from procedures.cases.models import Case, StageRecord
from procedures.cases.selectors import open_stage, visible_to
from procedures.cases.states import State
from procedures.offices.models import Role
from procedures.offices.selectors import people_in, serves
from procedures.visits.models import Visit


def visit_for_staff(user: Any, public_id: UUID, *, reading: bool = True) -> Visit:
    """A visit whose case this member of staff may open; the reading goes on record. Raises Http404 for any other.

    `reading` is left out where something is brought and nothing shown: the act itself is on record then.
    Whoever is behind the case never sees it here, whatever they serve as: a visit may come without notice.
    """
    related = ("case__snapshot", "office", "lead", "second", "checklist", "edition", "record__office")
    visit = Visit.objects.select_related(*related).filter(public_id=public_id).first()
    if visit is None or is_interested(user, visit.case):
        raise Http404
    if not reading:
        get_object_or_404(visible_to(user), pk=visit.case_id)
    else:
        case_for_staff(user, visit.case.public_id)
    return visit


def record_to_visit(case: Case) -> StageRecord | None:
    """The passage through a visit's stage in which a case stands now, and does not wait for its applicant."""
    return open_stage(case) if case.state == State.VISIT else None


def may_plan(user: Any, case: Case, record: StageRecord) -> bool:
    """An inspector of the office where the case stands, or its director; never whoever is behind the case."""
    allowed = serves(user, record.office, record.role) or serves(user, record.office, Role.REGIONAL_DIRECTOR)
    return allowed and not is_interested(user, case)


def inspectors_for(case: Case, record: StageRecord) -> list[Any]:
    """Who may make the visit."""
    return [person for person in people_in(record.office, record.role) if not is_interested(person, case)]


def may_change_plan(user: Any, visit: Visit) -> bool:
    return visit.state == Visit.State.PLANNED and may_plan(user, visit.case, visit.record)


def makes_it(user: Any, visit: Visit) -> bool:
    """Whether this is one of the inspectors of the visit, who still serves where it belongs."""
    named = user.pk in (visit.lead_id, visit.second_id)
    return named and serves(user, visit.record.office, visit.record.role)


def may_close(user: Any, visit: Visit) -> bool:
    """With two inspectors, the one who did not write the report confirms it."""
    if visit.state != Visit.State.REPORTED or not makes_it(user, visit):
        return False
    return visit.second_id is None or user.pk != visit.reported_by_id
