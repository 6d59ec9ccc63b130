"""From what was seen to the report: findings with remedy and day, the second inspector's confirmation, the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.audit.services import append
from procedures.cases import services as cases
from procedures.cases.errors import NotAllowed, Refused
from procedures.visits.access import makes_it, may_close
from procedures.visits.answering import free_findings
from procedures.visits.items import NEEDED, looked_at
from procedures.visits.models import Finding, Severity, Visit
from procedures.visits.services.holding import held_visit


@dataclass(frozen=True)
class Wrong:
    """A finding as its inspectors write it; `code` is the item's, or "free-1" for what the list does not name."""

    code: str
    severity: str
    remedy: str
    note: str = ""
    due_on: date | None = None


@transaction.atomic
def write_report(
    *,
    visit: Visit,
    by: Any,
    version: int,
    visited_on: date,
    findings: Sequence[Wrong],
    remarks: str = "",
    answers: Mapping[str, Any] | None = None,
) -> Visit:
    """Write what the visit found: every item that failed and every free finding, each with its remedy.

    `answers` are those that the stage asks, by block. Raises Refused by field: "visited_on", "items", "findings" or
    "remedy-<code>", "severity-<code>", "due-<code>".
    """
    held = held_visit(visit, version=version)
    if held.state != Visit.State.BEGUN or not makes_it(by, held):
        raise NotAllowed(_("An inspector of this visit writes the report, once it was on site."))
    faults = _faults_of_answers(held) | _faults_of_findings(held, findings)
    if not timezone.localdate(held.begun_at) <= visited_on <= timezone.localdate():
        faults["visited_on"] = [_("Give the day of the visit: not before it began, not after today.")]
    if faults:
        raise Refused(faults)
    held.findings.all().delete()
    Finding.objects.bulk_create(
        Finding(visit=held, code=one.code, severity=one.severity, note=one.note, remedy=one.remedy, due_on=one.due_on)
        for one in findings
    )
    held.visited_on, held.remarks, held.stage_answers = visited_on, remarks.strip(), dict(answers or {})
    held.state, held.reported_by, held.reported_at = Visit.State.REPORTED, by, timezone.now()
    held.version += 1
    held.save()
    told = {"case": held.case_id, "findings": [one.code for one in findings], "visited_on": visited_on.isoformat()}
    append(action="visit.report", subject=held, actor=by, data=told)
    return held


@transaction.atomic
def reopen_report(*, visit: Visit, by: Any, version: int) -> Visit:
    """Take the report back to be written again, before it is closed."""
    held = held_visit(visit, version=version)
    if held.state != Visit.State.REPORTED or not makes_it(by, held):
        raise NotAllowed(_("Only a report that waits to be closed is written again, by its inspectors."))
    held.state = Visit.State.BEGUN
    held.version += 1
    held.save(update_fields=["state", "version"])
    append(action="visit.reopen_report", subject=held, actor=by, data={"case": held.case_id})
    return held


@transaction.atomic
def close_visit(*, visit: Visit, by: Any, version: int) -> Visit:
    """Close the visit: the report stands, and the case goes on to its next stage.

    With two inspectors the one who did not write the report does it. Raises NotAllowed, IllegalMove, Refused.
    """
    held = held_visit(visit, version=version)
    if not may_close(by, held):
        raise NotAllowed(_("The report is confirmed by the inspector who did not write it."))
    found = [
        {"code": one.code, "severity": one.severity, "due_on": one.due_on and one.due_on.isoformat()}
        for one in held.findings.all()
    ]
    visited_on = held.visited_on or timezone.localdate()
    held.state, held.closed_by, held.closed_at = Visit.State.CLOSED, by, timezone.now()
    held.version += 1
    held.save(update_fields=["state", "closed_by", "closed_at", "version"])
    cases.record_visit(case=held.case, by=by, visited_on=visited_on, findings=found, answers=held.stage_answers)
    append(action="visit.close", subject=held, actor=by, data={"case": held.case_id, "findings": len(found)})
    return held


def codes_to_report(visit: Visit) -> list[str]:
    """What a report cannot leave out: items that failed, and what was written besides."""
    failed = [one.item.code for one in looked_at(visit.edition, visit.answers) if one.failed]
    return failed + [f"free-{number}" for number, _row in free_findings(visit.answers)]


def _faults_of_answers(visit: Visit) -> dict[str, list[str]]:
    looked = list(looked_at(visit.edition, visit.answers))
    missing = sum(not one.answered for one in looked if one.item.kind in NEEDED)
    faults = [f"{one.item}: {one.fault}" for one in looked if one.fault]
    if missing:
        sentence = ngettext(
            "%(count)s line of the list has no answer. Go back to the list and answer it.",
            "%(count)s lines of the list have no answer. Go back to the list and answer them.",
            missing,
        )
        faults.append(sentence % {"count": missing})
    return {"items": faults} if faults else {}


def _faults_of_findings(visit: Visit, findings: Sequence[Wrong]) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if sorted(one.code for one in findings) != sorted(codes_to_report(visit)):
        faults["findings"] = [_("The findings changed meanwhile. Look at them again.")]
    for one in findings:
        if one.severity not in Severity.values:
            faults[f"severity-{one.code}"] = [_("Choose how grave it is.")]
        if not one.remedy.strip():
            faults[f"remedy-{one.code}"] = [_("Write what mends it.")]
        if one.due_on is not None and one.due_on < timezone.localdate():
            faults[f"due-{one.code}"] = [_("This day has passed. Give a day by which it can be mended.")]
    return faults
