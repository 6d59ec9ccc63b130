"""Going through past cases, a handful a transaction, so that a rehearsal that is killed goes on where it was."""

from django.db import transaction
from django.utils import timezone

from procedures.cases.models import Case
from procedures.cases.situations import filing_day
from procedures.definition import Procedure
from procedures.jobs import services as jobs
from procedures.resolving import resolve
from procedures.versions.models import Rehearsal, RehearsedCase
from procedures.versions.recalling import departures
from procedures.versions.services import past_cases

A_HANDFUL = 50


@transaction.atomic
def go_on(rehearsal_id: int) -> Rehearsal:
    """Judge the next handful of cases; promises the one after it, or marks the end."""
    held = Rehearsal.objects.select_for_update().select_related("version").get(pk=rehearsal_id)
    if held.finished_at:
        return held
    procedure = resolve(held.version.procedure, on=held.day)
    waiting = past_cases(held.version.procedure)
    if held.below is not None:
        waiting = waiting.filter(pk__lt=held.below)
    cases = list(waiting[: min(A_HANDFUL, held.total - held.done)])
    RehearsedCase.objects.bulk_create(_changed(held, procedure, cases))
    held.done += len(cases)
    held.without_outline += sum(1 for case in cases if not case.outline)
    held.below = cases[-1].pk if cases else held.below
    if held.done >= held.total or not cases:
        held.finished_at = timezone.now()
    else:
        key = f"rehearse:{held.pk}:{held.done}"
        jobs.add(kind="versions.rehearse", key=key, payload={"rehearsal_id": held.pk})
    held.save(update_fields=["done", "without_outline", "below", "finished_at"])
    return held


def _changed(held: Rehearsal, procedure: Procedure, cases: list[Case]) -> list[RehearsedCase]:
    found = ((case, departures(procedure, case, filing_day(case))) for case in cases if case.outline)
    return [RehearsedCase(rehearsal=held, case=case, found=told) for case, told in found if told]
