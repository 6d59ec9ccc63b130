"""Faults of route and outcome: who decides what, and what a decision gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils import timezone

from procedures.checks.addresses import known_addresses
from procedures.checks.faults import Fault, nearest
from procedures.checks.frames import frame_faults
from procedures.definition import Concerned, Decision, Kind, Need, Outside, Procedure, Silence
from procedures.definition.walking import groups
from procedures.rules import Situation
from procedures.stages import RUN
from procedures.testing import sample_answers


def faults(procedure: Procedure) -> Iterator[Fault]:
    """Kinds decided twice or never, refusals without reasons, stages not run, samples that nobody decides."""
    yield from _kinds(procedure)
    yield from _stages(procedure)
    yield from _silence(procedure)
    yield from _outputs(procedure)
    yield from _samples(procedure)


def _kinds(procedure: Procedure) -> Iterator[Fault]:
    decisions = [stage for stage in procedure.route if isinstance(stage, Decision)]
    decided = Counter(kind for stage in decisions for kind in stage.kinds)
    for kind, times in decided.items():
        if times > 1 and kind is not Kind.REFUSE:
            yield Fault(procedure.code, "route", f"{kind.value} is decided {times} times. Only a refusal may be.")
    places = [(f"output.{output.code}", output.on) for output in procedure.outputs]
    places += [(f"effect {position}", effect.on) for position, effect in enumerate(procedure.effects, start=1)]
    places += [(f"reason.{reason.code}", reason.on) for reason in procedure.reasons]
    places += [(f"opens.{opened.procedure}", opened.on) for opened in procedure.opens]
    places += [(f"message.{message.code}", message.on) for message in procedure.messages]
    for place, kinds in places:
        for kind in kinds:
            if kind not in decided:
                known = ", ".join(sorted(each.value for each in decided)) or "nothing"
                yield Fault(procedure.code, place, f"No stage decides {kind.value}. The route decides {known}.")
    if Kind.REFER in decided and not any(Kind.REFER in opened.on for opened in procedure.opens):
        yield Fault(procedure.code, "opens", "The route refers to another procedure and names none. Write an Opens.")
    if Kind.REFUSE in decided and not any(Kind.REFUSE in reason.on for reason in procedure.reasons):
        yield Fault(procedure.code, "reasons", "The route may refuse and no reason is given. Write at least one.")


def _stages(procedure: Procedure) -> Iterator[Fault]:
    for stage in procedure.route:
        if stage.kind not in RUN:
            sentence = f"The engine does not yet run the stage kind {stage.kind}. It runs {', '.join(sorted(RUN))}."
            yield Fault(procedure.code, f"stage.{stage.name}", sentence)
        if isinstance(stage, Decision):
            yield from _by_itself(procedure, stage)
        elif isinstance(stage.at, Outside | Concerned) and stage.kind != "opinion":
            sentence = "An outside body or those concerned give an opinion and handle nothing else. Use Opinion."
            yield Fault(procedure.code, f"stage.{stage.name}", sentence)


def _by_itself(procedure: Procedure, stage: Decision) -> Iterator[Fault]:
    """What the engine decides must need no answer of an officer."""
    place = f"stage.{stage.name}"
    if stage.automatic is not None and stage.asks:
        sentence = "It is automatic and asks an officer. Ask in a stage before, or leave one of the two out."
        yield Fault(procedure.code, place, sentence)
    if stage.each and stage.each not in groups(procedure):
        yield Fault(procedure.code, place, f"{stage.each} is no group, so no row can be decided. Name a group.")


def _silence(procedure: Procedure) -> Iterator[Fault]:
    """Silence decides where a text says so, and a decision that asks an officer something cannot be taken by it."""
    decisions = [stage for stage in procedure.route if isinstance(stage, Decision)]
    for deadline in procedure.deadlines:
        if deadline.silence == Silence.WAITS:
            continue
        if deadline.basis is None:
            sentence = "Silence decides only where a text says so. Give the deadline its basis, or let silence wait."
            yield Fault(procedure.code, "deadline", sentence)
        if deadline.silence == Silence.FAVOURS and decisions and decisions[-1].asks:
            sentence = "Silence cannot favour: the last decision asks an officer what is granted."
            yield Fault(procedure.code, "deadline", sentence)
        if deadline.silence == Silence.REFUSES and decisions and Kind.REFUSE not in decisions[-1].kinds:
            yield Fault(procedure.code, "deadline", "Silence cannot refuse: the last decision knows no refusal.")


def _outputs(procedure: Procedure) -> Iterator[Fault]:
    for output in procedure.outputs:
        place = f"output.{output.code}"
        yield from (Fault(procedure.code, place, sentence) for sentence in frame_faults(procedure, output))
        if not _is_numbered(procedure, output.claims.level):
            sentence = f"The seal holds a level as a number, and {output.claims.level} declares none for its choices."
            yield Fault(procedure.code, place, f"{sentence} Give its Choice `numbers`.")


def _is_numbered(procedure: Procedure, level: Need) -> bool:
    """Whether every answer at an address has the number that a seal can hold; no address needs none."""
    block, _, name = level.rstrip("?").partition(".") if isinstance(level, str) else ("", "", "")
    if not name:
        return True
    options = procedure.blocks[block].block.asks.questions()[name].options
    return set(options.get("choices", ())) <= set(options.get("numbers", ()))


def _samples(procedure: Procedure) -> Iterator[Fault]:
    known, rules = known_addresses(procedure), [rule.code for rule in procedure.every_rule]
    for sample in procedure.samples:
        place = f"sample.{sample.code}"
        if sample.breaks and sample.breaks not in rules:
            yield Fault(procedure.code, place, f"No rule is called {sample.breaks}.{nearest(sample.breaks, rules)}")
        for address in sample.answers:
            if address not in known:
                yield Fault(procedure.code, place, f"Nothing has the address {address}.{nearest(address, known)}")
                return
    if not procedure.samples:
        yield Fault(procedure.code, "samples", "There is no sample. Write one filing for each branch.")
    for sample in procedure.samples:
        answers = sample_answers(procedure, sample=sample, registers=False)
        situation = Situation(procedure, answers, on=timezone.localdate())
        if not any(isinstance(stage, Decision) for stage in situation.route()):
            sentence = "No stage of the route decides this filing. Give it a Decision that stays."
            yield Fault(procedure.code, f"sample.{sample.code}", sentence)
