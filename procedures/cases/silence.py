"""What silence means: of a stage that nobody answered in time, and of a whole case where a text says so."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from procedures.cases.models import Case, StageRecord
from procedures.cases.models import Decision as CaseDecision
from procedures.cases.routing import deadline_for, stages_from
from procedures.cases.selectors import open_cases
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import TABLE, Event, State
from procedures.definition import Deadline, Decision, Kind, Procedure, Silence
from procedures.registry import UnknownProcedure

AGAINST = (Kind.REFUSE, Kind.NOTICE, Kind.REFER)
PASSING = tuple(state for state, moves in TABLE.items() if Event.PASS_BY_SILENCE in moves)
DECIDING = tuple(state for state, moves in TABLE.items() if Event.DECIDE_BY_SILENCE in moves)


def unanswered_stages(today: date) -> QuerySet[StageRecord]:
    """Passages whose own deadline has passed and whose route says that silence lets the case go on."""
    late = StageRecord.objects.filter(closed_at=None, due_on__lt=today, kind__in=PASSING, case__state=F("kind"))
    return late.exclude(silence__in=("", Silence.WAITS)).order_by("pk")


def overdue_cases(today: date) -> QuerySet[Case]:
    """Cases whose delay has passed while they waited for the administration; not those reopened on appeal."""
    annulled = CaseDecision.objects.filter(effective_at__isnull=False, sent_back_at__isnull=False)
    late = open_cases().filter(due_on__lt=today, paused_at=None, state__in=DECIDING)
    return late.exclude(pk__in=annulled.values("case")).order_by("pk")


def silence_of(case: Case, procedure: Procedure, situation: Any = None) -> Deadline | None:
    """The deadline whose silence decides: only where a text was read; without one a case waits for a person."""
    deadline = deadline_for(procedure, situation or situation_of(case, procedure))
    return deadline if deadline.basis is not None and deadline.silence != Silence.WAITS else None


def speaks(case: Case) -> bool:
    """Whether the procedure of a case may say anything of silence; one whose plugin is gone says nothing."""
    try:
        told = procedure_of(case).deadlines
    except UnknownProcedure:
        return False
    return any(each.basis is not None and each.silence != Silence.WAITS for each in told)


def decision_by_silence(case: Case, procedure: Procedure) -> tuple[int, Kind] | None:
    """Where in the route, and which kind, silence decides; None where no text says so, or only a person can answer.

    The last decision of the route is the one that the applicant waits for.
    """
    situation = situation_of(case, procedure)
    deadline = silence_of(case, procedure, situation)
    ahead = [found for found in stages_from(procedure, situation, case.stage) if isinstance(found[1], Decision)]
    if deadline is None or not ahead:
        return None
    index, stage = ahead[-1]
    kinds = stage.kinds if isinstance(stage, Decision) else ()
    if deadline.silence == Silence.REFUSES:
        return (index, Kind.REFUSE) if Kind.REFUSE in kinds else None
    in_favour = next((kind for kind in kinds if kind not in AGAINST), None)
    if deadline.silence != Silence.FAVOURS or in_favour is None or stage.asks:
        return None
    return index, in_favour


def passes_by_silence(case: Case, procedure: Procedure) -> bool:
    """Whether a text lets the case go on without its present stage, now that its delay has passed."""
    deadline = silence_of(case, procedure)
    return deadline is not None and deadline.silence == Silence.PASSES and State(case.state) in PASSING
