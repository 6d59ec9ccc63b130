"""A visit that one inspector plans without notice, makes, reports and closes."""

import uuid
from typing import Any

from django.utils import timezone

from procedures.cases.models import Case
from procedures.visits import services
from procedures.visits.answering import Brought
from procedures.visits.models import Checklist, Visit
from tests.procedures.visits.factories import PLACE, all_conform


def visited(case: Case, inspector: Any, *, findings: Any = (), announced: bool = False, **answers: str) -> Visit:
    visit = services.plan_visit(
        case=case,
        by=inspector,
        checklist=Checklist.objects.get(code="premises"),
        planned_on=timezone.localdate(),
        lead=inspector,
        announced=announced,
        **PLACE,
    )
    visit = services.begin_visit(visit=visit, by=inspector)
    brought = Brought(all_conform(visit, **answers), "phone", 999, {})
    services.synchronise(visit=visit, by=inspector, key=uuid.uuid4(), brought=brought)
    visit.refresh_from_db()
    visit = services.write_report(
        visit=visit,
        by=inspector,
        visited_on=timezone.localdate(),
        findings=findings,
        answers={},
        version=visit.version,
    )
    visit = services.close_visit(visit=visit, by=inspector, version=visit.version)
    case.refresh_from_db()
    return visit
