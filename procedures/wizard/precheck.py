"""Eligibility before starting: the questions that its rules need, asked as one page and kept nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.datastructures import MultiValueDict

from procedures.definition import Block, Condition, Group, Procedure, Step
from procedures.definition.walking import leaves
from procedures.rules import Explanation
from procedures.rules.explaining import addresses
from procedures.wizard.pages import Page

CODE = "precheck"


def can_be_asked(procedure: Procedure) -> bool:
    """Whether there is anything to put before starting."""
    return bool(procedure.eligibility)


def page_of(procedure: Procedure, *, on: date, data: MultiValueDict[str, str] | None = None) -> Page:
    """The questions of the pre-check as a page of the wizard; what they open follows from what is answered on it."""
    short = shortened(procedure)
    shown = data.get("shown", "").replace("\0", "").split()[:200] if data is not None else None
    return Page(short, short.steps[0], {}, on=on, data=data, shown=shown)


def outcome(page: Page) -> tuple[Explanation, ...]:
    """What the rules of eligibility say of a page that was answered well."""
    return page.situation.explanations()


@lru_cache(maxsize=64)
def _shortened(code: str, version: str, procedure: _Whole) -> Procedure:
    return _one_page(procedure.definition)


class _Whole:
    """A definition by what it is, not by what it holds: the same object gives the same short one."""

    def __init__(self, definition: Procedure) -> None:
        self.definition = definition

    def __hash__(self) -> int:
        return id(self.definition)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Whole) and other.definition is self.definition


def shortened(procedure: Procedure) -> Procedure:
    """The procedure with one page, which asks what its eligibility needs and nothing else."""
    return _shortened(procedure.code, procedure.version, _Whole(procedure))


def needed(procedure: Procedure) -> dict[str, list[str]]:
    """The questions, by block in the order of the wizard, that the rules of eligibility and what opens them need."""
    wanted = {address for rule in procedure.eligibility for address in addresses(rule.needs)}
    known: set[str] = set()
    while wanted - known:
        address = (wanted - known).pop()
        known.add(address)
        wanted |= _opening(procedure, address)
    found: dict[str, list[str]] = {}
    for code, placed in procedure.blocks.items():
        names = [name for name in placed.block.asks.questions() if {code, f"{code}.{name}"} & known]
        if names and placed.step is not None and not isinstance(placed.block, Group):
            found[code] = names
    return found


def _opening(procedure: Procedure, address: str) -> set[str]:
    """The addresses that decide whether the question at an address is asked."""
    code, _, name = address.partition(".")
    placed = procedure.blocks.get(code)
    if placed is None:
        return set()
    field = placed.block.asks.questions().get(name)
    conditions: list[Condition | None] = [placed.block.when, getattr(field, "when", None)]
    conditions.append(placed.step.when if placed.step else None)
    needs = (need for condition in conditions if condition for leaf in leaves(condition) for need in leaf.needs)
    return {f"{code}{found}" if found.startswith(".") else found for found in addresses(needs)}


def _one_page(procedure: Procedure) -> Procedure:
    blocks = tuple(_shortened_block(procedure, code, names) for code, names in needed(procedure).items())
    step = Step(CODE, procedure.title, blocks)
    return replace(
        procedure, steps=(step,), papers=(), rules=(), route=(), outputs=(), signatories=(), messages=(), samples=()
    )


def _shortened_block(procedure: Procedure, code: str, names: list[str]) -> Block:
    placed = procedure.blocks[code]
    whole = placed.block.asks
    asks: Any = type(whole.__name__, (whole,), {"__module__": whole.__module__})
    asks.base_fields = {name: field for name, field in whole.base_fields.items() if name in names}
    when = placed.block.when
    if placed.step is not None and placed.step.when is not None:
        when = placed.step.when & when if when else placed.step.when
    return Block(code, asks, when=when)
