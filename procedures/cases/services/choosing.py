"""An optional stage: an officer opens it or leaves it out, and says why."""

from typing import Any

from procedures.cases.models import Case, StageRecord
from procedures.cases.officers_answers import demand
from procedures.cases.services.moving import advance, close_stage, open_at, transition
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import Event

Ending = StageRecord.Ending


def open_stage(*, case: Case, by: Any, version: int, note: str) -> Case:
    """Go through the optional stage before which the case stands."""
    with transition(case, Event.OPEN_STAGE, by=by, version=version) as held:
        demand(note=note)
        close_stage(held, note=note.strip(), ending=Ending.OPENED)
        procedure, index = procedure_of(held.case), held.case.stage
        situation = situation_of(held.case, procedure)
        open_at(held.case, procedure, situation, index, procedure.route[index], held.now, chosen=True)
        held.told = {"stage": procedure.route[index].name}
    return case


def skip_stage(*, case: Case, by: Any, version: int, note: str) -> Case:
    """Leave the optional stage out, and go on to the next."""
    with transition(case, Event.SKIP_STAGE, by=by, version=version) as held:
        demand(note=note)
        close_stage(held, note=note.strip(), ending=Ending.SKIPPED)
        held.told = {"stage": held.stage.code}
        advance(held, procedure_of(held.case))
    return case
