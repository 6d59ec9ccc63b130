"""Faults of addresses and of the functions that receive their values."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from procedures.checks.faults import Fault, nearest
from procedures.definition import LANGUAGES, Claims, Fact, Given, Opinion, Output, Procedure, Text, spoken
from procedures.definition.procedure import CONTESTED
from procedures.definition.walking import every_condition, every_need, groups, leaves
from procedures.rules.explaining import arguments

OF_THE_ENGINE = frozenset(
    {"case.applicant", CONTESTED, "case.filed_on", "case.flags", "case.language", "case.number", "case.seed"}
)
PLACEHOLDER = re.compile(r"%\(([\w.]+)\)")


def faults(procedure: Procedure) -> Iterator[Fault]:
    """Unknown addresses, arity and placeholders that differ, `each` that is no group, claims of several rows."""
    yield from _unknown(procedure)
    yield from _arity(procedure)
    yield from _placeholders(procedure)
    yield from _each(procedure)
    yield from _claims(procedure)
    yield from _papers(procedure)
    yield from _bodies(procedure)


def known_addresses(procedure: Procedure) -> set[str]:
    """Every address that a need of this procedure may name."""
    found = set(OF_THE_ENGINE)
    for code, placed in procedure.blocks.items():
        found.add(code)
        found.update(f"{code}.{name}" for name in placed.block.asks.questions())
    return found


def _unknown(procedure: Procedure) -> Iterator[Fault]:
    known = known_addresses(procedure)
    for used in every_need(procedure):
        if not isinstance(used.need, str):
            continue
        address = used.need.removesuffix("?")
        if address.startswith("."):
            address = f"{used.block}{address}"
        if address not in known:
            sentence = f"Nothing has the address {address}.{nearest(address, known)}"
            yield Fault(procedure.code, used.place, sentence)


def _arity(procedure: Procedure) -> Iterator[Fault]:
    for rule in procedure.every_rule:
        yield from _takes(procedure, f"rule.{rule.code}", rule.test, len(rule.needs))
    for standing in every_condition(procedure):
        for leaf in leaves(standing.condition):
            if not isinstance(leaf, Given):
                yield from _takes(procedure, standing.place, leaf.test, len(leaf.needs))
    for used in every_need(procedure):
        if isinstance(used.need, Fact):
            yield from _takes(procedure, used.place, used.need.read, len(used.need.needs))


def _takes(procedure: Procedure, place: str, function: Callable[..., Any], needs: int) -> Iterator[Fault]:
    try:
        signature = inspect.signature(function)
    except ValueError:
        return  # a built-in such as bool does not say what it takes
    try:
        signature.bind(*range(needs))
    except TypeError:
        takes = len(signature.parameters)
        sentence = f"Its function takes {takes} values and its needs are {needs}. Name one need for each argument."
        yield Fault(procedure.code, place, sentence)


def _placeholders(procedure: Procedure) -> Iterator[Fault]:
    for rule in procedure.every_rule:
        allowed = set(arguments(rule))
        for text in (rule.says, rule.title):
            for language, unknown in _strange(text, allowed):
                sentence = (
                    f"Its sentence in {language} names %({unknown})s, which is no argument of its function."
                    f"{nearest(unknown, allowed)}"
                )
                yield Fault(procedure.code, f"rule.{rule.code}", sentence)


def _strange(text: Text, allowed: set[str]) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for name in sorted(set(PLACEHOLDER.findall(spoken(text, language))) - allowed):
            yield language, name


def _each(procedure: Procedure) -> Iterator[Fault]:
    many = groups(procedure)
    places = [(f"rule.{rule.code}", rule.each) for rule in procedure.every_rule]
    places += [(f"paper.{paper.code}", paper.each) for paper in procedure.papers]
    places += [(f"output.{output.code}", output.each) for output in procedure.outputs]
    places += [(f"stage.{stage.name}", getattr(stage, "each", "")) for stage in procedure.route]
    for place, each in places:
        if each and each not in many:
            yield Fault(procedure.code, place, f"each={each!r} is no group.{nearest(each, many)}")


def _papers(procedure: Procedure) -> Iterator[Fault]:
    stages = [stage.name for stage in procedure.route if isinstance(stage, Opinion)]
    for paper in procedure.papers:
        if paper.at and paper.at not in stages:
            sentence = f"{paper.at} is no stage that asks an opinion.{nearest(paper.at, stages)}"
            yield Fault(procedure.code, f"paper.{paper.code}", sentence)


def _claims(procedure: Procedure) -> Iterator[Fault]:
    many = groups(procedure)
    for output in procedure.outputs:
        for slot, need in _slots(output, output.claims):
            group = need.partition(".")[0]
            if group in many and group != output.each:
                sentence = f"The claim {slot} has one value for each row of {group}. Give the output each={group!r}."
                yield Fault(procedure.code, f"output.{output.code}", sentence)


def _bodies(procedure: Procedure) -> Iterator[Fault]:
    """The wording of a document names answers by their address."""
    known = known_addresses(procedure)
    for output in procedure.outputs:
        for language, unknown in _strange(output.body, known):
            sentence = f"Its wording in {language}: Nothing has the address {unknown}.{nearest(unknown, known)}"
            yield Fault(procedure.code, f"output.{output.code}", sentence)


def _slots(output: Output, claims: Claims) -> Iterator[tuple[str, str]]:
    for slot in ("holder", "title", "structure", "level"):
        need = getattr(claims, slot)
        if isinstance(need, str) and need:
            yield slot, need.removesuffix("?")
