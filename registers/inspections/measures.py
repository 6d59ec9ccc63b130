"""Measures as a procedure of the authority says them: by the number of a structure, from the day of the decision."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures import api as p
from procedures.api import fields as f
from registers.history.causes import Cause
from registers.history.selectors import current
from registers.history.services import cut
from registers.inspections import services
from registers.inspections.models import Measure
from registers.structures.models import Structure
from registers.structures.questions import StructureField
from registers.structures.selectors import by_number

NOTICE, SUSPENSION, CLOSURE = (kind.value for kind in Measure.Kind)
DAY = timedelta(days=1)


class Target(f.Fieldset):
    legend = _("The structure")
    structure = StructureField(_("Number of the structure"))


def no_measure_in_force(number: p.Need, kind: str) -> p.Rule:
    """No measure of this kind holds against the structure on the day on which the file is opened."""

    @p.fact(number, "case.filed_on", title=_("A measure of this kind is in force"))
    def measure_in_force(number: str, on: date) -> bool:
        found = by_number(number)
        return found is not None and current(found, Measure, on, kind=kind) is not None

    @p.rule(
        measure_in_force,
        says=_("A measure of this kind is in force against the structure already. Open its file instead."),
        title=_("No measure of this kind is in force"),
    )
    def no_measure_in_force(in_force: bool) -> bool:
        return not in_force

    return no_measure_in_force


def take_measure(case: p.DecidedCase, number: str, kind: str, *, last_day: date | None = None) -> None:
    """From the day of the decision, to `last_day` where there is one. A closure ends what ran before it.

    Raises what `services.take_measure` raises.
    """
    structure, on, cause = _structure(number), _day(case), _cause(case)
    if kind == CLOSURE:
        for other in (NOTICE, SUSPENSION):
            running = current(structure, Measure, on, kind=other)
            if running is not None:
                cut(running, on=on, cause=cause)
    services.take_measure(cause, structure=structure, kind=kind, since=on, until=last_day + DAY if last_day else None)


def uphold_suspension(case: p.DecidedCase, number: str, *, last_day: date) -> None:
    """A suspension goes on to `last_day`, or begins on the day of the decision where none runs."""
    services.uphold_suspension(_cause(case), structure=_structure(number), on=_day(case), until=last_day + DAY)


def lift_measure(case: p.DecidedCase, number: str, kind: str) -> None:
    """A measure ends on the day of the decision; one that has ended by itself stays as it was."""
    structure, on = _structure(number), _day(case)
    if current(structure, Measure, on, kind=kind) is not None:
        services.lift_measure(_cause(case), structure=structure, kind=kind, on=on)


def record_visits(case: p.DecidedCase, number: str) -> None:
    """Enter every visit that was made for the case, with what it found."""
    for visit in case.visits:
        services.record_inspection(
            _cause(case),
            structure=_structure(number),
            visited_on=visit.visited_on,
            planned_on=visit.planned_on,
            inspector=visit.lead,
            findings=visit.findings,
        )


def _cause(case: p.DecidedCase) -> Cause:
    """Told apart by the kind of decision: one file may take a precaution and then a measure."""
    return Cause(case=case, reason=str(case.kind))


def _structure(number: str) -> Structure:
    return Structure.objects.get(number=number)


def _day(case: p.DecidedCase) -> date:
    return timezone.localdate(case.decided_at)
