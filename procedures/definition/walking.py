"""Walking through a definition: every condition, need and parameter in it, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procedures.definition.asking import Group
from procedures.definition.judging import Both, Condition, Fact, Not, Parameter
from procedures.definition.procedure import Procedure
from procedures.definition.route import Concerned, Decision, Party, Regional, Superior
from procedures.definition.words import Address, Need


@dataclass(frozen=True)
class Standing:
    """A condition and where it stands: a readable place, and the block that its relative needs start from."""

    place: str
    condition: Condition
    block: str = ""
    hides: bool = False  # whether it hides a question, a page or a paper


@dataclass(frozen=True)
class Used:
    """A need and where it stands."""

    place: str
    need: Need
    block: str = ""


def leaves(condition: Condition) -> Iterator[Condition]:
    """The conditions of which one is combined."""
    if isinstance(condition, Not):
        yield from leaves(condition.of)
    elif isinstance(condition, Both):
        yield from leaves(condition.first)
        yield from leaves(condition.second)
    else:
        yield condition


def every_condition(procedure: Procedure) -> Iterator[Standing]:
    """Every condition of the definition, rules left out."""
    for step in procedure.steps:
        yield from _standing(f"step.{step.code}", step.when, hides=True)
    for placed in procedure.places():
        block = placed.block
        yield from _standing(f"block.{block.code}", block.when, block.code, hides=True)
        for name, field in block.asks.questions().items():
            yield from _standing(f"field.{block.code}.{name}", getattr(field, "when", None), block.code, hides=True)
    for paper in procedure.papers:
        yield from _standing(f"paper.{paper.code}", paper.when, paper.each, hides=True)
    for stage in procedure.route:
        yield from _standing(f"stage.{stage.name}", stage.when)
        if isinstance(stage, Decision):
            yield from _standing(f"stage.{stage.name}.automatic", stage.automatic)
        if stage.deadline:
            yield from _standing(f"stage.{stage.name}.deadline", stage.deadline.when)
    for deadline in procedure.deadlines:
        yield from _standing("deadline", deadline.when)
    for party in procedure.authorities:
        yield from _standing("authority", party.when)
    for output in procedure.outputs:
        yield from _standing(f"output.{output.code}", output.when, output.each)
    for signatory in procedure.signatories:
        yield from _standing(f"signatory.{signatory.code}", signatory.when, signatory.who.partition(".")[0])
    for opened in procedure.opens:
        yield from _standing(f"opens.{opened.procedure}", opened.when)


def every_need(procedure: Procedure) -> Iterator[Used]:
    """Every need of the definition: of rules, conditions, parties, claims, messages; facts are opened too."""
    for rule in procedure.every_rule:
        yield from _used(f"rule.{rule.code}", rule.needs, rule.each)
    for standing in every_condition(procedure):
        for leaf in leaves(standing.condition):
            yield from _used(standing.place, leaf.needs, standing.block)
    yield from _used("about", (procedure.about,))
    yield from _used("concerned", (procedure.concerned,) if procedure.concerned else ())
    for place, party in _parties(procedure):
        if isinstance(party, Regional | Superior | Concerned):
            yield from _used(place, (party.of,))
    for stage in procedure.route:
        yield from _used(f"stage.{stage.name}.precedents", getattr(stage, "precedents", ()))
    for paper in procedure.papers:
        yield from _used(f"paper.{paper.code}.opens_on", (paper.opens_on,) if paper.opens_on else ())
        yield from _used(f"paper.{paper.code}.bears", (paper.bears,) if paper.bears else ())
    for output in procedure.outputs:
        claims, place = output.claims, f"output.{output.code}"
        needs = (claims.holder, claims.title, claims.structure, claims.level, output.replaces, output.corrects)
        until = output.validity.until if output.validity else ""
        yield from _used(place, tuple(need for need in (*needs, until) if need), output.each)
        group, columns = output.frame.columns_of()
        yield from _used(place, output.frame.needs(), output.each)
        yield from _used(place, tuple(need for need in (group, *columns) if need), group)
    for signatory in procedure.signatories:
        yield from _used(f"signatory.{signatory.code}", (signatory.who,), signatory.who.partition(".")[0])
    for message in procedure.messages:
        yield from _used(f"message.{message.code}", (message.at,) if message.at else ())
        if not isinstance(message.to, Party):
            yield from _used(f"message.{message.code}", (message.to,))
    yield from _used("fee", (procedure.fee.per,) if procedure.fee.per else ())
    for placed in procedure.places():
        if placed.block.source:
            yield from _used(f"block.{placed.block.code}.source", (placed.block.source,))


def every_parameter(procedure: Procedure) -> tuple[Parameter, ...]:
    """Every parameter that something needs, once."""
    found = {used.need.code: used.need for used in every_need(procedure) if isinstance(used.need, Parameter)}
    return tuple(found[code] for code in sorted(found))


def groups(procedure: Procedure) -> dict[Address, Group]:
    """The groups by their code."""
    return {placed.block.code: placed.block for placed in procedure.places() if isinstance(placed.block, Group)}


def _standing(place: str, condition: Condition | None, block: str = "", *, hides: bool = False) -> Iterator[Standing]:
    if condition is not None:
        yield Standing(place, condition, block, hides)


def _used(place: str, needs: tuple[Need, ...], block: str = "") -> Iterator[Used]:
    for need in needs:
        yield Used(place, need, block)
        if isinstance(need, Fact):
            yield from _used(place, need.needs, need.each or block)


def _parties(procedure: Procedure) -> Iterator[tuple[str, Party]]:
    for party in procedure.authorities:
        yield "authority", party
    for stage in procedure.route:
        if stage.at:
            yield f"stage.{stage.name}", stage.at
    for message in procedure.messages:
        if isinstance(message.to, Party):
            yield f"message.{message.code}", message.to
