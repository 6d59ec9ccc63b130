"""Faults of conditions: values that are no choice, circles, pages that can never show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from procedures.checks.faults import Fault, nearest
from procedures.definition import Both, Condition, Given, Not, Procedure
from procedures.definition.walking import Standing, every_condition, leaves
from procedures.rules.explaining import addresses

COMBINATIONS = 20_000


def faults(procedure: Procedure) -> Iterator[Fault]:
    """Values that no choice has, conditions in a circle, pages and questions that can never show."""
    yield from _no_choice(procedure)
    yield from _circles(procedure)
    yield from _never(procedure)


def _no_choice(procedure: Procedure) -> Iterator[Fault]:
    for standing in every_condition(procedure):
        for leaf in leaves(standing.condition):
            if not isinstance(leaf, Given) or not isinstance(leaf.needs[0], str):
                continue
            address = _absolute(leaf.needs[0], standing.block)
            choices = _choices(procedure, address)
            for value in leaf.values:
                if choices is not None and value not in choices:
                    sentence = f"{value!r} is no choice of {address}.{nearest(str(value), map(str, choices))}"
                    yield Fault(procedure.code, standing.place, sentence)


def _circles(procedure: Procedure) -> Iterator[Fault]:
    hangs = _dependence(procedure)
    told: set[frozenset[str]] = set()
    for start in hangs:
        circle = _circle(start, hangs)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            sentence = f"Asked only if it is itself answered: {' -> '.join(circle)}. Break the circle."
            yield Fault(procedure.code, circle[0], sentence)


def _dependence(procedure: Procedure) -> dict[str, set[str]]:
    """For every block and field, the addresses that decide whether it is asked."""
    hangs: dict[str, set[str]] = {}
    for code, placed in procedure.blocks.items():
        mine = _needs(placed.block.when, code)
        if placed.step is not None:
            mine |= _needs(placed.step.when, "")
        hangs[code] = mine
        for name, field in placed.block.asks.questions().items():
            hangs[f"{code}.{name}"] = _needs(getattr(field, "when", None), code) | {code}
    return hangs


def _needs(condition: Condition | None, block: str) -> set[str]:
    if condition is None:
        return set()
    found = {address for leaf in leaves(condition) for address in addresses(leaf.needs)}
    return {_absolute(address, block) for address in found if not address.startswith("case.")}


def _circle(start: str, hangs: dict[str, set[str]]) -> list[str]:
    """The way from an address back to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for following in sorted(hangs.get(way[-1], ())):
            if following == start:
                return [*way, start]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _never(procedure: Procedure) -> Iterator[Fault]:
    for standing in every_condition(procedure):
        if standing.hides and not _possible(procedure, standing):
            yield Fault(procedure.code, standing.place, "Its condition can never hold, so it can never show.")


def _possible(procedure: Procedure, standing: Standing) -> bool:
    """Whether some answers make the condition hold; answers of choices are tried, other leaves may be either."""
    domains: dict[str, list[Any]] = {}
    for leaf in leaves(standing.condition):
        domains[_subject(leaf, standing.block)] = _domain(procedure, leaf, standing)
    tries = islice(product(*domains.values()), COMBINATIONS)
    return any(_holds(standing.condition, standing.block, dict(zip(domains, values, strict=True))) for values in tries)


def _domain(procedure: Procedure, leaf: Condition, standing: Standing) -> list[Any]:
    if not isinstance(leaf, Given) or not isinstance(leaf.needs[0], str):
        return [True, False]
    address = _absolute(leaf.needs[0], standing.block)
    choices = _choices(procedure, address)
    if choices is not None:
        return sorted(choices)
    others = (other for other in leaves(standing.condition) if isinstance(other, Given))
    named = {value for other in others if _subject(other, standing.block) == address for value in other.values}
    return [True, False] if not named else [*sorted(named, key=str), object()]


def _subject(leaf: Condition, block: str) -> str:
    if isinstance(leaf, Given) and isinstance(leaf.needs[0], str):
        return _absolute(leaf.needs[0], block)
    return f"condition {leaf.code}"


def _holds(condition: Condition, block: str, values: dict[str, Any]) -> bool:
    if isinstance(condition, Not):
        return not _holds(condition.of, block, values)
    if isinstance(condition, Both):
        return _holds(condition.first, block, values) and _holds(condition.second, block, values)
    value = values[_subject(condition, block)]
    return value in condition.values if isinstance(condition, Given) and condition.values else bool(value)


def _choices(procedure: Procedure, address: str) -> set[str] | None:
    """The choices of the field at an address, where it is one that is chosen from a list."""
    block, _, name = address.partition(".")
    placed = procedure.blocks.get(block)
    field = placed.block.asks.questions().get(name) if placed else None
    labels = getattr(field, "labels", None)
    return set(labels) if labels else None


def _absolute(need: str, block: str) -> str:
    address = need.removesuffix("?")
    return f"{block}{address}" if address.startswith(".") else address
