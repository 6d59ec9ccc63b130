"""Faults of a procedure that the authority opens: who opens it, against whom, who is heard, and who signs."""

from __future__ import annotations

from collections.abc import Iterator

from procedures.checks.faults import Fault
from procedures.definition import Audience, Concerned, Decision, Kind, Opinion, Procedure, Signature, Silence, Stage


def faults(procedure: Procedure) -> Iterator[Fault]:
    """Only for procedures of the authority: the others have applicants, and are heard by applying."""
    audiences = {each.audience for each in procedure.applicants}
    if Audience.AUTHORITY not in audiences:
        return
    if not procedure.is_opened_by_authority:
        yield Fault(procedure.code, "applicants", "The authority opens it and others file it. Make two procedures.")
        return
    if not all(each.roles for each in procedure.applicants):
        yield Fault(procedure.code, "applicants", "No role opens it. Write authority(role, ...).")
    if not (procedure.concerned or procedure.unheard):
        yield Fault(procedure.code, "concerned", "It says not whom it concerns. Give the need of an account or body.")
    if len(procedure.steps) != 1:
        yield Fault(procedure.code, "steps", "The office opens a file on one page. Put the blocks in one step.")
    yield from _signed(procedure)
    yield from _unheard(procedure) if procedure.unheard else _heard(procedure)


def _signed(procedure: Procedure) -> Iterator[Fault]:
    """Four eyes: a signature after every decision, and none that the engine takes."""
    if any(each.silence != Silence.WAITS for each in procedure.deadlines):
        yield Fault(procedure.code, "deadline", "Silence decides no measure. Let it wait.")
    for stage, after in zip(procedure.route, [*procedure.route[1:], None], strict=True):
        if not isinstance(stage, Decision):
            continue
        place = f"stage.{stage.name}"
        if stage.automatic is not None or stage.each:
            yield Fault(procedure.code, place, "A measure is decided by people and as a whole.")
        if not isinstance(after, Signature) or after.when != stage.when or after.optional:
            yield Fault(procedure.code, place, "Nobody signs this decision. Put a Signature after it, with its when.")


def _unheard(procedure: Procedure) -> Iterator[Fault]:
    """Whatever goes against somebody hears them, whatever the procedure says of it."""
    for stage in procedure.route:
        against = {Kind.NOTICE, Kind.REFUSE}.intersection(stage.kinds if isinstance(stage, Decision) else ())
        for kind in sorted(against):
            sentence = f"Nobody is heard, and it decides {kind.value}. Take `unheard` away and hear those concerned."
            yield Fault(procedure.code, f"stage.{stage.name}", sentence)


def _heard(procedure: Procedure) -> Iterator[Fault]:
    """Those concerned are heard before the last decision; what binds before that holds for a limited time."""
    route = procedure.route
    last = max((index for index, stage in enumerate(route) if isinstance(stage, Decision)), default=0)
    first = next((index for index, stage in enumerate(route[:last]) if _hears(stage)), None)
    if first is None:
        sentence = "Those concerned are not heard before the last decision. Put an Opinion of Concerned before it."
        yield Fault(procedure.code, "route", f"{sentence} Give it a deadline whose silence passes.")
        return
    before = {kind for stage in route[:first] if isinstance(stage, Decision) for kind in stage.kinds}
    if not before <= {Kind.REGISTER, Kind.NOTICE}:
        yield Fault(procedure.code, "route", "Before the hearing it may give notice or take a precaution, no more.")
    for output in procedure.outputs:
        if Kind.REGISTER in before and Kind.REGISTER in output.on and output.validity is None:
            sentence = "A precaution before the hearing holds for a limited time. Give it a Validity."
            yield Fault(procedure.code, f"output.{output.code}", sentence)


def _hears(stage: Stage) -> bool:
    passes = stage.deadline is not None and stage.deadline.silence == Silence.PASSES
    return isinstance(stage, Opinion) and isinstance(stage.at, Concerned) and passes and stage.when is None
