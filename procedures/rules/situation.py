"""One filing as its rules see it: which questions are asked, what the answers are, what holds."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Set
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from procedures.definition import (
    Block,
    Both,
    Condition,
    Evidence,
    Fact,
    Group,
    InForce,
    Need,
    Not,
    Parameter,
    Placed,
    Procedure,
    Rule,
    Stage,
    Step,
    blocks_of,
)
from procedures.rules import explaining
from procedures.rules.explanation import Explanation
from procedures.rules.values import EMPTY, NOT_ASKED, UNKNOWN, Missing

if TYPE_CHECKING:
    from django.forms import Field

log = logging.getLogger(__name__)
BLANK: tuple[Any, ...] = (None, "", [], {})


class Situation:
    """Answers of one filing on one day, judged by one definition; every result is kept, so asking twice is free.

    `answers` are JSON-native, `{"block": {"field": value}, "group": [{"_row": id, ...}]}`, hidden ones included.
    `on` is the day whose parameters hold (the day of filing, today for a draft). `engine` holds what the engine knows
    of the case by address: `case.filed_on`, `case.number`, `case.flags`; what it does not hold is unknown.
    """

    def __init__(
        self,
        procedure: Procedure,
        answers: Mapping[str, Any],
        *,
        on: date,
        engine: Mapping[str, Any] | None = None,
    ) -> None:
        self.procedure, self.answers, self.on = procedure, answers, on
        self.engine: Mapping[str, Any] = {"case.filed_on": on, **(engine or {})}
        self.facts_read: dict[str, dict[str, Any]] = {}
        self._kept: dict[tuple[Any, ...], Any] = {}
        self._alive: dict[int, Any] = {}  # what is kept by its id must live as long as what is kept of it

    # What is asked

    def holds(self, condition: Condition | None, *, block: str = "", row: str = "") -> bool | None:
        """Whether a condition holds, or None while that is unknown; no condition always holds.

        `block` and `row` are where the condition stands: its relative needs (".destination") are found there.
        """
        if condition is None:
            return True
        if isinstance(condition, Not):
            inner = self.holds(condition.of, block=block, row=row)
            return None if inner is None else not inner
        if isinstance(condition, Both):
            sides = {self.holds(side, block=block, row=row) for side in (condition.first, condition.second)}
            return False if False in sides else None if None in sides else True
        self._alive[id(condition)] = condition
        return self._once(("holds", id(condition), block, row), lambda: self._test(condition, block, row), None)

    def _test(self, condition: Condition, block: str, row: str) -> bool | None:
        values = [self.value(need, block=block, row=row) for need in condition.needs]
        if any(isinstance(value, Missing) for value in values):
            return None
        try:
            return bool(condition.test(*values))
        except Exception as broken:  # noqa: BLE001 (a plugin's fault must not stop a person: unknown, and it is logged)
            log.error("condition %s raised %s", condition.code, type(broken).__name__)
            return None

    def asked_steps(self) -> tuple[Step, ...]:
        """The pages of the definition that are asked, in order; those of papers and review are the wizard's own."""
        return tuple(step for step in self.procedure.steps if self.holds(step.when) and self.asked_blocks(step))

    def asked_blocks(self, place: Step | Stage) -> tuple[Block, ...]:
        """The blocks that a step or a stage asks now."""
        return tuple(block for block in blocks_of(place) if self.block_is_asked(block.code))

    def block_is_asked(self, code: str) -> bool:
        """Whether a block is asked: its step and itself hold; a stage's block until the stage is known to fall away."""
        placed = self.procedure.blocks.get(code)
        return bool(placed) and self._once(("block", code), lambda: self._placed_is_asked(placed), False)

    def _placed_is_asked(self, placed: Placed | None) -> bool:
        if placed is None:
            return False
        if placed.step is not None and not self.holds(placed.step.when):
            return False
        if placed.stage is not None and self.holds(placed.stage.when) is False:
            return False
        return bool(self.holds(placed.block.when, block=placed.block.code))

    def field_is_asked(self, block: str, name: str, row: str | None = None) -> bool:
        """Whether one question is asked, in one row where `row` is given."""
        field = self._field(block, name)
        if field is None or not self.block_is_asked(block):
            return False
        return bool(self.holds(getattr(field, "when", None), block=block, row=row or ""))

    def asked_papers(self) -> tuple[tuple[Evidence, str], ...]:
        """The papers to hand in, each with the id of its row, or with "" where it is asked once."""
        return tuple(
            (paper, row)
            for paper in self.procedure.papers
            if not paper.at
            for row in (self.rows(paper.each) if paper.each else ("",))
            if self.holds(paper.when, block=paper.each, row=row)
        )

    def papers_at(self, stage: str) -> tuple[Evidence, ...]:
        """The papers that go with the answer at a stage, from those whom it asks."""
        return tuple(paper for paper in self.procedure.papers if paper.at == stage and self.holds(paper.when))

    def route(self) -> tuple[Stage, ...]:
        """The stages that stay; one whose condition is unknown stays, because a person decides in doubt."""
        return tuple(stage for stage in self.procedure.route if self.holds(stage.when) is not False)

    def rows(self, group: str) -> tuple[str, ...]:
        """The ids of the rows of a group, in order; none where it is not asked."""
        if not self.block_is_asked(group):
            return ()
        return tuple(str(row.get("_row", position)) for position, row in enumerate(self.answers.get(group) or ()))

    def kept_answers(self) -> dict[str, Any]:
        """The answers of the filing without those of hidden questions."""
        kept: dict[str, Any] = {}
        for step in self.asked_steps():
            for block in self.asked_blocks(step):
                if isinstance(block, Group):
                    rows = self.answers.get(block.code) or ()
                    kept[block.code] = [
                        {"_row": row_id, **self._kept_row(block, row, row_id)}
                        for row_id, row in zip(self.rows(block.code), rows, strict=True)
                    ]
                elif block.code in self.answers:
                    kept[block.code] = self._kept_row(block, self.answers[block.code], "")
        return kept

    def _kept_row(self, block: Block, row: Mapping[str, Any], row_id: str) -> dict[str, Any]:
        names = block.asks.questions()
        return {name: row[name] for name in names if name in row and self.field_is_asked(block.code, name, row_id)}

    # What the values are

    def value(self, need: Need, *, block: str = "", row: str = "") -> Any:
        """The value of a need, or EMPTY, NOT_ASKED, UNKNOWN; a need that ends in "?" gives None where it is empty."""
        key = need if isinstance(need, str) else id(need)
        self._alive[id(need)] = need
        return self._once(("value", key, block, row), lambda: self._value(need, block, row), UNKNOWN)

    def _value(self, need: Need, block: str, row: str) -> Any:
        if isinstance(need, Parameter):
            return self.parameter(need).value
        if isinstance(need, Fact):
            return self._fact(need, block, row)
        address = need.removesuffix("?")
        if address.startswith("case."):
            return self._of_engine(address)
        value = self._answer(f"{block}{address}" if address.startswith(".") else address, block, row)
        return None if value is EMPTY and need.endswith("?") else value

    def _of_engine(self, address: str) -> Any:
        if address == "case.flags" and address not in self.engine:
            return self.flags
        return self.engine.get(address, UNKNOWN)

    def _answer(self, address: str, block: str, row: str) -> Any:
        code, _, name = address.partition(".")
        placed = self.procedure.blocks.get(code)
        if placed is None:
            return UNKNOWN
        if not self.block_is_asked(code):
            return NOT_ASKED
        if not isinstance(placed.block, Group):
            answers = self.answers.get(code) or {}
            return self._cell(code, name, answers, "") if name else self._whole(placed.block, answers, "")
        rows = dict(zip(self.rows(code), self.answers.get(code) or (), strict=True))
        if row and code == block:
            answers = rows.get(row, {})
            return self._cell(code, name, answers, row) if name else self._whole(placed.block, answers, row)
        if not name:
            return tuple(self._whole(placed.block, answers, row_id) for row_id, answers in rows.items())
        cells = (self._cell(code, name, answers, row_id) for row_id, answers in rows.items())
        return tuple(None if isinstance(cell, Missing) else cell for cell in cells)

    def _cell(self, block: str, name: str, answers: Mapping[str, Any], row: str) -> Any:
        field = self._field(block, name)
        if field is None:
            return UNKNOWN
        if not self.field_is_asked(block, name, row):
            return NOT_ASKED
        raw = answers.get(name)
        if raw in BLANK:
            return EMPTY
        try:
            return field.from_json(raw) if hasattr(field, "from_json") else raw
        except (ValueError, TypeError, ArithmeticError):
            return EMPTY

    def _whole(self, block: Block, answers: Mapping[str, Any], row: str) -> dict[str, Any]:
        cells = {name: self._cell(block.code, name, answers, row) for name in block.asks.questions()}
        return {name: None if isinstance(cell, Missing) else cell for name, cell in cells.items()}

    def _field(self, block: str, name: str) -> Field | Any:
        placed = self.procedure.blocks.get(block)
        return placed.block.asks.questions().get(name) if placed else None

    def _fact(self, fact: Fact, block: str, row: str) -> Any:
        if fact.each and fact.each != block:
            return tuple(self.value(fact, block=fact.each, row=row_id) for row_id in self.rows(fact.each))
        values = [self.value(need, block=block, row=row) for need in fact.needs]
        for missing in (NOT_ASKED, UNKNOWN, EMPTY):
            if any(value is missing for value in values):
                return missing
        try:
            value = fact.read(*values)
        except Exception as down:  # noqa: BLE001 (whatever the source does, it is not held against the applicant)
            log.warning("fact %s could not be read: %s", fact.code, type(down).__name__)
            value = UNKNOWN
        name = f"{fact.code}[{row}]" if row else fact.code
        self.facts_read[name] = {"value": explaining.plain(value), "at": timezone.now().isoformat(timespec="seconds")}
        return value

    def parameter(self, parameter: Parameter) -> InForce:
        """The value of a parameter on the day, since when, on what basis."""
        default = InForce(parameter.default, basis=parameter.basis)
        return self.procedure.in_force.get(parameter.code, default)

    # What the rules say

    def explain(self, rule: Rule) -> tuple[Explanation, ...]:
        """What a rule says: once, or once for each row."""
        self._alive[id(rule)] = rule
        return self._once(("explain", id(rule)), lambda: explaining.explain(self, rule), ())

    def explanations(self, *, needs_within: Set[str] | None = None) -> tuple[Explanation, ...]:
        """What every rule says, eligibility first; `needs_within` leaves out rules that need an address not in it.

        An address in `needs_within` is "block.field", or "block" for a whole block.
        """
        found = (self.explain(rule) for rule in self.procedure.every_rule if self._within(rule.needs, needs_within))
        return tuple(explanation for each in found for explanation in each)

    def _within(self, needs: Iterable[Need], addresses: Set[str] | None) -> bool:
        if addresses is None:
            return True
        wanted = (address for address in explaining.addresses(needs) if not address.startswith("case."))
        return all(address in addresses or address.partition(".")[0] in addresses for address in wanted)

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """Codes of what sends the case to a person: failed rules that flag, and rules whose source was down."""
        rules = (rule for rule in self.procedure.every_rule if "case.flags" not in explaining.addresses(rule.needs))
        found = (explanation for rule in rules for explanation in self.explain(rule))
        return tuple(dict.fromkeys(explanation.rule for explanation in found if explanation.flags))

    @property
    def blocked(self) -> tuple[Explanation, ...]:
        """What stops the filing."""
        return tuple(each for each in self.explanations() if each.blocks)

    def _once(self, key: tuple[Any, ...], work: Any, meanwhile: Any) -> Any:
        """The kept result of `work`; `meanwhile` while it is being worked out, so that a circle ends."""
        if key not in self._kept:
            self._kept[key] = meanwhile
            self._kept[key] = work()
        return self._kept[key]
