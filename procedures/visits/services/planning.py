"""Plan a visit, change the plan with its reason, call it off; the applicant hears of announced visits only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.errors import NotAllowed, Refused
from procedures.cases.models import Case
from procedures.cases.officers_answers import demand
from procedures.cases.services.moving import disclose
from procedures.events import announce
from procedures.visits import access
from procedures.visits.models import Change, Checklist, Visit
from procedures.visits.selectors import offered_checklists
from procedures.visits.services.holding import held_visit


@transaction.atomic
def plan_visit(
    *,
    case: Case,
    by: Any,
    checklist: Checklist,
    planned_on: date,
    lead: Any,
    second: Any = None,
    announced: bool,
    place_name: str,
    place_address: str,
) -> Visit:
    """Plan the visit that a case waits for. Raises NotAllowed where it waits for none or has one, Refused by field."""
    held = Case.objects.select_for_update().get(pk=case.pk)
    record = access.record_to_visit(held)
    if record is None:
        raise NotAllowed(_("This case does not wait for a visit now."))
    if not access.may_plan(by, held, record):
        raise NotAllowed(_("An inspector of this office or its director plans the visit."))
    if Visit.objects.filter(record=record).exclude(state=Visit.State.CALLED_OFF).exists():
        raise NotAllowed(_("A visit is planned already. Change its plan instead."))
    faults = _faults(planned_on, lead, second, access.inspectors_for(held, record))
    if not offered_checklists().filter(pk=checklist.pk).exists():
        faults["checklist"] = [_("Choose a list that is offered.")]
    for name, text in (("place_name", place_name), ("place_address", place_address)):
        if not text.strip():
            faults[name] = [_("Write where the inspectors go.")]
    if faults:
        raise Refused(faults)
    if announced:
        disclose(held, timezone.now())
        held.save(update_fields=["disclosed_at"])
    visit = Visit.objects.create(
        case=held,
        record=record,
        office=record.office,
        checklist=checklist,
        planned_on=planned_on,
        announced=announced,
        place_name=place_name.strip(),
        place_address=place_address.strip(),
        lead=lead,
        second=second,
        planned_by=by,
        planned_at=timezone.now(),
    )
    _tell(visit)
    _record("visit.plan", visit, by)
    return visit


@transaction.atomic
def reschedule_visit(
    *, visit: Visit, by: Any, version: int, planned_on: date, lead: Any, second: Any = None, reason: str
) -> Visit:
    """Give a planned visit another day or other inspectors. Raises NotAllowed once it has begun, Refused by field."""
    held = held_visit(visit, version=version)
    if not access.may_change_plan(by, held):
        raise NotAllowed(_("Only a visit that has not begun gets another plan, from an inspector or the director."))
    demand(reason=reason)
    if faults := _faults(planned_on, lead, second, access.inspectors_for(held.case, held.record)):
        raise Refused(faults)
    was, moved = held.planned_on, held.planned_on != planned_on
    Change.objects.create(visit=held, was_on=was, now_on=planned_on, reason=reason.strip(), by=by, at=timezone.now())
    held.planned_on, held.lead, held.second = planned_on, lead, second
    held.version += 1
    held.save(update_fields=["planned_on", "lead", "second", "version"])
    if moved:
        _tell(held)
    _record("visit.reschedule", held, by, was_on=was.isoformat())
    return held


@transaction.atomic
def call_off_visit(*, visit: Visit, by: Any, version: int, reason: str) -> Visit:
    """Give a planned visit up; another may be planned."""
    held = held_visit(visit, version=version)
    if not access.may_change_plan(by, held):
        raise NotAllowed(_("Only a visit that has not begun is called off, by an inspector or the director."))
    demand(reason=reason)
    Change.objects.create(visit=held, was_on=held.planned_on, reason=reason.strip(), by=by, at=timezone.now())
    held.state = Visit.State.CALLED_OFF
    held.version += 1
    held.save(update_fields=["state", "version"])
    _tell(held)
    _record("visit.call_off", held, by)
    return held


def _faults(planned_on: date, lead: Any, second: Any, inspectors: list[Any]) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if planned_on < timezone.localdate():
        faults["planned_on"] = [_("This day has passed. Give today or a later day.")]
    if lead not in inspectors:
        faults["lead"] = [_("Choose an inspector of this office.")]
    if second is not None and (second not in inspectors or second == lead):
        faults["second"] = [_("Choose another inspector of this office, or nobody.")]
    return faults


def _tell(visit: Visit) -> None:
    """What comes without notice is told to nobody outside."""
    if visit.announced:
        key = f"{visit.pk}:{visit.changes.count()}"
        announce("visit_planned", key=key, case_id=visit.case_id, visit_id=visit.pk)


def _record(action: str, visit: Visit, by: Any, **more: Any) -> None:
    told = {"case": visit.case_id, "planned_on": visit.planned_on.isoformat(), "announced": visit.announced}
    told |= {"inspectors": [person.pk for person in visit.inspectors]}
    append(action=action, subject=visit, actor=by, data=told | more)
