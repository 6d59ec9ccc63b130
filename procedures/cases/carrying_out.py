"""Carry a decision out: what the procedure's effects write in the registers, in the decision's own transaction."""

from collections.abc import Iterable

from django.utils import timezone

from procedures.cases.decided_rows import of_granted
from procedures.cases.models import Case, Decision
from procedures.cases.selectors import every_answer
from procedures.cases.situations import situation_of
from procedures.deciding import DecidedCase
from procedures.definition import Kind, Procedure


def carry_out(case: Case, decision: Decision, procedure: Procedure, documents: Iterable[str]) -> None:
    """Run every effect of this kind of decision; one that raises takes the last signature back with it.

    Where the decision goes row by row, the effects see the granted rows and no others.
    `documents` are the public ids of what the decision issues.
    """
    granted = of_granted(every_answer(case), decision)
    decided = DecidedCase(
        situation=situation_of(case, procedure, granted),
        kind=Kind(decision.kind),
        case_id=case.pk,
        number=case.number,
        decided_at=decision.effective_at or timezone.now(),
        documents=tuple(documents),
    )
    for effect in procedure.effects:
        if decision.kind in effect.on:
            effect.apply(decided)
