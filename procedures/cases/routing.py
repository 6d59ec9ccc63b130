"""From the words of a route to offices and roles: where a stage stands, who handles it there, which one is next."""

from collections.abc import Iterator
from typing import Any

from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.definition import (
    Central,
    Concerned,
    Deadline,
    Outside,
    Party,
    Procedure,
    Regional,
    Stage,
    Superior,
)
from procedures.offices.models import Office, Role
from procedures.offices.selectors import NoOffice, central_service, outside_body, regional_office, superior_of

ROLES = {  # by kind of stage: in a central service, in a regional directorate; an outside body has its experts
    State.COMPLETENESS: (Role.DESK_OFFICER, Role.DESK_OFFICER),
    State.INSTRUCTION: (Role.CENTRAL_OFFICER, Role.DESK_OFFICER),
    State.VISIT: (Role.INSPECTOR, Role.INSPECTOR),
    State.OPINION: (Role.CENTRAL_OFFICER, Role.DESK_OFFICER),
    State.COMMISSION: (Role.COMMISSION_SECRETARY, Role.COMMISSION_SECRETARY),
    State.DECISION: (Role.CENTRAL_OFFICER, Role.REGIONAL_DIRECTOR),
    State.SIGNATURE: (Role.MINISTER_DELEGATE, Role.REGIONAL_DIRECTOR),
}


def kind_of(stage: Stage) -> State:
    return State(type(stage).__name__.lower())


def code_of(stage: Stage) -> str:
    """A stage's own code, or its kind where the route has one of that kind."""
    return stage.name


def role_for(stage: Stage, office: Office) -> str:
    """The role the route names, or the usual one of the kind of stage and office."""
    return stage.by or usual_role(kind_of(stage), office)


def usual_role(kind: State, office: Office) -> str:
    if office.kind == Office.Kind.OUTSIDE:
        return str(Role.EXPERT.value)
    central, regional = ROLES[kind]
    return str((central if office.kind == Office.Kind.CENTRAL else regional).value)


def office_of_stage(stage: Stage, procedure: Procedure, situation: Any) -> Office:
    """Where a stage stands; where those concerned are asked, the office that asks them keeps the case meanwhile."""
    party = stage.at
    return office_for(procedure.authority if party is None or isinstance(party, Concerned) else party, situation)


def office_for(party: Party | tuple[Party, ...], situation: Any) -> Office:
    """The office that a party is today, by the answers of a case; of several, the first that applies.

    Raises NoOffice where none is open, or where the party is no office of ours.
    """
    parties = party if isinstance(party, tuple) else (party,)
    chosen = next((each for each in parties if each.when is None or situation.holds(each.when)), parties[-1])
    if isinstance(chosen, Central):
        return central_service(chosen.service)
    if isinstance(chosen, Regional):
        value = situation.value(chosen.of)
        return value if isinstance(value, Office) else regional_office(str(value))
    if isinstance(chosen, Outside):
        return outside_body(chosen.body)
    if isinstance(chosen, Superior):
        return superior_of(_decider(situation.value(chosen.of)))
    raise NoOffice(type(chosen).__name__)


def _decider(value: Any) -> Office:
    """The office that took the decision of a case, by the office itself, the case or its number."""
    if isinstance(value, Office):
        return value
    case = value if isinstance(value, Case) else Case.objects.filter(number=str(value)).first()
    if case is None:
        raise NoOffice("superior")
    decided = case.stages.filter(kind=State.DECISION).exclude(closed_at=None).select_related("office__above").last()
    return decided.office if decided else case.office


def stages_from(procedure: Procedure, situation: Any, position: int) -> Iterator[tuple[int, Stage]]:
    """The stages of the route from a position on that stay, by what is known now; unknown keeps a stage."""
    kept = {code_of(stage) for stage in situation.route()}
    for index, stage in enumerate(procedure.route):
        if index >= position and code_of(stage) in kept:
            yield index, stage


def deadline_for(procedure: Procedure, situation: Any) -> Deadline:
    """The first deadline that applies; where that is unknown, the last, which has no condition."""
    told = procedure.deadline if isinstance(procedure.deadline, tuple) else (procedure.deadline,)
    return next((each for each in told if each.when is None or situation.holds(each.when)), told[-1])
