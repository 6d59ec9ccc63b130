"""Carry a decision out: what the procedure's effects write in the registers, in the decision's own transaction."""

from collections.abc import Iterable

from django.utils import timezone

from procedures.cases.decided_rows import of_granted
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case, Decision
from procedures.cases.selectors import every_answer
from procedures.cases.situations import situation_of
from procedures.deciding import DecidedCase
from procedures.definition import Effect, Kind, Procedure
from procedures.refusal import Refusal


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
            _apply(effect, decided)


def _apply(effect: Effect, decided: DecidedCase) -> None:
    """What a register refuses is told to whoever signs: the register has moved since the decision was prepared."""
    try:
        effect.apply(decided)
    except Refusal as refused:
        raise NotAllowed(str(refused)) from refused
